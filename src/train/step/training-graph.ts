// The graphs of a training run: one that does a whole step (forward, backward, update), and one that evaluates with the same weights.
import { emit, input, ops, type Parameter, type Shape, type Value, writeOnnx } from '../../graph/index.js';
import { namedParameters } from '../../nn/index.js';
import type { Optimizer } from '../../optim/index.js';
import { deadUnits, gradientNorms } from './diagnosis-graph.js';
import { evaluationGraph } from './evaluation-graph.js';
import { type Lookup, lookups } from './lookups.js';
import { deadName, gradientName, nextName, normName, prefixed, rowsName, sumName } from './names.js';
import { type MaskPlan, StepInputs } from './step-inputs.js';
import type { InputPlan, Trainable } from './trainable.js';
import { gradientsOf, type StateValue, update } from './update.js';

/** A table that stays outside the graph: its rows come in as `input`, their gradients go out as `gradient`. */
export interface TablePlan {
	readonly name: string;
	readonly rows: number;
	readonly width: number;
	/** The input that holds the ids, and whether the graph takes its rows with the first two axes exchanged: time first. */
	readonly ids: string;
	readonly turned?: boolean;
	readonly input: string;
	readonly gradient: string;
	/** A row that never changes. */
	readonly frozenRow?: number;
}

/** A state of the graph. */
export interface StatePlan {
	readonly name: string;
	readonly shape: readonly number[];
}

/** Everything that runs a training step. Plain data, so that it can be sent to a worker. */
export interface TrainingGraph {
	/** Inputs: the batch, masks, `rate`, `step`, the state. Outputs: `loss`, and `next.` each state. ONNX bytes. */
	readonly step: Uint8Array;
	/** With `accumulate`: adds the gradients of a batch to `sum.` each parameter, as `next.sum.`. */
	readonly sum?: Uint8Array;
	/** With `diagnose`: `gradient.` and `dead.` scalars of a batch, nothing changed. */
	readonly diagnosis?: Uint8Array;
	/** Inputs: the batch and the weights. Outputs: `loss`, and the model's own, as at prediction. ONNX bytes. */
	readonly evaluate: Uint8Array;
	/** What a batch holds. */
	readonly inputs: Readonly<Record<string, InputPlan>>;
	/** The names of the model's outputs. */
	readonly outputs: readonly string[];
	/** Dense parameters; each has the optimizer's slots beside it, as `name:slot`. */
	readonly parameters: readonly StatePlan[];
	readonly tables: readonly TablePlan[];
	readonly masks: readonly MaskPlan[];
	readonly slots: readonly string[];
	/** States that layers move themselves, such as running means: they go round without slots. */
	readonly moving: readonly StatePlan[];
	/** Weights that stay as they are: inputs only. */
	readonly fixed: readonly StatePlan[];
	readonly stepsPerRun: number;
	readonly accumulate: number;
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
	/** Batches whose gradients one step takes together, each by its share of the samples: a large batch in little memory. Default 1. */
	readonly accumulate?: number;
	/** Whether a step can be diagnosed: gradient norms, dead units, ratios of update to weight. Default off. */
	readonly diagnose?: boolean;
}

/** Builds the graphs of a model's training. */
export function trainingGraph(model: Trainable, optimizer: Optimizer, options: TrainingGraphOptions = {}): TrainingGraph {
	const { tables = 'host', stepsPerRun = 1, accumulate = 1, diagnose = false } = options;
	checkOptions({ tables, diagnose, stepsPerRun, accumulate });
	const named = namedParameters(model.parameters);
	optimizer.check?.([...named.keys()]);
	const inputs = new StepInputs(model, { stepsPerRun, accumulate });
	checkNames(model, inputs, [...named.keys()]);
	const outputs = model.apply(inputs.batch, inputs.mode);
	const loss = model.loss(outputs, inputs.batch);

	const learned = new Map([...named].filter(([, { frozen }]) => !frozen));
	const outside = tables === 'host' && optimizer.updateRows ? lookups([loss], learned, inputs.batch) : new Map<string, Lookup>();
	const inside = [...learned].filter(([name]) => !outside.has(name));
	const moving = [...named].filter(([, parameter]) => inputs.moved.has(parameter));
	const fixed = [...named].filter(([, parameter]) => parameter.frozen && !inputs.moved.has(parameter));
	const rows = new Map([...outside].map(([name, { rows }]) => [name, rows]));
	const parts = { rows: prefixed(rows, rowsName), fixed: Object.fromEntries(fixed) };

	// Σ shareᵢ · lossᵢ has the gradient of the mean over all samples.
	const gradients = gradientsOf(inputs.share ? ops.mul(loss, inputs.share) : loss, [...inside, ...rows]);
	const sums = accumulate > 1 ? sumsOf(inside, gradients) : [];
	const totals = new Map([...gradients, ...sums.map(({ name, next }) => [name, next] as const)]);
	const moves = moving.map(([name, value]) => ({ name, value, next: inputs.moved.get(value)! }));
	const states = [...update(optimizer, inside, totals, inputs.clock), ...moves];
	const rowGradients = prefixed(new Map([...rows.keys()].map((name) => [name, gradients.get(name)!])), gradientName);
	const write = (states: readonly StateValue[], { several = false, unchanged = {}, results = {} }: WriteParts) => {
		const program = several ? severalSteps(inputs, states, loss) : oneStep(inputs, states, loss);
		return writeOnnx(
			emit({
				inputs: { ...program.inputs, ...parts.fixed, ...parts.rows, ...unchanged },
				outputs: { ...program.outputs, ...rowGradients, ...results },
			}),
		);
	};
	const weights = Object.fromEntries(inside);
	const sumStates = sums.map(({ name, value, next }) => ({ name: sumName(name), value, next }));
	const summed = Object.fromEntries(sumStates.map(({ name, value }) => [name, value]));
	const norms = gradientNorms(new Map(inside.flatMap(([name]) => (totals.has(name) ? [[name, totals.get(name)!]] : []))));
	return {
		step: write(states, { several: stepsPerRun > 1, unchanged: summed }),
		...(accumulate > 1 && { sum: write([...sumStates, ...moves], { unchanged: weights }) }),
		...(diagnose && {
			diagnosis: write([], {
				unchanged: { ...weights, ...summed, ...Object.fromEntries(moving) },
				results: { ...prefixed(norms, normName), ...prefixed(deadUnits(loss), deadName) },
			}),
		}),
		evaluate: writeOnnx(evaluationGraph(model, { named, learned, outside })),
		inputs: model.inputs,
		outputs: Object.keys(outputs),
		parameters: inside.map(sized),
		moving: moving.map(sized),
		fixed: fixed.map(sized),
		tables: [...outside].map(([name, { ids, turned }]) => {
			const { shape, frozenRow } = named.get(name)!;
			const [rows, width] = shape as [number, number];
			const frozen = frozenRow !== undefined && { frozenRow };
			return { name, rows, width, ids, ...(turned && { turned }), input: rowsName(name), gradient: gradientName(name), ...frozen };
		}),
		masks: inputs.masks,
		slots: optimizer.slots,
		stepsPerRun,
		accumulate,
	};
}

/** Which graph of a step is written: in a loop or not, with what inputs that it does not change, and with what further results. */
interface WriteParts {
	readonly several?: boolean;
	readonly unchanged?: Readonly<Record<string, Value>>;
	readonly results?: Readonly<Record<string, Value>>;
}

function checkOptions({ tables, diagnose, ...counts }: Required<TrainingGraphOptions>): void {
	for (const [name, count] of Object.entries(counts)) {
		if (Number.isInteger(count) && count >= 1) continue;
		throw new RangeError(`trainingGraph: expected ${name} to be a whole number from 1, got ${count}. Leave it out for 1.`);
	}
	if (counts.stepsPerRun === 1) return;
	if (tables === 'host') {
		throw new TypeError(
			"trainingGraph: expected tables: 'dense' with several steps per run, got 'host'. Rows must be updated between steps.",
		);
	}
	for (const [name, on] of [['accumulate', counts.accumulate > 1] as const, ['diagnose', diagnose] as const]) {
		if (on) throw new TypeError(`trainingGraph: expected stepsPerRun or ${name}, got both. Leave one out.`);
	}
}

/** Names that stand for two things, and an accumulation that cannot weigh its batches. */
function checkNames({ inputs }: Trainable, { all, share }: StepInputs, parameters: readonly string[]): void {
	const taken = parameters.find((name) => Object.hasOwn(all, name));
	if (taken !== undefined) {
		throw new RangeError(`trainingGraph: expected inputs of other names than ${taken}, which is a parameter. Rename it.`);
	}
	if (share && !Object.values<InputPlan>(inputs).some(({ shape }) => shape.includes('batch'))) {
		throw new RangeError(
			'trainingGraph: expected an input with the size batch to accumulate by, got none. Name the axis of the samples so.',
		);
	}
}

const sized = ([name, { shape }]: readonly [string, Parameter]) => ({ name, shape });

/** Sums of gradients over the batches of a step. */
function sumsOf(named: readonly (readonly [string, Parameter])[], gradients: ReadonlyMap<string, Value>): StateValue[] {
	return named.flatMap(([name, { dtype, shape }]) => {
		const gradient = gradients.get(name);
		if (!gradient) return [];
		const value = input(sumName(name), dtype, shape as Shape);
		return [{ name, value, next: ops.add(value, gradient) }];
	});
}

function oneStep({ all }: StepInputs, states: readonly StateValue[], loss: Value) {
	return {
		inputs: { ...all, ...Object.fromEntries(states.map(({ name, value }) => [name, value])) },
		outputs: { loss, ...Object.fromEntries(states.map(({ name, next }) => [nextName(name), next])) },
	};
}

/** Several steps in one Loop: state goes round inside, so that it crosses the border of the session once. */
function severalSteps({ all, trip }: StepInputs, states: readonly StateValue[], loss: Value) {
	const first = states.map(({ name, value }) => input(name, value.dtype, value.shape));
	const { states: last, outputs } = ops.loop({
		trips: ops.sizeAt(all.step!, 0),
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
