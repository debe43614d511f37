// Runs training steps: owns the sessions, the state (two buffers each, used in turn), the tables and the masks. Lives in a worker thread.
import { createSession, type Session, type SessionOptions, type Sizes, sizeOf, type Tensor } from '../graph/index.js';
import { averagedWeights, averageSlot, type Optimizer } from '../optim/index.js';
import { type Diagnosis, look, updateRatios, worstOf } from './diagnose.js';
import { HostTables } from './host-tables.js';
import { Masks } from './masks.js';
import { type Minibatch, shapeIn, sizesOf } from './trainable.js';
import { type StatePlan, sumName, type TrainingGraph } from './training-graph.js';
import { buffers, numbersOf, type Tensors, Turns } from './turns.js';

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

/** What steps came to. */
export interface StepResult {
	/** The loss of each batch. */
	readonly losses: readonly number[];
	/** Where a loss is no number or too large: which weight was so before the step, or the largest one. */
	readonly worst?: string;
	readonly layers?: Diagnosis;
}

/** All numbers of a run by name: weights, and the optimizer's slots as `name:slot`. */
export type State = Readonly<Record<string, Float32Array>>;

/** A training run's engine. One call at a time: they share their buffers. */
export interface Stepper {
	step(batch: StepBatch): Promise<StepResult>;
	/** The loss and the outputs asked for, as at prediction; by the average of the weights where the optimizer keeps one. */
	evaluate(batch: Minibatch, outputs?: readonly string[]): Promise<Record<string, Float32Array>>;
	/** A copy of the state. */
	state(): State;
	release(): Promise<void>;
}

/** How a stepper runs. */
export interface StepperOptions extends SessionOptions {
	/** What dropout masks are drawn from. Default 0. */
	readonly seed?: number;
}

/** Makes a stepper that begins with `start`: all weights, and the slots where it goes on from a state; they are zeros without. */
export async function createStepper(
	graph: TrainingGraph,
	optimizer: Optimizer,
	start: State,
	{ seed = 0, ...options }: StepperOptions = {},
): Promise<Stepper> {
	checkStart(graph, start);
	const open = async (model: Uint8Array | undefined) => (model ? createSession(model, options) : undefined);
	const sessions = {
		step: await createSession(graph.step, options),
		evaluate: await createSession(graph.evaluate, options),
		sum: await open(graph.sum),
		diagnosis: await open(graph.diagnosis),
	};
	const tables = new HostTables(graph, optimizer, start);
	const masks = new Masks(graph.masks, seed);
	const dense = [...graph.parameters.flatMap((plan) => [plan, ...slotsOf(plan, graph.slots)]), ...graph.moving];
	const fixed = buffers(graph.fixed, start);
	const state = new Turns(dense, start);
	const sums = new Turns(graph.accumulate > 1 ? graph.parameters.map(({ name, shape }) => ({ name: sumName(name), shape })) : [], {});
	const several = graph.stepsPerRun > 1;
	const averaged = graph.slots.includes(averageSlot) ? averageSlot : undefined;
	/** The dense weights that predict, made anew after a step. */
	let predicting: Tensors | undefined;
	const averages = (): Tensors => {
		const data = averagedWeights(numbersOf(state.now));
		return Object.fromEntries(graph.parameters.map(({ name, shape }) => [name, { dtype: 'float32', shape, data: data[name]! }]));
	};
	const parametersIn = (tensors: Tensors): Tensors => Object.fromEntries(graph.parameters.map(({ name }) => [name, tensors[name]!]));

	/** What is fed for the batches of one run, which are of one size: they lie one after the other. */
	const feedsOf = (batches: readonly Minibatch[], given: StepBatch['masks'], first: number): Tensors => {
		const [sizes] = batches.map((batch) => sizesOf(graph.inputs, batch)) as [Sizes];
		const outer = several ? [batches.length] : [];
		const drawn = given
			? graph.masks.map((_, place) => joined(given.map((masks) => masks[place]!)))
			: masks.draw(sizes, first, batches.length);
		const dropout = graph.masks.map(({ name, shape }, place): [string, Tensor] => {
			return [name, { dtype: 'float32', shape: [...outer, ...shapeIn(shape, sizes)], data: drawn[place]! }];
		});
		const batch = Object.entries(batches[0]!).map(([name, { dtype, shape }]): [string, Tensor] => {
			const data = joined(batches.map((batch) => batch[name]!.data as Float32Array | Int32Array));
			return [name, { dtype, shape: [...outer, ...shape], data }];
		});
		return Object.fromEntries([...batch, ...dropout]);
	};
	const clockOf = ({ rates, step }: StepBatch): Tensors => ({
		step: { dtype: 'int32', shape: several ? [rates.length] : [], data: Int32Array.from(rates, (_, place) => step + place) },
		rate: { dtype: 'float32', shape: several ? [rates.length] : [], data: Float32Array.from(rates) },
	});
	/** A batch's share of the samples of a step. */
	const shareOf = (batch: Minibatch, batches: readonly Minibatch[]): Tensors => {
		const samples = (batch: Minibatch) => sizesOf(graph.inputs, batch).batch ?? 1;
		const all = batches.reduce((sum, batch) => sum + samples(batch), 0);
		return { share: { dtype: 'float32', shape: [], data: Float32Array.of(samples(batch) / all) } };
	};
	/** One run of a graph that changes states. */
	const run = async (session: Session, feeds: Tensors, batch: Minibatch): Promise<readonly number[]> => {
		const states = [state, sums].map((turns) => turns.fetches(session.outputs));
		const { loss } = await session.run(only({ ...feeds, ...tables.rows(batch), ...fixed, ...state.now, ...sums.now }, session), {
			...{ loss: null, ...tables.gradients(batch) },
			...Object.assign({}, ...states),
		});
		for (const turns of [state, sums]) turns.turn(session.outputs);
		return Array.from(loss!.data as Float32Array);
	};

	return {
		async step(request) {
			const { batches, rates, step, masks: given } = request;
			checkCounts(graph, request);
			const losses: number[] = [];
			for (const [place, batch] of (several ? [] : batches.slice(0, -1)).entries()) {
				const feeds = { ...feedsOf([batch], given && [given[place]!], graph.accumulate * step + place), ...shareOf(batch, batches) };
				losses.push(...(await run(sessions.sum!, feeds, batch)));
				tables.keep(batch);
			}
			const last = batches.at(-1)!;
			const place = several ? 0 : batches.length - 1;
			const feeds = {
				...feedsOf(several ? batches : [last], given?.slice(place), graph.accumulate * step + place),
				...{ ...clockOf(request), ...shareOf(last, batches) },
			};
			const found =
				request.diagnose && sessions.diagnosis
					? await look(
							sessions.diagnosis,
							only({ ...feeds, ...tables.rows(last), ...fixed, ...state.now, ...sums.now }, sessions.diagnosis),
						)
					: undefined;
			losses.push(...(await run(sessions.step, feeds, last)));
			const before = found ? tables.weights({ copy: true }) : {};
			const norms = tables.update(last, { rate: rates[0]!, step, norms: found !== undefined });
			sums.clear();
			predicting = undefined;
			const { maxLoss = Number.MAX_VALUE } = request;
			const failed = losses.every((loss) => loss <= maxLoss) ? {} : { worst: worstOf(parametersIn(state.other)) };
			if (!found) return { losses, ...failed };
			const [was, now] = [parametersIn(state.other), parametersIn(state.now)].map(numbersOf);
			const ratios = updateRatios({ ...was, ...before }, { ...now, ...tables.weights({ copy: false }) });
			const gradients = { ...found.norms, ...norms };
			const parameters = Object.entries(gradients).map(([name, gradient]) => [name, { gradient, update: ratios[name]! }]);
			return { losses, ...failed, layers: { parameters: Object.fromEntries(parameters), dead: found.dead } };
		},
		async evaluate(batch, outputs = []) {
			predicting ??= averages();
			sizesOf(graph.inputs, batch);
			const { evaluate } = sessions;
			const feeds = { ...batch, ...tables.rows(batch, averaged), ...fixed, ...state.now, ...predicting };
			const wanted = Object.fromEntries(['loss', ...outputs].map((name) => [name, null]));
			const results = await evaluate.run(only(feeds, evaluate), wanted);
			return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
		},
		state: () => ({
			...tables.state(),
			...Object.fromEntries(Object.entries(numbersOf({ ...fixed, ...state.now })).map(([name, numbers]) => [name, numbers.slice()])),
		}),
		async release() {
			for (const session of Object.values(sessions)) await session?.release();
		},
	};
}

const slotsOf = ({ name, shape }: StatePlan, slots: readonly string[]) => slots.map((slot) => ({ name: `${name}:${slot}`, shape }));

/** The feeds that a session takes. */
function only(feeds: Tensors, session: Session): Tensors {
	return Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
}

/** Arrays of one type, one after the other; a single one as it is. */
function joined<A extends Float32Array | Int32Array>(arrays: readonly A[]): A {
	if (arrays.length === 1) return arrays[0]!;
	const all = new (arrays[0]!.constructor as new (length: number) => A)(arrays.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const array of arrays) {
		all.set(array, at);
		at += array.length;
	}
	return all;
}

function checkStart(graph: TrainingGraph, start: State): void {
	const whole = graph.tables.map(({ name, rows, width }) => ({ name, shape: [rows, width] }));
	for (const { name, shape } of [...graph.parameters, ...graph.moving, ...graph.fixed, ...whole]) {
		const [expected, got] = [sizeOf(shape), start[name]?.length];
		if (got === expected) continue;
		throw new RangeError(
			`createStepper: expected ${expected} numbers for ${name}, got ${got ?? 'none'}. Begin with weights of this network.`,
		);
	}
}

/** One batch a call, unless the graph takes more; a rate for each step. */
function checkCounts({ stepsPerRun, accumulate }: TrainingGraph, { batches, rates }: StepBatch): void {
	const most = stepsPerRun * accumulate;
	const steps = stepsPerRun > 1 ? batches.length : 1;
	if (batches.length >= 1 && batches.length <= most && rates.length === steps) return;
	throw new RangeError(
		`step: expected 1 to ${most} batches and a rate for each step, got ${batches.length} and ${rates.length}. Build the graph with stepsPerRun or accumulate for more.`,
	);
}
