// What an optimizer is: a builder of nodes, and the same update as instructions for the rows of a table that stays outside the graph.

import type { Json } from '../base/index.js';
import type { Value } from '../graph/index.js';
import type { RowClock, RowOperation } from './row-operations.js';

/** A tensor beside each parameter, of its shape and dtype, 0 at first. */
export interface Slot {
	/** As PyTorch names it in an optimizer's state: `exp_avg`, `momentum_buffer`, `sum`. */
	readonly name: string;
	/** A checkpoint's file has the slot times this, so that its numbers are PyTorch's. Default 1. */
	readonly fileScale?: number;
	/** The share that is left of its numbers after a step that does not touch their row of a table. Default 1: they stay. */
	readonly idleDecay?: number;
}

/** Scalars of a step, both inputs of the training graph: the learning rate, and the number of the step from 1 (int32). */
export interface Clock {
	readonly rate: Value;
	readonly step: Value;
}

/** One parameter in an update. */
export interface Update {
	/** All its names: tied weights have several. */
	readonly names: readonly string[];
	readonly parameter: Value;
	readonly gradient: Value;
	/** By the order of the optimizer's slots. */
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
export interface ScheduleInput {
	/** Steps done. */
	readonly step: number;
	/** Epochs done. */
	readonly epoch: number;
	/** What each validation so far came to, by name (`loss`, `accuracy`). A run's checkpoint holds them. */
	readonly results: readonly Readonly<Record<string, number>>[];
}

/** An optimizer. `createOptimizer` makes one of the update of a single parameter. */
export interface Optimizer {
	/** Describes it in plain data, in a checkpoint's fingerprint and in config.json: nothing is made of it. */
	readonly spec: OptimizerSpec;
	/** The learning rate that schedules begin from. */
	readonly rate: number;
	/** The learning rate of a step. */
	rateAt(input: ScheduleInput): number;
	readonly slots: readonly Slot[];
	/** Builds the nodes of one update of all parameters, in their order. Tied weights are one parameter; frozen ones are left out. */
	update(updates: readonly Update[]): readonly Updated[];
	/** The same update as instructions for what is outside the graph: the touched rows of a table, or a parameter in host memory. Optimizers without it keep both in the graph. */
	readonly updateRows?: ((clock: RowClock) => readonly RowOperation[]) | undefined;
	/** Whether rows that a batch does not touch may stay as they are. Tables of other optimizers stay in the graph. Default true. */
	readonly lazy?: boolean | undefined;
	/** Whether a group freezes the parameter of these names: it has then no gradient and no slots. */
	freezes?(names: readonly string[]): boolean;
	/** Refuses a model where a rule of a group matches no parameter. `all` has the names of each parameter. */
	check?(all: readonly (readonly string[])[]): void;
	/** The outermost transform that has a place in their order. */
	readonly outermost?: { readonly name: string; readonly rank: number };
}
