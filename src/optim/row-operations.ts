// Instructions for what is updated outside the graph, the rows of a table or a whole parameter: plain data, so that the thread that holds it needs no optimizer.

/**
 * One instruction. An update is a list of them, done in order for the rows that a batch touches; the others keep weights and state.
 * A parameter in host memory is one row, touched in every step. θ is a touched row, g its gradient (summed over the batch); `slot` and `slots` are numbers of the optimizer's slots.
 */
export type RowOperation =
	/** θ ← θ − rate · g */
	| { readonly do: 'sgd'; readonly rate: number }
	/** M ← β₁M + g, V ← β₂V + g², θ ← θ − a M/(√V + e). See `adam` for a and e; `slots` are those of M and V. */
	| {
			readonly do: 'adam';
			readonly slots: readonly [number, number];
			readonly a: number;
			readonly e: number;
			readonly beta1: number;
			readonly beta2: number;
	  }
	/** S ← S + g², θ ← θ − rate · g/(√(S + accumulator) + epsilon) */
	| { readonly do: 'adagrad'; readonly slot: number; readonly rate: number; readonly accumulator: number; readonly epsilon: number }
	/** U ← momentum · U + share · g, θ ← θ − rate · U; with `nesterov` along g + momentum · U. */
	| {
			readonly do: 'momentum';
			readonly slot: number;
			readonly rate: number;
			readonly momentum: number;
			readonly share: number;
			readonly nesterov: boolean;
	  }
	/**
	 * S ← αS + (1 − α)g², with a mean C ← αC + (1 − α)g, with a velocity U ← momentum · U + g/(√(S − C²) + epsilon), θ ← θ − rate · U.
	 * Without them 0 stands for C, and the quotient for U.
	 */
	| {
			readonly do: 'rmsprop';
			readonly slots: { readonly square: number; readonly mean?: number | undefined; readonly velocity?: number | undefined };
			readonly rate: number;
			readonly alpha: number;
			readonly epsilon: number;
			readonly momentum: number;
	  }
	/** g ← g · min(1, norm/‖g‖), the norm of all touched rows of a table together, or of all parameters in host memory. */
	| { readonly do: 'clipNorm'; readonly norm: number }
	/** g ← g, each number kept in [−value, value]. */
	| { readonly do: 'clipValue'; readonly value: number }
	/** g ← g + l1 · sign(θ) + l2 · θ */
	| { readonly do: 'penalty'; readonly l1: number; readonly l2: number }
	/** θ ← share · θ */
	| { readonly do: 'decay'; readonly share: number }
	/** lag ← lag + θ. Stands before what changes θ, and `averageAfter` behind it. */
	| { readonly do: 'averageBefore'; readonly slot: number }
	/** lag ← share · (lag − θ) */
	| { readonly do: 'averageAfter'; readonly slot: number; readonly share: number };

/** What a list of instructions depends on: the table's names, and the scalars of the step. */
export interface RowClock {
	readonly names: readonly string[];
	readonly rate: number;
	/** The number of the step, from 1. */
	readonly step: number;
	/** No decay and no penalty for this table. A parameter group says so. */
	readonly exempt?: boolean;
}
