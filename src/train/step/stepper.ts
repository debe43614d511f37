// Runs training steps: owns the sessions, the state (two buffers each, used in turn) and the tables. Lives in a worker thread.
import { createSession, type Session, type SessionOptions, sizeOf } from '../../graph/index.js';
import { averagedWeights, averageSlot, type Optimizer } from '../../optim/index.js';
import { type Diagnosis, look, updateRatios, worstOf } from './diagnosis.js';
import { HostTables } from './host-tables.js';
import { sumName } from './names.js';
import { type StepBatch, StepFeeds } from './step-feeds.js';
import { type Minibatch, sizesOf } from './trainable.js';
import type { StatePlan, TrainingGraph } from './training-graph.js';
import { buffers, numbersOf, type Tensors, Turns } from './turns.js';

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
	const stepFeeds = new StepFeeds(graph, seed);
	const fixed = buffers(graph.fixed, start);
	const dense = [...graph.parameters.flatMap((plan) => [plan, ...slotsOf(plan, graph.slots)]), ...graph.moving];
	const state = new Turns(dense, start);
	const sums = new Turns(graph.accumulate > 1 ? graph.parameters.map(({ name, shape }) => ({ name: sumName(name), shape })) : [], {});
	const averaged = graph.slots.includes(averageSlot) ? averageSlot : undefined;
	/** The dense weights that predict, made anew after a step. */
	let predicting: Tensors | undefined;
	const averages = (): Tensors => {
		const data = averagedWeights(numbersOf(state.now));
		return Object.fromEntries(graph.parameters.map(({ name, shape }) => [name, { dtype: 'float32', shape, data: data[name]! }]));
	};
	const parametersIn = (tensors: Tensors) => numbersOf(Object.fromEntries(graph.parameters.map(({ name }) => [name, tensors[name]!])));

	/** What a session takes of feeds, of the rows of a batch and of the state. */
	const fedTo = (session: Session, feeds: Tensors, batch: Minibatch): Tensors =>
		only({ ...feeds, ...tables.rows(batch), ...fixed, ...state.now, ...sums.now }, session);
	/** One run of a graph that changes states. */
	const run = async (session: Session, feeds: Tensors, batch: Minibatch): Promise<readonly number[]> => {
		const fed = fedTo(session, feeds, batch);
		const written = [state, sums].map((turns) => turns.fetches(session.outputs));
		const { loss } = await session.run(fed, Object.assign({ loss: null }, tables.gradients(batch), ...written));
		for (const turns of [state, sums]) turns.turn(session.outputs);
		return Array.from(loss!.data as Float32Array);
	};

	return {
		async step(request) {
			const { rates, step, maxLoss = Number.MAX_VALUE } = request;
			const runs = stepFeeds.runs(request);
			const last = runs.pop()!;
			const losses: number[] = [];
			for (const { batch, feeds } of runs) {
				losses.push(...(await run(sessions.sum!, feeds(), batch)));
				tables.keep(batch);
			}
			const feeds = last.feeds();
			const found = request.diagnose ? await look(sessions.diagnosis!, fedTo(sessions.diagnosis!, feeds, last.batch)) : undefined;
			losses.push(...(await run(sessions.step, feeds, last.batch)));
			const was = { ...parametersIn(state.other), ...tables.weights({ copy: found !== undefined }) };
			const failed = losses.every((loss) => loss <= maxLoss) ? {} : { worst: worstOf(was) };
			const norms = tables.update(last.batch, { rate: rates[0]!, step, norms: found !== undefined });
			sums.clear();
			predicting = undefined;
			if (!found) return { losses, ...failed };
			const ratios = updateRatios(was, { ...parametersIn(state.now), ...tables.weights({ copy: false }) });
			const gradients = Object.entries({ ...found.norms, ...norms });
			const parameters = Object.fromEntries(gradients.map(([name, gradient]) => [name, { gradient, update: ratios[name]! }]));
			return { losses, ...failed, layers: { parameters, dead: found.dead } };
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
