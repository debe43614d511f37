// What an optimizer is: a builder of nodes, and the same rule for the rows of a table that stays outside the graph.

import type { Value } from '../graph/index.js';
import type { Json } from '../stream/index.js';

/** Scalars of a step: the learning rate (float32) and the number of the step from 1 (int32). Both are inputs of the training graph. */
export interface Clock {
	readonly rate: Value;
	readonly step: Value;
}

/** One parameter in an update: float32, with a gradient and a slot of state each in its shape. */
export interface Update {
	readonly name: string;
	readonly parameter: Value;
	readonly gradient: Value;
	readonly state: readonly Value[];
	readonly clock: Clock;
	/** No decay and no penalty for this one. A parameter group says so. */
	readonly exempt?: boolean;
}

/** The parameter and its state after the update. */
export interface Updated {
	readonly parameter: Value;
	readonly state: readonly Value[];
}

/** An optimizer as plain data: its name and options, and the transforms before it in the order in which gradients pass them. */
export interface OptimizerSpec {
	readonly optimizer: string;
	readonly options: Json;
	readonly transforms?: readonly { readonly transform: string; readonly options: Json }[];
}

/** Where a run stands before a step: what a schedule can depend on. */
export interface Moment {
	/** Steps done. */
	readonly step: number;
	/** Epochs done. */
	readonly epoch: number;
	/** What each validation so far came to, by name (`loss`, `accuracy`). A run's checkpoint holds them. */
	readonly results: readonly Readonly<Record<string, number>>[];
}

/** An optimizer. Its state is `slots` tensors per parameter, in the parameter's shape and 0 at first. */
export interface Optimizer {
	readonly spec: OptimizerSpec;
	/** The learning rate that schedules begin from. */
	readonly rate: number;
	/** The learning rate of a step. */
	rateAt(moment: Moment): number;
	readonly slots: readonly string[];
	/** Builds the nodes of one update of all parameters, in their order. */
	update(updates: readonly Update[]): readonly Updated[];
	/**
	 * Updates the touched rows of a table in host memory, in place; the others keep weights and state.
	 * Optimizers without it have no lazy form: their tables stay in the graph.
	 */
	readonly updateRows?: ((rows: RowUpdate) => void) | undefined;
	/** Refuses the names of a model's parameters where a rule of a group matches none. */
	check?(names: readonly string[]): void;
	/** The outermost transform that has a place in their order. */
	readonly outermost?: { readonly name: string; readonly rank: number };
}

/** The touched rows of a table: `gradient` holds their summed gradients one after the other, `ids` their places in the table. */
export interface Rows {
	readonly table: Float32Array;
	/** One array for each slot, laid out as the table. */
	readonly state: readonly Float32Array[];
	readonly ids: Int32Array;
	readonly gradient: Float32Array;
	readonly width: number;
}

/** An update of rows. `gradient` may be overwritten. */
export interface RowUpdate extends Rows {
	/** The table's. */
	readonly name: string;
	readonly rate: number;
	/** The number of the step, from 1. */
	readonly step: number;
	readonly exempt?: boolean;
	/** Does a rule in the memory that the rows lie in, faster than loops in JavaScript and equal within float32's rounding. */
	readonly kernel?: RowKernel;
}

/** A rule of the kernel of tables, over rows, with the scalars that it takes. */
export type RowKernel = (rule: RowRule, rows: Rows, scalars: readonly number[]) => void;

/** The rules that the kernel has. */
export type RowRule = 'adagrad' | 'adam' | 'sgd';
