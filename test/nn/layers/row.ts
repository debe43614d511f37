// What is said of a layer in the test tables, and which layers there are.
import type { Shape, Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import golden from '../../golden/nn/layers.json' with { type: 'json' };
import type { RefusalsOf } from '../../refusals.js';

/** What a layer is applied to beside its input. */
export interface Beside {
	/** The lengths of the texts. */
	readonly lengths: Value;
	/** What attention looks at, where the row has sizes for it. */
	readonly memory: Value;
}

/** A layer in one form. */
export interface LayerForm {
	readonly layer: { readonly parameters: nn.ParameterTree; apply(x: Value, ...more: never[]): unknown };
	/** The input's sizes; none where `apply` has an input of its own, such as ids. */
	readonly shape?: readonly number[];
	/** The sizes as the graph sees them, where they have names. */
	readonly named?: Shape;
	/** The same of a second input, which attention looks at. */
	readonly memory?: { readonly shape: readonly number[]; readonly named: Shape };
	/** The output's sizes, as the graph sees them. */
	readonly output: Shape;
	/** How it is applied; by default to the input and the mode. */
	readonly apply?: (x: Value, mode: nn.Mode, beside: Beside) => Value;
	/** Whether it takes lengths, of the axis that is named `time`; where there is no `apply`, after its input. */
	readonly lengths?: boolean;
	/** Whether it is checked as in training; else as at prediction. */
	readonly training?: boolean;
	/** Numbers for central differences: those of maxima must be apart. */
	readonly at?: (index: number, place: number) => number;
	/** An input that it refuses, and what it says; `null` where it takes anything. */
	readonly wrong: readonly [shape: Shape, says: string] | null;
}

/** The cases that test/golden/nn/layers.py has computed. */
export const { cases } = golden;
export type GoldenCase = keyof typeof cases;

/** A layer's forms by their golden cases; or why there is nothing to compare them with, and then the forms under names of their own. */
export type Forms =
	| { readonly golden: { readonly [Case in GoldenCase]?: LayerForm } }
	| { readonly golden: string; readonly forms: Readonly<Record<string, LayerForm>> };

/** All that is tested of a layer. */
export type LayerRow<Make> = Forms & {
	/** Options that it does not have, or cannot use. */
	readonly refuses: RefusalsOf<Make>;
};

/** The exports of `nn` that make layers, but for those that make them of models and of layers: they have tests of their own. */
export type LayerName = Exclude<
	{
		[Name in keyof typeof nn]: (typeof nn)[Name] extends (...options: never[]) => { readonly parameters: nn.ParameterTree } ? Name : never;
	}[keyof typeof nn],
	'imported' | 'recompute'
>;

/** Rows by layer. The families together have one for each (see index.ts). */
export type Rows = { readonly [Name in LayerName]: LayerRow<(typeof nn)[Name]> };

/** Rows of some layers, those of one family. */
export const family = <Name extends LayerName>(rows: Pick<Rows, Name>) => rows;

/** `nn` as JavaScript calls it: what TypeScript refuses is what refusals are about. */
export const untyped = nn as unknown as Readonly<Record<keyof typeof nn, (...given: unknown[]) => unknown>>;
