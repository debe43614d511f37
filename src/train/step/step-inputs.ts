// What goes into a step's graph beside weights: the batch, the states before it, dropout masks, the rate and the number of the step.
import { type DType, input, ops, type Parameter, type Shape, type Value } from '../../graph/index.js';
import type { Mode } from '../../nn/index.js';
import type { Clock } from '../../optim/index.js';
import { type Named, stateValues, type Trainable } from './model.js';

/** A dropout mask to be filled for each step. Its shape is in terms of the batch. */
export interface MaskPlan {
	readonly name: string;
	readonly rate: number;
	readonly shape: Shape;
}

/** The inputs of a step. With several steps per run each has a leading axis, and a step takes its part. */
export class StepInputs {
	/** The inputs of the graph by name. */
	readonly all: Record<string, Value> = {};
	readonly masks: MaskPlan[] = [];
	/** What frozen parameters are after the step, where a layer moves them. */
	readonly moved = new Map<Parameter, Value>();
	/** The number of the step within the run. */
	readonly trip = input('trip', 'int64', []);
	readonly batch: Named;
	/** The states before the batch, by name. */
	readonly states: Named;
	readonly clock: Clock;
	readonly #several: boolean;

	constructor(model: Pick<Trainable, 'inputs' | 'states'>, { stepsPerRun }: { stepsPerRun: number }) {
		this.#several = stepsPerRun > 1;
		this.batch = Object.fromEntries(Object.entries(model.inputs).map(([name, { dtype, shape }]) => [name, this.take(name, dtype, shape)]));
		this.states = stateValues(model);
		this.clock = { rate: this.take('rate', 'float32', []), step: this.take('step', 'int32', []) };
	}

	readonly mode: Mode = {
		training: true,
		mask: (rate, shape) => {
			const name = `mask.${this.masks.length}`;
			this.masks.push({ name, rate, shape });
			return this.take(name, 'float32', shape);
		},
		step: () => this.clock.step,
		move: (state, next) => {
			if (!state.frozen)
				throw new TypeError('move: expected a frozen parameter, got one that the optimizer moves. Make it with { frozen: true }.');
			this.moved.set(state, next(this.moved.get(state) ?? state));
		},
	};

	/** Adds an input; gives what a step sees of it. */
	take(name: string, dtype: DType, shape: Shape): Value {
		if (Object.hasOwn(this.all, name))
			throw new RangeError(`trainingGraph: expected inputs of other names than ${name}, which is taken. Rename it.`);
		const whole = input(name, dtype, this.#several ? ['steps', ...shape] : shape);
		this.all[name] = whole;
		return this.#several ? ops.gather(whole, this.trip) : whole;
	}
}
