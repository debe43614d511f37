// The graphs of a training run: one that does a whole step (forward, backward, update), and one that predicts with the same weights.
import { backward, type DType, emit, input, ops, type Parameter, type Shape, type Value, writeOnnx } from '../graph/index.js';
import { crossEntropy, type Mode, namedParameters, prediction } from '../nn/index.js';
import type { Clock, Optimizer } from '../optim/index.js';
import type { Network } from './architecture.js';

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
	readonly stepsPerRun: number;
}

/** How the step is built. */
export interface TrainingGraphOptions {
	/** `host` keeps large embedding tables outside the graph and updates the rows that a batch touches; `dense` keeps all inside. */
	readonly tables?: 'host' | 'dense';
	/** Minibatches of one shape that one run takes, in a loop inside the graph. Needs dense tables. */
	readonly stepsPerRun?: number;
}

/** Tables smaller than this stay in the graph: there is nothing to save. In numbers. */
const largeTable = 50_000;

/** Builds the graphs of a classifier's training. */
export function trainingGraph(
	network: Network,
	optimizer: Optimizer,
	{ tables = 'host', stepsPerRun = 1 }: TrainingGraphOptions = {},
): TrainingGraph {
	if (stepsPerRun > 1 && tables === 'host') {
		throw new TypeError(
			"trainingGraph: expected tables: 'dense' with several steps per run, got 'host'. Rows must be updated between steps.",
		);
	}
	const named = namedParameters(network.parameters);
	const outer = stepsPerRun > 1 ? ['steps'] : [];
	const batchInputs: Record<string, Value> = {};
	const masks: MaskPlan[] = [];
	// With several steps per run, inputs have a leading axis, and a step takes its own part.
	const trip = input('trip', 'int64', []);
	const perStep = (name: string, dtype: DType, shape: Shape): Value => {
		const whole = input(name, dtype, [...outer, ...shape]);
		batchInputs[name] = whole;
		return outer.length > 0 ? ops.gather(whole, trip) : whole;
	};
	const ids = perStep('ids', 'int32', ['batch', 'time']);
	const lengths = perStep('lengths', 'int32', ['batch']);
	const targets = perStep('targets', 'int32', ['batch']);
	const mode: Mode = {
		training: true,
		mask: (rate, shape) => {
			const name = `mask.${masks.length}`;
			masks.push({ name, rate, shape });
			return perStep(name, 'float32', shape);
		},
	};
	const loss = crossEntropy(network.apply({ ids, lengths }, mode), targets);

	const outside = tables === 'host' ? lookups(loss, named, ids) : new Map<string, Value>();
	const inside = [...named].filter(([name]) => !outside.has(name));
	const gradients = backward(loss, [...inside.map(([, parameter]) => parameter), ...outside.values()]);
	const unused = [...inside, ...outside].filter((_, place) => !gradients[place]).map(([name]) => name);
	if (unused.length > 0)
		throw new TypeError(
			`trainingGraph: expected the loss to depend on every parameter, got none on ${unused.join(', ')}. Take it out of the model.`,
		);

	const clock: Clock = { rate: perStep('rate', 'float32', []), step: perStep('step', 'int32', []) };
	const states: { name: string; value: Value; next: Value }[] = [];
	for (const [place, [name, parameter]] of inside.entries()) {
		const state = optimizer.slots.map((slot) => input(`${name}:${slot}`, parameter.dtype, parameter.shape));
		const gradient = withoutRow(gradients[place]!, parameter.frozenRow);
		const next = optimizer.update({ parameter, gradient, state, clock });
		states.push({ name, value: parameter, next: next.parameter });
		for (const [slot, value] of state.entries()) states.push({ name: `${name}:${optimizer.slots[slot]}`, value, next: next.state[slot]! });
	}

	const stateInputs = Object.fromEntries(states.map(({ name, value }) => [name, value]));
	const step =
		stepsPerRun > 1
			? looped({ batchInputs, states, loss, trip })
			: {
					inputs: { ...batchInputs, ...stateInputs, ...Object.fromEntries([...outside].map(([name, rows]) => [rowsName(name), rows])) },
					outputs: {
						loss,
						...Object.fromEntries(states.map(({ name, next }) => [`next.${name}`, next])),
						...Object.fromEntries([...outside.keys()].map((name, place) => [gradientName(name), gradients[inside.length + place]!])),
					},
				};
	return {
		step: writeOnnx(emit(step)),
		predict: writeOnnx(predictionGraph(network, named, outside)),
		parameters: inside.map(([name, { shape }]) => ({ name, shape })),
		tables: [...outside.keys()].map((name) => {
			const { shape, frozenRow } = named.get(name)!;
			const [rows, width] = shape as [number, number];
			return { name, rows, width, input: rowsName(name), gradient: gradientName(name), ...(frozenRow !== undefined && { frozenRow }) };
		}),
		masks,
		slots: optimizer.slots,
		stepsPerRun,
	};
}

const rowsName = (name: string) => `rows.${name}`;
const gradientName = (name: string) => `gradient.${name}`;

/** Large tables whose only use is one lookup of the batch's ids: the value that holds the rows looked up, by the table's name. */
function lookups(loss: Value, named: ReadonlyMap<string, Parameter>, ids: Value): Map<string, Value> {
	const uses = new Map<Value, Value[]>();
	const seen = new Set<Value>();
	const stack = [loss];
	for (let value = stack.pop(); value; value = stack.pop()) {
		if (!value.node || seen.has(value)) continue;
		seen.add(value);
		const before = value.node.custom ? [...value.node.inputs, value.node.custom.result] : value.node.inputs;
		for (const used of before) {
			uses.set(used, [...(uses.get(used) ?? []), value]);
			stack.push(used);
		}
	}
	const found = new Map<string, Value>();
	for (const [name, parameter] of named) {
		const [use, ...more] = uses.get(parameter) ?? [];
		const large = parameter.shape.length === 2 && parameter.shape[0]! * parameter.shape[1]! >= largeTable;
		if (large && use && more.length === 0 && use.node!.op === 'Gather' && use.node!.inputs[1] === ids) found.set(name, use);
	}
	return found;
}

/** A gradient whose first rows are 0 up to and including a frozen one (padding is row 0). */
function withoutRow(gradient: Value, frozen: number | undefined): Value {
	return frozen === undefined ? gradient : ops.pad(ops.slice(gradient, 0, frozen + 1), 0, frozen + 1, 0);
}

/** Several steps in one Loop: state goes round inside, so that it crosses the border of the session once. */
function looped({
	batchInputs,
	states,
	loss,
	trip,
}: {
	batchInputs: Record<string, Value>;
	states: readonly { name: string; value: Value; next: Value }[];
	loss: Value;
	trip: Value;
}) {
	const outer = states.map(({ name, value }) => input(name, value.dtype, value.shape));
	const { states: last, outputs } = ops.loop({
		trips: ops.sizeAt(batchInputs.targets!, 0),
		trip,
		states: outer,
		inner: states.map(({ value }) => value),
		next: states.map(({ next }) => next),
		outputs: [loss],
	});
	return {
		inputs: { ...batchInputs, ...Object.fromEntries(outer.map((value) => [value.name!, value])) },
		outputs: { loss: outputs[0]!, ...Object.fromEntries(states.map(({ name }, place) => [`next.${name}`, last[place]!])) },
	};
}

/** Prediction with the weights as inputs, for validation between steps. */
function predictionGraph(network: Network, named: ReadonlyMap<string, Parameter>, outside: ReadonlyMap<string, Value>) {
	const inputs = { ids: input('ids', 'int32', ['batch', 'time']), lengths: input('lengths', 'int32', ['batch']) };
	const logits = network.apply(inputs, prediction);
	const rows = outside.size > 0 ? lookups(logits, named, inputs.ids) : outside;
	return emit({
		inputs: { ...inputs, ...Object.fromEntries(named), ...Object.fromEntries([...rows].map(([name, value]) => [rowsName(name), value])) },
		outputs: { logits },
	});
}
