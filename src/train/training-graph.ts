// The graphs of a training run: one that does a whole step (forward, backward, update), and one that predicts with the same weights.
import { backward, type DType, emit, input, ops, type Parameter, type Shape, type Value, writeOnnx } from '../graph/index.js';
import { crossEntropy, type Mode, namedParameters, prediction } from '../nn/index.js';
import type { Clock, Optimizer, Update } from '../optim/index.js';
import type { Network } from './architecture.js';
import { lookups } from './lookups.js';

/** A table that stays outside the graph: its rows come in as `input`, their gradients go out as `gradient`. */
export interface TablePlan {
	readonly name: string;
	readonly rows: number;
	readonly width: number;
	readonly input: string;
	readonly gradient: string;
	/** A row that never changes. */
	readonly frozenRow?: number;
}

/** A dropout mask to be filled for each step. Its shape is in terms of the batch. */
export interface MaskPlan {
	readonly name: string;
	readonly rate: number;
	readonly shape: Shape;
}

/** Everything that runs a training step. Plain data, so that it can be sent to a worker. */
export interface TrainingGraph {
	/** Inputs: the batch, masks, `rate`, `step`, the state. Outputs: `loss`, and `next.` each state. ONNX bytes. */
	readonly step: Uint8Array;
	/** Inputs: the batch and the weights. Output: `logits`. ONNX bytes. */
	readonly predict: Uint8Array;
	/** Dense parameters; each has the optimizer's slots beside it, as `name:slot`. */
	readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
	readonly tables: readonly TablePlan[];
	readonly masks: readonly MaskPlan[];
	readonly slots: readonly string[];
	/** States that layers move themselves, such as running means: they go round without slots. */
	readonly moving: TrainingGraph['parameters'];
	/** Weights that stay as they are: inputs only. */
	readonly fixed: TrainingGraph['parameters'];
	readonly stepsPerRun: number;
}

/** How the step is built. */
export interface TrainingGraphOptions {
	/**
	 * `host` keeps large embedding tables outside the graph and updates the rows that a batch touches (default); `dense` keeps all inside.
	 * An optimizer that has no lazy form (`updateRows`) keeps them inside, too.
	 */
	readonly tables?: 'host' | 'dense';
	/** Minibatches of one shape that one run takes, in a loop inside the graph. Default 1; more need dense tables. */
	readonly stepsPerRun?: number;
}

/** Builds the graphs of a classifier's training. */
export function trainingGraph(
	network: Network,
	optimizer: Optimizer,
	{ tables = 'host', stepsPerRun = 1 }: TrainingGraphOptions = {},
): TrainingGraph {
	if (!Number.isInteger(stepsPerRun) || stepsPerRun < 1) {
		throw new RangeError(`trainingGraph: expected stepsPerRun to be a whole number from 1, got ${stepsPerRun}. Leave it out for 1.`);
	}
	if (stepsPerRun > 1 && tables === 'host') {
		throw new TypeError(
			"trainingGraph: expected tables: 'dense' with several steps per run, got 'host'. Rows must be updated between steps.",
		);
	}
	const named = namedParameters(network.parameters);
	optimizer.check?.([...named.keys()]);
	const inputs = new StepInputs(stepsPerRun > 1);
	const { ids, lengths, targets } = inputs;
	const loss = crossEntropy(network.apply({ ids, lengths }, inputs.mode), targets);

	const learned = new Map([...named].filter(([, { frozen }]) => !frozen));
	const outside = tables === 'host' && optimizer.updateRows ? lookups(loss, learned, ids) : new Map<string, Value>();
	const inside = [...learned].filter(([name]) => !outside.has(name));
	const moving = [...named].filter(([, parameter]) => inputs.moved.has(parameter));
	const fixed = [...named].filter(([, parameter]) => parameter.frozen && !inputs.moved.has(parameter));
	const gradients = gradientsOf(loss, [...inside, ...outside]);
	const states = [
		...update(optimizer, inside, gradients, inputs.clock),
		...moving.map(([name, value]) => ({ name, value, next: inputs.moved.get(value)! })),
	];
	const rows = Object.fromEntries([...outside].map(([name, value]) => [rowsName(name), value]));
	const rowGradients = Object.fromEntries([...outside.keys()].map((name) => [gradientName(name), gradients.get(name)!]));
	const program = stepsPerRun > 1 ? severalSteps(inputs, states, loss) : oneStep(inputs, states, loss);
	return {
		step: writeOnnx(
			emit({ inputs: { ...program.inputs, ...Object.fromEntries(fixed), ...rows }, outputs: { ...program.outputs, ...rowGradients } }),
		),
		predict: writeOnnx(predictionGraph(network, { named, learned, outside })),
		parameters: inside.map(sized),
		moving: moving.map(sized),
		fixed: fixed.map(sized),
		tables: [...outside.keys()].map((name) => {
			const { shape, frozenRow } = named.get(name)!;
			const [rows, width] = shape as [number, number];
			return { name, rows, width, input: rowsName(name), gradient: gradientName(name), ...(frozenRow !== undefined && { frozenRow }) };
		}),
		masks: inputs.masks,
		slots: optimizer.slots,
		stepsPerRun,
	};
}

const sized = ([name, { shape }]: readonly [string, Parameter]) => ({ name, shape });
const rowsName = (name: string) => `rows.${name}`;
const gradientName = (name: string) => `gradient.${name}`;

/** What is fed for a step: the batch, masks, rate and number. With several steps per run it has a leading axis, and a step takes its part. */
class StepInputs {
	/** The inputs of the graph by name. */
	readonly all: Record<string, Value> = {};
	readonly masks: MaskPlan[] = [];
	/** What frozen parameters are after the step, where a layer moves them. */
	readonly moved = new Map<Parameter, Value>();
	/** The number of the step within the run. */
	readonly trip = input('trip', 'int64', []);
	readonly #several: boolean;
	readonly ids: Value;
	readonly lengths: Value;
	readonly targets: Value;
	readonly clock: Clock;

	constructor(several: boolean) {
		this.#several = several;
		this.ids = this.#take('ids', 'int32', ['batch', 'time']);
		this.lengths = this.#take('lengths', 'int32', ['batch']);
		this.targets = this.#take('targets', 'int32', ['batch']);
		this.clock = { rate: this.#take('rate', 'float32', []), step: this.#take('step', 'int32', []) };
	}

	readonly mode: Mode = {
		training: true,
		mask: (rate, shape) => {
			const name = `mask.${this.masks.length}`;
			this.masks.push({ name, rate, shape });
			return this.#take(name, 'float32', shape);
		},
		move: (state, next) => {
			if (!state.frozen)
				throw new TypeError('move: expected a frozen parameter, got one that the optimizer moves. Make it with { frozen: true }.');
			this.moved.set(state, next(this.moved.get(state) ?? state));
		},
	};

	#take(name: string, dtype: DType, shape: Shape): Value {
		const whole = input(name, dtype, this.#several ? ['steps', ...shape] : shape);
		this.all[name] = whole;
		return this.#several ? ops.gather(whole, this.trip) : whole;
	}
}

/** The gradients of the loss by name. A parameter that it does not depend on has none: it never learns, which is worth a warning. */
function gradientsOf(loss: Value, named: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> {
	const gradients = backward(
		loss,
		named.map(([, value]) => value),
	);
	const unused = named.flatMap(([name], place) => (gradients[place] ? [] : [name]));
	if (unused.length > 0) {
		process.emitWarning(
			`trainingGraph: expected the loss to depend on every parameter, got none on ${unused.join(', ')}. They keep their first values; take them out of the model.`,
			'UnusedParameter',
		);
	}
	return new Map(named.flatMap(([name], place) => (gradients[place] ? [[name, gradients[place]]] : [])));
}

/** A tensor that goes round from step to step: a weight, or one of the optimizer's slots as `name:slot`. */
interface StateValue {
	readonly name: string;
	readonly value: Value;
	readonly next: Value;
}

/** The update of all parameters: weights and slots, before and after; the same ones where there is no gradient. */
function update(
	optimizer: Optimizer,
	named: readonly (readonly [string, Parameter])[],
	gradients: ReadonlyMap<string, Value>,
	clock: Clock,
): StateValue[] {
	const parts = named.map(([name, parameter]) => {
		const state = optimizer.slots.map((slot) => input(`${name}:${slot}`, parameter.dtype, parameter.shape));
		return { name, parameter, gradient: gradients.get(name), state, clock };
	});
	const updates = parts.flatMap((part): Update[] =>
		part.gradient ? [{ ...part, gradient: withoutRow(part.gradient, part.parameter.frozenRow) }] : [],
	);
	const results = optimizer.update(updates);
	const after = new Map(updates.map(({ name }, place) => [name, results[place]!]));
	return parts.flatMap(({ name, parameter, state }) => {
		const next = after.get(name) ?? { parameter, state };
		const slots = state.map((value, place) => ({ name: value.name!, value, next: next.state[place]! }));
		return [{ name, value: parameter, next: next.parameter }, ...slots];
	});
}

/** The gradient with one row set to 0. */
function withoutRow(gradient: Value, row: number | undefined): Value {
	if (row === undefined) return gradient;
	const after = ops.pad(ops.slice(gradient, 0, row + 1), 0, row + 1, 0);
	return row === 0 ? after : ops.concat([ops.slice(gradient, 0, 0, row), ops.slice(after, 0, row)], 0);
}

function oneStep({ all }: StepInputs, states: readonly StateValue[], loss: Value) {
	return {
		inputs: { ...all, ...Object.fromEntries(states.map(({ name, value }) => [name, value])) },
		outputs: { loss, ...Object.fromEntries(states.map(({ name, next }) => [nextName(name), next])) },
	};
}

const nextName = (name: string) => `next.${name}`;

/** Several steps in one Loop: state goes round inside, so that it crosses the border of the session once. */
function severalSteps({ all, trip }: StepInputs, states: readonly StateValue[], loss: Value) {
	const first = states.map(({ name, value }) => input(name, value.dtype, value.shape));
	const { states: last, outputs } = ops.loop({
		trips: ops.sizeAt(all.targets!, 0),
		trip,
		states: first,
		inner: states.map(({ value }) => value),
		next: states.map(({ next }) => next),
		outputs: [loss],
	});
	return {
		inputs: { ...all, ...Object.fromEntries(first.map((value) => [value.name!, value])) },
		outputs: { loss: outputs[0]!, ...Object.fromEntries(states.map(({ name }, place) => [nextName(name), last[place]!])) },
	};
}

/** Prediction with the weights as inputs, for validation between steps. */
function predictionGraph(
	network: Network,
	{
		named,
		learned,
		outside,
	}: {
		named: ReadonlyMap<string, Parameter>;
		learned: ReadonlyMap<string, Parameter>;
		outside: ReadonlyMap<string, Value>;
	},
) {
	const inputs = { ids: input('ids', 'int32', ['batch', 'time']), lengths: input('lengths', 'int32', ['batch']) };
	const logits = network.apply(inputs, prediction);
	const rows = outside.size > 0 ? lookups(logits, learned, inputs.ids) : outside;
	return emit({
		inputs: { ...inputs, ...Object.fromEntries(named), ...Object.fromEntries([...rows].map(([name, value]) => [rowsName(name), value])) },
		outputs: { logits },
	});
}
