// What is said of a layer in the test tables, and which layers there are.
import type { Shape, Value } from 'textloom/graph';
import type * as nn from 'textloom/nn';

/** What a layer is applied to beside its input. */
export interface Beside {
	/** The lengths of the texts. */
	readonly lengths: Value;
	/** What attention looks at, where the row has sizes for it. */
	readonly memory: Value;
}

/** A layer in one form. The key of its row names its case in test/golden/nn/layers.py. */
export interface LayerRow {
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

/** The exports of `nn` that make layers, but for those that make them of models and of layers: they have tests of their own. */
export type LayerName = Exclude<
	{
		[Name in keyof typeof nn]: (typeof nn)[Name] extends (...options: never[]) => { readonly parameters: nn.ParameterTree } ? Name : never;
	}[keyof typeof nn],
	'imported' | 'recompute'
>;

/** Rows by layer. */
export type Rows<Name extends LayerName = LayerName> = Record<Name, Readonly<Record<string, LayerRow>>>;
