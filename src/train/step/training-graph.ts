// The graphs of a training run: what does a step (forward, backward, update), whole or in two halves, and what evaluates with the same weights.
import { type DType, emit, input, ops, type Shape, type Tensor, type Value, withFloatType, writeOnnx } from '../../graph/index.js';
import type { Optimizer, Slot } from '../../optim/index.js';
import { is, optionsOf } from '../../stream/index.js';
import { deadUnits, gradientNorms } from './diagnosis-graph.js';
import { differentiated, differentiatedInHalf } from './differentiated.js';
import { evaluationProgram } from './evaluation-graph.js';
import { type Lookup, lookups } from './lookups.js';
import { lossScaleOf } from './loss-scale.js';
import { applied, checkModel, type InputPlan, type Losses, lossesOf, type Trainable } from './model.js';
import {
	deadName,
	finiteName,
	gradientName,
	lossName,
	nextName,
	normName,
	prefixed,
	rowsName,
	scaleName,
	sumName,
	weightName,
} from './names.js';
import { type PlannedParameter, parameterPlan } from './parameter-plan.js';
import { type Precision, precisionOf } from './precision.js';
import { type MaskPlan, StepInputs } from './step-inputs.js';
import { gradientsByName, meanScales, type StateValue, update } from './update.js';

/** A table that stays outside the graph: its rows come in as `input`, their gradients go out as `gradient`. */
export interface TablePlan {
	readonly name: string;
	readonly names: readonly string[];
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

/** A parameter of the graph. */
export interface ParameterState {
	readonly name: string;
	readonly dtype: DType;
	readonly shape: readonly number[];
}

/** A state that goes from batch to batch; its shape is in terms of the batch. */
export interface CarriedPlan {
	readonly name: string;
	readonly dtype: DType;
	readonly shape: Shape;
}

/** Everything that runs a training step. Plain data, so that it can be sent to a worker. Graphs are ONNX bytes. */
export interface TrainingGraph {
	/**
	 * A whole step. Inputs: the batch, masks, `rate`, `step`, weights, slots, states. Outputs: `loss.` and `weight.` each loss, and `next.` each
	 * weight, slot and state. Not there with `accumulate`.
	 */
	readonly step?: Uint8Array;
	/** With `accumulate` the halves of a step: what each loss of a batch counts; the batch's gradients added to `sum.` each parameter; the update. */
	readonly weigh?: Uint8Array;
	readonly gradients?: Uint8Array;
	readonly update?: Uint8Array;
	/** With `diagnose`: `norm.` and `dead.` scalars of a batch, nothing changed. */
	readonly diagnosis?: Uint8Array;
	/** Inputs: the batch, the states and the weights. Outputs: the losses, the model's own outputs as at prediction, the next states. */
	readonly evaluate: Uint8Array;
	/** What a batch holds. */
	readonly inputs: Readonly<Record<string, InputPlan>>;
	/** The names of the model's outputs, and of its losses. */
	readonly outputs: readonly string[];
	readonly losses: readonly string[];
	/** Parameters that learn inside the graph; each has the optimizer's slots beside it. */
	readonly parameters: readonly ParameterState[];
	readonly tables: readonly TablePlan[];
	readonly masks: readonly MaskPlan[];
	readonly slots: readonly Slot[];
	/** Parameters that layers move themselves, such as running means: they go round without slots. */
	readonly moving: readonly ParameterState[];
	/** Parameters that stay as they are: inputs only. */
	readonly fixed: readonly ParameterState[];
	/** States that the model carries from batch to batch. */
	readonly carried: readonly CarriedPlan[];
	/** What the states of a loss scale begin with, by name. */
	readonly scaling: Readonly<Record<string, Tensor>>;
	readonly stepsPerRun: number;
	readonly accumulate: number;
	/** The type of weights and slots, and of the floating-point numbers that are fed. */
	readonly floats: 'float32' | 'float64';
}

/** How the step is built. */
export interface TrainingGraphOptions {
	/**
	 * `host` keeps large embedding tables outside the graph and updates the rows that a batch touches (default); `graph` keeps all inside.
	 * An optimizer that has no lazy form (`updateRows`) keeps them inside, too.
	 */
	readonly tables?: 'host' | 'graph' | undefined;
	/** Minibatches of one shape that one run takes, in a loop inside the graph. Default 1; more need tables in the graph. */
	readonly stepsPerRun?: number | undefined;
	/** Batches whose gradients one step takes together, each by what its losses weigh: a large batch in little memory. Default 1. */
	readonly accumulate?: number | undefined;
	/** Whether a step can be diagnosed: gradient norms, dead units, ratios of update to weight. Default off. */
	readonly diagnose?: boolean | undefined;
	/** The types of numbers that the run computes in. Default float32. */
	readonly precision?: Precision | undefined;
}

/** The kinds of these options. */
export const graphKinds = {
	tables: is.one('host', 'graph'),
	stepsPerRun: is.whole(1),
	accumulate: is.whole(1),
	diagnose: is.flag,
	precision: is.object,
};

/** Builds the graphs of a model's training. */
export function trainingGraph(model: Trainable, optimizer: Optimizer, options: TrainingGraphOptions = {}): TrainingGraph {
	checkModel('trainingGraph', model);
	const { tables = 'host', stepsPerRun = 1, accumulate = 1, diagnose = false, ...rest } = optionsOf('trainingGraph', options, graphKinds);
	checkTogether({ tables, stepsPerRun, accumulate, diagnose });
	const precision = precisionOf(rest.precision);
	const floats = precision.parameters;
	const plan = parameterPlan(model.parameters, optimizer);
	optimizer.check?.(plan.map(({ names }) => names));
	const inputs = new StepInputs(model, { stepsPerRun });
	checkNames(inputs, plan);
	const { outputs, next } = applied(model, inputs, inputs.mode);
	const plain = lossesOf(model, outputs, inputs.batch);

	// Tables outside are of float32.
	const outside =
		tables === 'host' && optimizer.updateRows && floats === 'float32'
			? lookups(
					Object.values(plain).map(({ sum }) => sum),
					plan,
					inputs.batch,
				)
			: new Map<string, Lookup>();
	const inside = plan.filter(({ name, learns }) => learns && !outside.has(name));
	const rows = [...outside].map(([name, { rows }]) => [name, rows] as const);
	const scaling = lossScaleOf(precision);
	const scalesOf = (losses: Losses) => {
		const scales =
			accumulate > 1
				? Object.fromEntries(Object.entries(losses).map(([name, { sum }]) => [name, inputs.take(scaleName(name), sum.dtype, [])]))
				: meanScales(losses);
		if (!scaling.scale) return scales;
		return Object.fromEntries(Object.entries(scales).map(([name, scale]) => [name, ops.mul(scale, scaling.scale!)]));
	};
	const named = [...inside.map(({ name, value }) => [name, value] as const), ...rows];
	const made = (precision.compute === 'float16' ? differentiatedInHalf : differentiated)({
		...{ model, batch: inputs.batch, outputs, next, moved: inputs.moved, losses: plain, scalesOf },
		wanted: named.map(([, value]) => value),
	});
	const { losses } = made;
	checkLosses(Object.keys(losses));
	const gradients = gradientsByName(
		named,
		made.gradients.map((gradient) => gradient && scaling.unscaled(gradient)),
	);
	// A parameter that no loss depends on stays as it is.
	const moved = inside.filter(({ name }) => gradients.has(name));
	const moving = plan.filter(({ value }) => made.moved.has(value));
	const fixed = plan.filter((planned) => !moved.includes(planned) && !moving.includes(planned) && !outside.has(planned.name));

	const carried = Object.entries(made.next).map(([name, value]): StateValue => ({ name, value: inputs.states[name]!, next: value }));
	const movements = moving.map(({ name, value }): StateValue => ({ name, value, next: made.moved.get(value)! }));
	const sums = accumulate > 1 ? sumStates(moved, gradients) : [];
	const results: Record<string, Value> = Object.fromEntries(
		Object.entries(losses).flatMap(([name, { sum, weight }]) => [
			[lossName(name), sum],
			[weightName(name), weight],
		]),
	);
	const rowGradients = prefixed(
		rows.map(([name]) => [name, gradients.get(name)!] as const),
		gradientName,
	);
	/** What changes the weights by these gradients, left out where they are not finite. */
	const updated = (found: ReadonlyMap<string, Value>, others: readonly StateValue[]) => {
		const { states, finite } = scaling.guarded(
			[...found.values(), ...(accumulate > 1 ? [] : Object.values(rowGradients))],
			[...update(optimizer, moved, found, inputs.clock), ...others],
		);
		return { states, results: finite ? { [finiteName]: finite } : {} };
	};
	const weights = plan.flatMap(({ name, value }) => (outside.has(name) ? [] : [[name, value] as const]));
	const given = {
		...inputs.all,
		...prefixed(rows, rowsName),
		...Object.fromEntries(weights),
		...(scaling.scale && { [scaling.scale.name!]: scaling.scale }),
	};
	/** The ONNX bytes of what changes some states and gives some results. Emitting leaves out the inputs that these do not need. */
	const write = (states: readonly StateValue[], outputs: Readonly<Record<string, Value>>) =>
		written(floats, {
			inputs: { ...given, ...Object.fromEntries([...carried, ...sums, ...states].map(({ name, value }) => [name, value])) },
			outputs: { ...outputs, ...Object.fromEntries(states.map(({ name, next }) => [nextName(name), next])) },
		});
	const halves = () => {
		const summed = updated(new Map(sums.map(({ value }, place) => [moved[place]!.name, value])), []);
		return {
			weigh: write([], Object.fromEntries(Object.keys(losses).map((name) => [weightName(name), results[weightName(name)]!]))),
			gradients: write([...sums, ...movements, ...carried], { ...results, ...rowGradients }),
			// Where all that learns lies outside, nothing inside is updated.
			...(moved.length > 0 && { update: write(summed.states, summed.results) }),
		};
	};
	const whole = () => {
		const { states, results: more } = updated(new Map(moved.map(({ name }) => [name, gradients.get(name)!])), [...movements, ...carried]);
		if (stepsPerRun === 1) return write(states, { ...results, ...rowGradients, ...more });
		return written(floats, severalSteps(inputs, { states, results: { ...results, ...more }, fixed }));
	};
	const found = new Map(moved.map(({ name }, place) => [name, sums[place]?.next ?? gradients.get(name)!]));
	const stateOf = ({ name, value: { dtype, shape } }: PlannedParameter): ParameterState => ({ name, dtype: floatIn(floats, dtype), shape });
	return {
		...(accumulate > 1 ? halves() : { step: whole() }),
		...(diagnose && {
			diagnosis: write([], {
				...results,
				...prefixed(gradientNorms(found), normName),
				...prefixed(deadUnits(Object.values(losses).map(({ sum }) => sum)), deadName),
			}),
		}),
		evaluate: written(floats, evaluationProgram(model, { plan, outside })),
		inputs: model.inputs,
		outputs: Object.keys(outputs),
		losses: Object.keys(losses),
		parameters: moved.map(stateOf),
		moving: moving.map(stateOf),
		fixed: fixed.map(stateOf),
		carried: carried.map(({ name, value: { dtype, shape } }) => ({ name, dtype: floatIn(floats, dtype), shape })),
		scaling: scaling.start,
		tables: [...outside].map(([name, { ids, turned }]) => {
			const { names, value } = plan.find((planned) => planned.name === name)!;
			const { shape, frozenRow } = value;
			const [rows, width] = shape as [number, number];
			const frozen = frozenRow !== undefined && { frozenRow };
			return { name, names, rows, width, ids, ...(turned && { turned }), input: rowsName(name), gradient: gradientName(name), ...frozen };
		}),
		masks: inputs.masks,
		slots: optimizer.slots,
		stepsPerRun,
		accumulate,
		floats,
	};
}

/** A type of numbers where floating-point ones are of this type. */
const floatIn = (floats: 'float32' | 'float64', dtype: DType): DType => (dtype === 'float32' ? floats : dtype);

/** The bytes of a program, in the type of numbers that the run computes in. */
function written(floats: 'float32' | 'float64', { inputs, outputs }: Ends): Uint8Array {
	if (floats === 'float32') return writeOnnx(emit({ inputs, outputs }));
	const { values, beginnings } = withFloatType(Object.values(outputs), { to: 'float64' });
	return writeOnnx(
		emit({
			inputs: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, beginnings.get(value) ?? value])),
			outputs: Object.fromEntries(Object.keys(outputs).map((name, place) => [name, values[place]!])),
		}),
	);
}

/** What a graph takes and gives, by name. */
interface Ends {
	readonly inputs: Readonly<Record<string, Value>>;
	readonly outputs: Readonly<Record<string, Value>>;
}

/** Options that do not go together. */
function checkTogether({
	tables,
	stepsPerRun,
	accumulate,
	diagnose,
}: Required<{ [K in Exclude<keyof TrainingGraphOptions, 'precision'>]: NonNullable<TrainingGraphOptions[K]> }>): void {
	if (stepsPerRun === 1) return;
	if (tables === 'host') {
		throw new TypeError(
			"trainingGraph: expected tables: 'graph' with several steps per run, got 'host'. Rows must be updated between steps.",
		);
	}
	for (const [name, on] of [['accumulate', accumulate > 1] as const, ['diagnose', diagnose] as const]) {
		if (on) throw new TypeError(`trainingGraph: expected stepsPerRun or ${name}, got both. Leave one out.`);
	}
}

/** Names that stand for two things. */
function checkNames({ all, states }: StepInputs, plan: readonly PlannedParameter[]): void {
	const taken = plan.find(({ name }) => Object.hasOwn(all, name) || Object.hasOwn(states, name));
	if (taken) throw new RangeError(`trainingGraph: expected inputs of other names than ${taken.name}, which is a parameter. Rename it.`);
}

/** Among several losses `loss` would be taken for their sum, which records and validations call so. */
function checkLosses(names: readonly string[]): void {
	if (names.length > 1 && names.includes('loss'))
		throw new RangeError('trainingGraph: expected other names than loss for one of several losses, got loss. Rename it.');
}

/** Sums of gradients over the batches of a step. */
function sumStates(plan: readonly PlannedParameter[], gradients: ReadonlyMap<string, Value>): StateValue[] {
	return plan.map(({ name, value: { dtype, shape } }) => {
		const value = input(sumName(name), dtype, shape as Shape);
		return { name: sumName(name), value, next: ops.add(value, gradients.get(name)!) };
	});
}

/** Several steps in one Loop: state goes round inside, so that it crosses the border of the session once. */
function severalSteps(
	{ all, trip }: StepInputs,
	{
		states,
		results,
		fixed,
	}: { states: readonly StateValue[]; results: Readonly<Record<string, Value>>; fixed: readonly PlannedParameter[] },
) {
	const first = states.map(({ name, value }) => input(name, value.dtype, value.shape));
	const { states: last, outputs } = ops.loop({
		trips: ops.sizeAt(all.step!, 0),
		trip,
		states: first,
		inner: states.map(({ value }) => value),
		next: states.map(({ next }) => next),
		outputs: Object.values(results),
	});
	return {
		inputs: {
			...all,
			...Object.fromEntries(fixed.map(({ name, value }) => [name, value])),
			...Object.fromEntries(first.map((value) => [value.name!, value])),
		},
		outputs: {
			...Object.fromEntries(Object.keys(results).map((name, place) => [name, outputs[place]!])),
			...Object.fromEntries(states.map(({ name }, place) => [nextName(name), last[place]!])),
		},
	};
}
