// What the graph of a step is fed beside the state: batches with their dropout masks, rates and shares.
import type { Sizes, Tensor } from '../../graph/index.js';
import { joined } from './arrays.js';
import { Masks } from './masks.js';
import { type Minibatch, shapeIn, sizesOf } from './trainable.js';
import type { TrainingGraph } from './training-graph.js';
import type { Tensors } from './turns.js';

/** What one call of a stepper does. */
export interface StepBatch {
	/** The batch; with `stepsPerRun` those of as many steps or fewer, all of one size; with `accumulate` those that one step takes together. */
	readonly batches: readonly Minibatch[];
	/** The learning rate of each step, and the number of the first from 1. */
	readonly rates: readonly number[];
	readonly step: number;
	/** Dropout masks of each batch, where they are not to be drawn from the seed. */
	readonly masks?: readonly (readonly Float32Array[])[];
	/** A loss above it, or one that is no number, comes with `worst`. Default: none. */
	readonly maxLoss?: number;
	/** Looks into the step, too; for a graph with `diagnose`. */
	readonly diagnose?: boolean;
}

/** One run of the session: the batch, or the first of several, and what is fed with it. */
export interface StepRun {
	readonly batch: Minibatch;
	feeds(): Tensors;
}

/** Makes feeds. The masks in them hold until the next ones are made. */
export class StepFeeds {
	readonly #graph: TrainingGraph;
	readonly #masks: Masks;

	constructor(graph: TrainingGraph, seed: number) {
		this.#graph = graph;
		this.#masks = new Masks(graph.masks, seed);
	}

	/** The runs that a request comes to: one, or one for each batch that the step takes. All of it is checked before the first. */
	runs(request: StepBatch): StepRun[] {
		const { stepsPerRun, accumulate, inputs } = this.#graph;
		checkCounts(this.#graph, request);
		const { batches, masks, step } = request;
		const sizes = batches.map((batch) => sizesOf(inputs, batch));
		const clock = this.#clock(request);
		if (stepsPerRun > 1) {
			checkEqual(sizes);
			const outer = [batches.length];
			const feeds = () => ({ ...this.#of(batches, outer), ...this.#drawn(sizes[0]!, outer, masks, step), ...clock });
			return [{ batch: batches[0]!, feeds }];
		}
		const samples = sizes.reduce((sum, { batch = 0 }) => sum + batch, 0);
		return batches.map((batch, place) => {
			const share: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of((sizes[place]!.batch ?? 0) / samples) };
			const given = masks && [masks[place]!];
			const feeds = () => ({
				...this.#of([batch], []),
				...this.#drawn(sizes[place]!, [], given, accumulate * step + place),
				...clock,
				share,
			});
			return { batch, feeds };
		});
	}

	/** Batches one after the other. */
	#of(batches: readonly Minibatch[], outer: readonly number[]): Tensors {
		const [first] = batches as [Minibatch];
		return Object.fromEntries(
			Object.keys(this.#graph.inputs).map((name): [string, Tensor] => {
				const { dtype, shape } = first[name]!;
				const data = joined(batches.map((batch) => batch[name]!.data as Float32Array | Int32Array));
				return [name, { dtype, shape: [...outer, ...shape], data }];
			}),
		);
	}

	/** The masks of batches, as they were given, or drawn: number `first` and those after it. */
	#drawn(sizes: Sizes, outer: readonly number[], given: StepBatch['masks'], first: number): Tensors {
		const { masks } = this.#graph;
		const data = given ? masks.map((_, place) => joined(given.map((part) => part[place]!))) : this.#masks.draw(sizes, first, outer[0] ?? 1);
		return Object.fromEntries(
			masks.map(({ name, shape }, place): [string, Tensor] => {
				return [name, { dtype: 'float32', shape: [...outer, ...shapeIn(shape, sizes)], data: data[place]! }];
			}),
		);
	}

	#clock({ rates, step }: StepBatch): Tensors {
		const shape = this.#graph.stepsPerRun > 1 ? [rates.length] : [];
		return {
			step: { dtype: 'int32', shape, data: Int32Array.from(rates, (_, place) => step + place) },
			rate: { dtype: 'float32', shape, data: Float32Array.from(rates) },
		};
	}
}

/** One batch a call, unless the graph takes more; a rate for each step; masks for each batch, or none. */
function checkCounts({ stepsPerRun, accumulate, masks: plans, diagnosis }: TrainingGraph, request: StepBatch): void {
	const { batches, rates, masks, diagnose } = request;
	const most = stepsPerRun * accumulate;
	const steps = stepsPerRun > 1 ? batches.length : 1;
	if (batches.length < 1 || batches.length > most || rates.length !== steps) {
		throw new RangeError(
			`step: expected 1 to ${most} batches and a rate for each step, got ${batches.length} and ${rates.length}. Build the graph with stepsPerRun or accumulate for more.`,
		);
	}
	if (masks && (masks.length !== batches.length || masks.some(({ length }) => length !== plans.length))) {
		const got = masks.map(({ length }) => length).join(', ');
		throw new RangeError(
			`step: expected ${plans.length} masks for each of ${batches.length} batches, got ${got}. Leave them out to draw them.`,
		);
	}
	if (diagnose && !diagnosis) {
		throw new TypeError('step: expected a graph that can be diagnosed, got one that cannot. Build it with diagnose: true.');
	}
}

function checkEqual(all: readonly Sizes[]): void {
	const shown = (sizes: Sizes) =>
		Object.entries(sizes)
			.map(([name, size]) => `${name} ${size}`)
			.join(', ');
	const other = all.find((sizes) => shown(sizes) !== shown(all[0]!));
	if (!other) return;
	throw new RangeError(
		`step: expected batches of one size in one run, got ${shown(all[0]!)} and ${shown(other)}. Run them one after the other.`,
	);
}
