// What the graphs of a step are fed beside the state: batches with their dropout masks, rates, and what the losses of each batch count.
import type { Sizes, Tensor, TensorData } from '../../graph/index.js';
import { joined } from './arrays.js';
import type { RowOperations } from './host-tables.js';
import { Masks } from './masks.js';
import { type Minibatch, shapeIn, sizesOf } from './model.js';
import type { TrainingGraph } from './training-plan.js';
import type { Tensors } from './turns.js';

/** What one call of a stepper does. */
export interface StepBatch {
	/** The batch; with `stepsPerRun` those of as many steps or fewer, all of one size; with `accumulate` those that one step takes together. */
	readonly batches: readonly Minibatch[];
	/** The learning rate of each step, and the number of the first from 1. */
	readonly rates: readonly number[];
	readonly step: number;
	/** What the step does to the touched rows of each table outside the graph, and to parameters in host memory; see `rowOperations`. */
	readonly rows?: RowOperations;
	/** Dropout masks of each batch, where they are not to be drawn from the seed. */
	readonly masks?: readonly (readonly Float32Array[])[];
	/** A loss above it, or one that is no number, comes with `worst`. Default: none. */
	readonly maxLoss?: number;
	/** Looks into the step, too; for a graph with `diagnose`. */
	readonly diagnose?: boolean;
}

/** The rates and the number of the first of some steps. */
export type Clock = Pick<StepBatch, 'rates' | 'step'>;

/** One run of a session: the batch, or the first of several, its sizes, and what is fed with it. */
export interface StepRun {
	readonly batch: Minibatch;
	readonly sizes: Sizes;
	/** The feeds by the names that are wanted. Masks in them hold until the next are made. */
	feeds(wanted: readonly string[]): Tensors;
}

/** What feeds are made for. */
type FedGraph = Pick<TrainingGraph, 'inputs' | 'masks' | 'tables' | 'parameters' | 'updates' | 'stepsPerRun' | 'accumulate'> &
	Partial<Pick<TrainingGraph, 'diagnosis'>>;

/** Makes feeds. */
export class StepFeeds {
	readonly #graph: FedGraph;
	readonly #masks: Masks;

	constructor(graph: FedGraph, seed: number) {
		this.#graph = graph;
		this.#masks = new Masks(graph.masks, seed);
	}

	/** The runs that a request comes to: one, or one for each batch that the step takes. All of it is checked before the first. */
	runs(request: StepBatch): StepRun[] {
		const { stepsPerRun, accumulate, inputs } = this.#graph;
		checkCounts(this.#graph, request);
		const { batches, masks, step } = request;
		const sizes = batches.map((batch) => sizesOf(inputs, batch));
		if (stepsPerRun > 1) {
			checkEqual(sizes);
			const outer = [batches.length];
			const parts = { ...this.#of(batches, outer), ...this.#drawn(sizes[0]!, outer, masks, step), ...this.clock(request) };
			return [runOf(batches[0]!, sizes[0]!, parts)];
		}
		return batches.map((batch, place) => {
			const drawn = this.#drawn(sizes[place]!, [], masks && [masks[place]!], accumulate * step + place);
			return runOf(batch, sizes[place]!, { ...this.#of([batch], []), ...drawn, ...this.clock(request) });
		});
	}

	/** The feeds of a part of a batch, with dropout masks drawn by this number. */
	part(batch: Minibatch, sizes: Sizes, number: number, clock: Clock): StepRun['feeds'] {
		return runOf(batch, sizes, { ...this.#of([batch], []), ...this.#drawn(sizes, [], undefined, number), ...this.clock(clock) }).feeds;
	}

	/** Rates and numbers of steps. */
	clock({ rates, step }: Clock): Makers {
		const shape = this.#graph.stepsPerRun > 1 ? [rates.length] : [];
		return {
			step: () => ({ dtype: 'int32', shape, data: Int32Array.from(rates, (_, place) => step + place) }),
			rate: () => ({ dtype: 'float32', shape, data: Float32Array.from(rates) }),
		};
	}

	/** Batches one after the other. */
	#of(batches: readonly Minibatch[], outer: readonly number[]): Makers {
		const [first] = batches as [Minibatch];
		return makers(
			Object.keys(this.#graph.inputs).map((name) => [
				name,
				(): Tensor => {
					const { dtype, shape } = first[name]!;
					return { dtype, shape: [...outer, ...shape], data: joined<TensorData>(batches.map((batch) => batch[name]!.data)) };
				},
			]),
		);
	}

	/** The masks of batches, as they were given, or drawn: number `first` and those after it. */
	#drawn(sizes: Sizes, outer: readonly number[], given: StepBatch['masks'], first: number): Makers {
		const { masks } = this.#graph;
		return makers(
			masks.map(({ name, shape }, place) => [
				name,
				(): Tensor => {
					const data = given
						? joined(given.map((part) => part[place]!))
						: this.#masks.draw(place, sizes, { from: first, draws: outer[0] ?? 1 });
					return { dtype: 'float32', shape: [...outer, ...shapeIn(shape, sizes)], data };
				},
			]),
		);
	}
}

/** Tensors by name, each made when it is wanted. */
type Makers = Readonly<Record<string, () => Tensor>>;

const makers = (entries: readonly (readonly [string, () => Tensor])[]): Makers => Object.fromEntries(entries);

const runOf = (batch: Minibatch, sizes: Sizes, parts: Makers): StepRun => ({
	batch,
	sizes,
	feeds: (wanted) => Object.fromEntries(wanted.flatMap((name) => (Object.hasOwn(parts, name) ? [[name, parts[name]!()]] : []))),
});

/** One batch a call, unless the graph takes more; a rate for each step; masks for each batch, or none; operations for each table. */
function checkCounts(
	{ stepsPerRun, accumulate, masks: plans, tables, parameters, updates, diagnosis }: FedGraph,
	request: StepBatch,
): void {
	const { batches, rates, masks, rows = {}, diagnose } = request;
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
	const outside: readonly { readonly name: string }[] = [...tables, ...(updates === 'host' ? parameters : [])];
	const table = outside.find(({ name }) => !Object.hasOwn(rows, name));
	if (table) {
		throw new TypeError(
			`step: expected operations for ${table.name}, which is outside the graph, got none. Pass rows: rowOperations(graph, optimizer, { rate, step }).`,
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
