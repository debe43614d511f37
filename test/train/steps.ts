// A stepper as tests want it, with states as plain arrays by name; and batches of texts for it, from arrays that hold several minibatches one after the other.
import { type Tensor, tensor } from 'textloom/graph';
import type { Optimizer } from 'textloom/optim';
import {
	createStepper,
	type Evaluated,
	type LossParts,
	type Minibatch,
	rowOperations,
	type State,
	type StepBatch,
	type StepperOptions,
	type StepResult,
	type TrainingGraph,
} from 'textloom/train';

/** Numbers by name. */
export type Numbers = Record<string, Float32Array>;

/** A tensor's numbers, or the numbers as they are. */
export const dataOf = (value: Tensor | Float32Array): Float32Array =>
	value instanceof Float32Array ? value : (value.data as Float32Array);

/** The numbers of tensors by name. */
export const numbersIn = (tensors: Readonly<Record<string, Tensor | Float32Array>>): Numbers =>
	Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, dataOf(value)]));

/** All numbers of a state: weights by name, slots as `name:slot`, in arrays of their own. */
export function numbersOf({ weights, slots, carried }: State): Numbers {
	const beside = Object.entries(slots).flatMap(([slot, tensors]) =>
		Object.entries(tensors).map(([name, tensor]) => [`${name}:${slot}`, tensor] as const),
	);
	const all = { ...weights, ...Object.fromEntries(beside), ...carried };
	return Object.fromEntries(Object.entries(all).map(([name, { data }]) => [name, (data as Float32Array).slice()]));
}

/** The mean of all losses of a batch. */
export const meanOf = (parts: LossParts) => Object.values(parts).reduce((total, { sum, weight }) => total + sum / weight, 0);

/** A stepper whose steps get their operations on tables from the optimizer, and whose losses are means. */
export interface TestStepper {
	step(batch: StepBatch): Promise<Omit<StepResult, 'losses'> & { losses: number[]; parts: readonly LossParts[] }>;
	evaluate(batch: Minibatch, outputs?: readonly string[]): Promise<Evaluated>;
	begin(pass: 'epoch' | 'evaluation'): void;
	state(): Numbers;
	whole(): State;
	weights(): Numbers;
	release(): Promise<void>;
}

/** Opens a stepper on weights, or on a state. */
export async function testStepper(
	graph: TrainingGraph,
	optimizer: Optimizer,
	start: State | Readonly<Record<string, Tensor | Float32Array>>,
	options: StepperOptions = {},
): Promise<TestStepper> {
	const shapes = new Map(
		[
			...graph.parameters,
			...graph.moving,
			...graph.fixed,
			...graph.tables.map(({ name, rows, width }) => ({ name, shape: [rows, width] })),
		].map(({ name, shape }) => [name, shape]),
	);
	const isState = 'slots' in start && !('dtype' in start.slots) && !(start.slots instanceof Float32Array);
	const begin = isState
		? (start as State)
		: Object.fromEntries(
				Object.entries(start as Readonly<Record<string, Tensor | Float32Array>>).map(([name, value]): [string, Tensor] => [
					name,
					value instanceof Float32Array ? { dtype: 'float32', shape: shapes.get(name) ?? [value.length], data: value } : value,
				]),
			);
	const stepper = await createStepper(graph, begin as State, options);
	return {
		async step(batch) {
			const [rate = 0] = batch.rates;
			const { losses, ...rest } = await stepper.step({ rows: rowOperations(graph, optimizer, { rate, step: batch.step }), ...batch });
			return { ...rest, losses: losses.map(meanOf), parts: losses };
		},
		evaluate: (batch, outputs) => stepper.evaluate(batch, outputs),
		begin: (pass) => stepper.begin(pass),
		state: () => numbersOf(stepper.state()),
		whole: () => structuredClone(stepper.state()),
		weights: () => numbersIn(stepper.weights()),
		release: () => stepper.release(),
	};
}

/** Minibatches of one shape: `[steps × size × time]` ids, and what goes with them. */
export interface Texts {
	readonly ids: Int32Array;
	readonly lengths: Int32Array;
	readonly targets: Int32Array;
	readonly size: number;
	readonly time: number;
	/** Default 1. */
	readonly steps?: number;
}

/** The texts of steps, with their rates, the number of the first, and dropout masks where they are not to be drawn. */
export interface Steps extends Texts {
	readonly masks?: readonly Float32Array[];
	readonly rates: readonly number[];
	readonly step: number;
}

/** A tensor for each input. */
export function batchesOf({ ids, lengths, targets, size, time, steps = 1 }: Texts): Minibatch[] {
	return Array.from({ length: steps }, (_, step) => ({
		ids: tensor('int32', [size, time], part(ids, step, steps)),
		lengths: tensor('int32', [size], part(lengths, step, steps)),
		targets: tensor('int32', [size], part(targets, step, steps)),
	}));
}

/** What a stepper is given. */
export function stepOf({ masks, rates, step, ...texts }: Steps): StepBatch {
	const { steps = 1 } = texts;
	const given = masks && { masks: Array.from({ length: steps }, (_, place) => masks.map((mask) => part(mask, place, steps))) };
	return { batches: batchesOf(texts), rates, step, ...given };
}

/** The logits of one minibatch. */
export async function logitsOf(stepper: Pick<TestStepper, 'evaluate'>, texts: Texts): Promise<Float32Array> {
	return (await stepper.evaluate(batchesOf(texts)[0]!, ['logits'])).outputs.logits!.data as Float32Array;
}

const part = <A extends Float32Array | Int32Array>(numbers: A, place: number, parts: number): A =>
	numbers.slice((place * numbers.length) / parts, ((place + 1) * numbers.length) / parts) as A;
