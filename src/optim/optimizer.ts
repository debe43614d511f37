// What an optimizer is: a builder of nodes, and the same rule for the rows of a table that stays outside the graph.

import type { Value } from '../graph/index.js';
import type { Json } from '../stream/index.js';

/** Scalars of a step: the learning rate (float32) and the number of the step from 1 (int32). Both are inputs of the training graph. */
export interface Clock {
	readonly rate: Value;
	readonly step: Value;
}

/** An optimizer. Its state is `slots` tensors per parameter, in the parameter's shape and 0 at first. */
export interface Optimizer {
	readonly spec: { readonly optimizer: string; readonly options: Json };
	/** The learning rate that it begins with. */
	readonly rate: number;
	readonly slots: readonly string[];
	/** Builds the nodes of one update of one parameter. */
	update(update: { parameter: Value; gradient: Value; state: readonly Value[]; clock: Clock }): {
		parameter: Value;
		state: readonly Value[];
	};
	/** Updates the touched rows of a table in host memory, in place. */
	updateRows(rows: RowUpdate): void;
	/** The same rule in the kernel of tables, which is then used instead: equal within float32's rounding, and faster. */
	readonly rowKernel?: RowKernel;
}

/** A rule for rows in the kernel of tables, and the scalars that it takes in a step. */
export interface RowKernel {
	readonly name: 'adam';
	scalars(clock: Pick<RowUpdate, 'rate' | 'step'>): readonly number[];
}

/** The touched rows of a table: `gradient` holds their summed gradients one after the other, `ids` their places in the table. */
export interface RowUpdate {
	readonly table: Float32Array;
	/** One array for each slot, laid out as the table. */
	readonly state: readonly Float32Array[];
	readonly ids: Int32Array;
	readonly gradient: Float32Array;
	readonly width: number;
	readonly rate: number;
	/** The number of the step, from 1. */
	readonly step: number;
}
