// The graphs of a training run: what does a step (forward, backward, update), whole or in two halves, and what evaluates with the same weights.

import { optionsOf } from '../../base/index.js';
import { type DType, emit, input, ops, type Shape, type Value, withFloatType, writeOnnx } from '../../graph/index.js';
import type { Optimizer } from '../../optim/index.js';
import { fits } from './dense-parameters.js';
import { deadUnits, gradientNorms } from './diagnosis-graph.js';
import { differentiated, differentiatedInHalf } from './differentiated.js';
import { evaluationProgram } from './evaluation-graph.js';
import { type Lookup, lookups } from './lookups.js';
import { lossScaleOf } from './loss-scale.js';
import { applied, checkModel, type Losses, lossesOf, type Trainable } from './model.js';
import { deadName, gradientName, lossName, nextName, normName, prefixed, rowsName, scaleName, sumName, weightName } from './names.js';
import { type PlannedParameter, parameterPlan } from './parameter-plan.js';
import { precisionOf } from './precision.js';
import { StepInputs } from './step-inputs.js';
import { checkTogether, graphKinds, type ParameterState, type TrainingGraph, type TrainingGraphOptions } from './training-plan.js';
import { gradientsByName, meanScales, type StateValue, update } from './update.js';

/** Builds the graphs of a model's training. */
export function trainingGraph(model: Trainable, optimizer: Optimizer, options: TrainingGraphOptions = {}): TrainingGraph {
	checkModel('trainingGraph', model);
	const checked = optionsOf('trainingGraph', options, graphKinds);
	const { tables = 'host', update: where = 'host', stepsPerRun = 1, accumulate = 1, replicas = 1, diagnose = false, ...rest } = checked;
	checkTogether({ tables, stepsPerRun, accumulate, replicas, diagnose });
	// In halves a step has a graph for the gradients of a part and one for the update.
	const inHalves = accumulate > 1 || replicas > 1;
	const precision = precisionOf(rest.precision);
	const floats = precision.parameters;
	const plan = parameterPlan(model.parameters, optimizer);
	optimizer.check?.(plan.map(({ names }) => names));
	const inputs = new StepInputs(model, { stepsPerRun: inHalves ? 1 : stepsPerRun });
	checkNames(inputs, plan);
	const { outputs, next } = applied(model, inputs, inputs.mode);
	const plain = lossesOf(model, outputs, inputs.batch);

	// Tables outside are of float32, and their updates are told before a step which number it has: not, whether it will count.
	const outside =
		tables === 'host' && optimizer.updateRows && optimizer.lazy !== false && floats === 'float32' && precision.lossScale === undefined
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
		const scales = inHalves
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
	const inKernel =
		where === 'host' && optimizer.updateRows && floats === 'float32' && precision.lossScale === undefined && stepsPerRun === 1;
	const onHost =
		Boolean(inKernel) &&
		fits(
			moved.map(({ value }) => value.shape as readonly number[]),
			optimizer.slots.length,
		);
	const moving = plan.filter(({ value }) => made.moved.has(value));
	const fixed = plan.filter((planned) => !moved.includes(planned) && !moving.includes(planned) && !outside.has(planned.name));

	const carried = Object.entries(made.next).map(([name, value]): StateValue => ({ name, value: inputs.states[name]!, next: value }));
	const movements = moving.map(({ name, value }): StateValue => ({ name, value, next: made.moved.get(value)! }));
	if (replicas > 1 && moving.length > 0) throw wholeBatch(moving);
	const sums = inHalves ? sumStates(moved, gradients, accumulate > 1) : [];
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
	const updated = (found: ReadonlyMap<string, Value>, others: readonly StateValue[] = []) => {
		const clock = { ...inputs.clock, step: scaling.counted(inputs.clock.step) };
		return scaling.guarded([...found.values()], [...update(optimizer, moved, found, clock), ...others]);
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
			// The states first: nodes come in the order of what needs them, and what the update of a weight needs is then still in the cache.
			outputs: { ...Object.fromEntries(states.map(({ name, next }) => [nextName(name), next])), ...outputs },
		});
	const halves = () => {
		return {
			weigh: write([], Object.fromEntries(Object.keys(losses).map((name) => [weightName(name), results[weightName(name)]!]))),
			gradients: write([...sums, ...movements, ...carried], { ...results, ...rowGradients }),
			// Where all that learns lies outside, nothing inside is updated.
			...(moved.length > 0 &&
				!onHost && { update: write(updated(new Map(sums.map(({ value }, place) => [moved[place]!.name, value]))), {}) }),
		};
	};
	const whole = () => {
		if (onHost) {
			const found = prefixed(
				moved.map(({ name }) => [name, gradients.get(name)!] as const),
				gradientName,
			);
			return write([...movements, ...carried], { ...found, ...results, ...rowGradients });
		}
		const states = updated(new Map(moved.map(({ name }) => [name, gradients.get(name)!])), [...movements, ...carried]);
		if (stepsPerRun === 1) return write(states, { ...results, ...rowGradients });
		return written(floats, severalSteps(inputs, { states, results, fixed }));
	};
	const found = new Map(moved.map(({ name }, place) => [name, sums[place]?.next ?? gradients.get(name)!]));
	const stateOf = ({ name, names, value: { dtype, shape } }: PlannedParameter): ParameterState => ({
		name,
		names,
		dtype: floatIn(floats, dtype),
		shape,
	});
	return {
		...(inHalves ? halves() : { step: whole() }),
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
		replicas,
		updates: onHost ? 'host' : 'graph',
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

/** What layers move by the batch that they see is not what they would move by the whole of it. */
function wholeBatch(moving: readonly PlannedParameter[]): TypeError {
	const names = moving.map(({ name }) => name).join(', ');
	return new TypeError(
		`trainingGraph: expected layers that look at each sample by itself with replicas, got some that move ${names} by the whole batch, as batchNorm does. Leave replicas out, or take layerNorm.`,
	);
}

/** Sums of gradients over the batches of a step; with one batch its gradients themselves. */
function sumStates(plan: readonly PlannedParameter[], gradients: ReadonlyMap<string, Value>, several: boolean): StateValue[] {
	return plan.map(({ name, value: { dtype, shape } }) => {
		const value = input(sumName(name), dtype, shape as Shape);
		const gradient = gradients.get(name)!;
		return { name: sumName(name), value, next: several ? ops.add(value, gradient) : gradient };
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
