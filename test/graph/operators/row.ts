// A row of the table that the tests of operators run over.
import type { OpName } from 'textloom/graph';
import type { GradientCase } from '../check-gradient.js';

/** What is built, and what the message must say: parts of the reason, and the shapes. */
export type Refusal = readonly [build: () => unknown, ...says: string[]];

/** Refusals by what is wrong. */
export type Refusals = Readonly<Record<string, Refusal>>;

/** What is tested of an operator. */
export interface Row {
	/** Graphs whose gradients are compared with central differences; a reason where there is nothing to differentiate. */
	readonly gradients: Readonly<Record<string, GradientCase>> | string;
	/** Graphs that are refused; a reason where nothing can be wrong. */
	readonly refuses: Refusals | string;
}

/** The rows of a family. All families together have one for each operator (see index.ts). */
export type Rows = { readonly [Op in OpName]?: Row };
