// What a metric is: a fold over the batches of a whole evaluation.
import type { Tensor } from '../graph/index.js';

/** A batch with what a model made of it. */
export interface MeasuredBatch {
	readonly outputs: Readonly<Record<string, Tensor>>;
	readonly inputs: Readonly<Record<string, Tensor>>;
	/** The losses by name, each its sum and its weight. */
	readonly losses: Readonly<Record<string, { readonly sum: number; readonly weight: number }>>;
}

/** What is measured over a whole evaluation: begun once, given every batch, asked at the end. No mean of the batches' means. */
export interface Metric<State = unknown> {
	start(): State;
	add(state: State, batch: MeasuredBatch): State;
	result(state: State): number;
}
