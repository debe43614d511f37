// Runs training steps: owns the sessions, the state (two buffers each, used in turn) and the tables. Lives in a worker thread.
import { createSession, type Session, type SessionOptions, type Tensor } from '../../graph/index.js';
import { averagedWeights, averageSlot } from '../../optim/index.js';
import { Carried } from './carried.js';
import { DenseParameters } from './dense-parameters.js';
import { type Diagnosis, look, updateRatios, worstOf } from './diagnosis.js';
import { HostTables } from './host-tables.js';
import { type LossParts, lossesIn, meanOf } from './loss-parts.js';
import { type Minibatch, sizesOf } from './model.js';
import { gradientName, lossName, nextName, scaleName, slotName, sumName, weightName } from './names.js';
import { type RemoteReplica, Replicas } from './replicas.js';
import { checkStart, copied, floatsIn, type State, startOf, typedFor } from './state.js';
import { type StepBatch, StepFeeds, type StepRun } from './step-feeds.js';
import type { TrainingGraph } from './training-plan.js';
import { type Tensors, Turns } from './turns.js';

/** What steps came to. */
export interface StepResult {
	/** The losses of each batch by name, each its sum and its weight. */
	readonly losses: readonly LossParts[];
	/** Where a loss is no number or too large: which weight was so before the step, or the largest one. */
	readonly worst?: string;
	readonly layers?: Diagnosis;
}

/** What an evaluation of a batch comes to: its losses, and the outputs that were asked for. */
export interface Evaluated {
	readonly losses: LossParts;
	readonly outputs: Tensors;
}

/** A training run's engine. One call at a time: they share their buffers. */
export interface Stepper {
	step(batch: StepBatch): Promise<StepResult>;
	/** The losses and the outputs asked for, as at prediction; by the average of the weights where the optimizer keeps one. */
	evaluate(batch: Minibatch, outputs?: readonly string[]): Promise<Evaluated>;
	/** Before the first batch of an epoch or of an evaluation: the states that the model carries are 0 again. */
	begin(pass: 'epoch' | 'evaluation'): void;
	/** The state: views that the next step overwrites. */
	state(): State;
	/** A copy of the weights that predict: their average where the optimizer keeps one. */
	weights(): Tensors;
	release(): Promise<void>;
}

/** How a stepper runs. */
export interface StepperOptions extends SessionOptions {
	/** What dropout masks are drawn from. Default 0. */
	readonly seed?: number;
	/** For a graph with `replicas` one less, in threads of their own: `startReplicas` starts them. */
	readonly replicas?: readonly RemoteReplica[];
}

/** Makes a stepper that begins with weights, or goes on from a state. What it is given stays as it is. */
export async function createStepper(graph: TrainingGraph, start: State | Tensors, options: StepperOptions = {}): Promise<Stepper> {
	const state = 'weights' in start && !('dtype' in start.weights) ? (start as State) : startOf(start as Tensors);
	return openStepper(graph, { ...state, weights: copied(state.weights), slots: mapped(state.slots, copied) }, options);
}

/** The same over tensors that are the stepper's own from then on: they are its buffers. */
export async function openStepper(
	graph: TrainingGraph,
	start: State,
	{ seed = 0, replicas: remote = [], ...options }: StepperOptions = {},
): Promise<Stepper> {
	checkReplicas(graph, remote);
	const begin = typedFor(graph, start);
	checkStart(graph, begin);
	// Threads of a session look for work for a while after a run, on the processors of the replicas.
	const stepping = graph.replicas > 1 ? { ...options, threads: 1 } : options;
	const open = async (model: Uint8Array | undefined) => (model ? createSession(model, stepping) : undefined);
	const sessions = {
		step: await open(graph.step),
		weigh: await open(graph.weigh),
		gradients: graph.replicas > 1 ? undefined : await open(graph.gradients),
		update: await open(graph.update),
		diagnosis: await open(graph.diagnosis),
		evaluate: await createSession(graph.evaluate, options),
	};
	const stepFeeds = new StepFeeds(graph.replicas > 1 ? { ...graph, stepsPerRun: 1 } : graph, seed);
	const tables = new HostTables(graph, begin);
	const carried = { epoch: new Carried(graph.carried, begin.carried), evaluation: new Carried(graph.carried) };
	const fixed: Tensors = Object.fromEntries(graph.fixed.map(({ name, shape }) => [name, { ...begin.weights[name]!, shape }]));
	const threads = Math.max(1, Math.floor((options.threads ?? graph.replicas) / graph.replicas));
	const replicas = graph.replicas > 1 ? await Replicas.open(graph, remote, { fixed, seed, options: { ...options, threads } }) : undefined;
	const dense = graph.updates === 'host' ? new DenseParameters(graph, begin) : undefined;
	/** Parameters that the graph itself updates. */
	const inside = dense ? [] : graph.parameters;
	const slots = inside.flatMap((plan) =>
		graph.slots.map((slot) => ({ ...plan, name: slotName(slot.name, plan.name), start: begin.slots[slot.name]?.[plan.name] })),
	);
	const weights = [...inside, ...graph.moving].map((plan) => ({ ...plan, start: begin.weights[plan.name] }));
	const scaling = Object.entries(graph.scaling).map(([name, first]) => {
		const { dtype, shape, data } = begin.scaling[name] ?? first;
		return { name, dtype, shape, start: { dtype, shape, data: data.slice() } };
	});
	const turns = new Turns([...weights, ...slots, ...scaling]);
	const sums = new Turns(graph.accumulate > 1 && !replicas ? graph.parameters.map((plan) => ({ ...plan, name: sumName(plan.name) })) : []);

	/** The feeds that a session takes, in float64 where all is. */
	const only = (feeds: Tensors, session: Session): Tensors => {
		const typed = (tensor: Tensor) => (graph.floats === 'float64' ? floatsIn('float64', tensor) : tensor);
		return Object.fromEntries(session.inputs.map((name) => [name, typed(feeds[name]!)]));
	};
	const insideOf = (tensors: Tensors): Tensors => Object.fromEntries(inside.map(({ name }) => [name, tensors[name]!]));
	/** The weights of the graph that learn. */
	const learning = (): Tensors => dense?.weights ?? insideOf(turns.now);
	const stateNow = ({ settled = false } = {}): State => {
		const [outside, onHost] = [tables.slots({ settled }), dense?.slots() ?? {}];
		const slotsOf = (slot: string) => inside.map(({ name }) => [name, turns.now[slotName(slot, name)]!] as const);
		return {
			weights: {
				...tables.weights(),
				...fixed,
				...Object.fromEntries(weights.map(({ name }) => [name, turns.now[name]!])),
				...dense?.weights,
			},
			slots: Object.fromEntries(
				graph.slots.map(({ name }) => [name, { ...Object.fromEntries(slotsOf(name)), ...onHost[name], ...outside[name] }]),
			),
			ages: tables.ages(),
			carried: carried.epoch.now,
			scaling: Object.fromEntries(scaling.map(({ name }) => [name, turns.now[name]!])),
		};
	};
	const averaged = graph.slots.some(({ name }) => name === averageSlot) ? averageSlot : undefined;
	/** The averages of the dense weights where there are some, made anew after a step. */
	let averages: Tensors | undefined;

	/** What a session takes of feeds, of the rows of a batch and of the state. */
	const fedTo = (session: Session, { batch, sizes, feeds }: StepRun, more: Tensors = {}): Tensors =>
		only(
			{
				...feeds(session.inputs),
				...tables.rows(batch, session.inputs),
				...fixed,
				...turns.now,
				...dense?.weights,
				...sums.now,
				...carried.epoch.before(sizes),
				...more,
			},
			session,
		);
	/** One run of a graph over a batch that changes states. */
	const run = async (session: Session, stepRun: StepRun, more: Tensors = {}): Promise<LossParts[]> => {
		const fed = fedTo(session, stepRun, more);
		const states = carried.epoch.results(session.outputs);
		const wanted = [...graph.losses.flatMap((name) => [lossName(name), weightName(name)]), ...states];
		const written = [turns, sums].map((part) => part.targets(session.outputs));
		// The gradients of a step at once; those of several batches are sums first.
		const found = dense && session === sessions.step ? dense.gradients(gradientName) : {};
		const results = await session.run(fed, {
			outputs: wanted,
			into: Object.assign({}, tables.gradients(stepRun.batch), found, ...written),
		});
		for (const part of [turns, sums]) part.turn(session.outputs);
		carried.epoch.take(results);
		return lossesIn(results, graph.losses);
	};
	/** 1 / the weight of each loss over all batches of a step; 0 where nothing counts. */
	const scalesOf = async (runs: readonly StepRun[]): Promise<Tensors> => {
		const session = sessions.weigh!;
		const totals = new Map(graph.losses.map((name) => [name, 0]));
		for (const stepRun of runs) {
			const results = await session.run(fedTo(session, stepRun), { outputs: graph.losses.map(weightName) });
			for (const name of graph.losses) totals.set(name, totals.get(name)! + Number(results[weightName(name)]!.data[0]));
		}
		return Object.fromEntries(
			[...totals].map(([name, total]): [string, Tensor] => {
				return [scaleName(name), { dtype: 'float32', shape: [], data: Float32Array.of(total === 0 ? 0 : 1 / total) }];
			}),
		);
	};
	/** Changes the weights by sums of gradients: here, or where that is done in host memory, later. */
	const updateBy = async (found: Tensors, stepRun: StepRun) => {
		const { update } = sessions;
		for (const [name, { data }] of Object.entries(dense?.gradients(sumName) ?? {}))
			(data as Float32Array).set(found[name]!.data as Float32Array);
		if (!update) return;
		await update.run(fedTo(update, stepRun, found), { outputs: [], into: turns.targets(update.outputs) });
		turns.turn(update.outputs);
	};
	/** A step over several batches: their gradients are added up, then the weights are changed once. */
	const stepTogether = async (runs: readonly StepRun[], diagnose: boolean) => {
		const scales = await scalesOf(runs);
		const losses: LossParts[] = [];
		let found: Awaited<ReturnType<typeof look>> | undefined;
		for (const [place, stepRun] of runs.entries()) {
			const isLast = place === runs.length - 1;
			if (isLast && diagnose) found = await look(sessions.diagnosis!, fedTo(sessions.diagnosis!, stepRun, scales));
			losses.push(...(await run(sessions.gradients!, stepRun, scales)));
			if (!isLast) tables.keep(stepRun.batch);
		}
		await updateBy(sums.now, runs.at(-1)!);
		return { losses, found };
	};
	/** A step, or several one after the other, over parts of their batches at once. */
	const stepInParts = async (request: StepBatch) => {
		if (request.masks) throw new TypeError('step: expected no masks with replicas, which draw their own, got some. Leave them out.');
		const losses: LossParts[] = [];
		for (const one of stepsOf(graph, request)) {
			const runs = stepFeeds.runs(one);
			const work = { request: one, scales: await scalesOf(runs), weights: learning(), tables };
			const found = await replicas!.gradients({ ...work, states: carried.epoch.before(runs[0]!.sizes) });
			await updateBy(found.sums, runs.at(-1)!);
			carried.epoch.take(Object.fromEntries(Object.entries(found.states).map(([name, state]) => [nextName(name), state])));
			losses.push(...found.losses);
		}
		return losses;
	};
	const stepAtOnce = async ([stepRun]: readonly StepRun[], diagnose: boolean) => {
		const found = diagnose ? await look(sessions.diagnosis!, fedTo(sessions.diagnosis!, stepRun!)) : undefined;
		return { losses: await run(sessions.step!, stepRun!), found };
	};

	return {
		async step(request) {
			const { maxLoss = Number.MAX_VALUE, rows = {}, diagnose = false } = request;
			try {
				const runs = replicas ? [] : stepFeeds.runs(request);
				const step = async () => ({ losses: await stepInParts(request), found: undefined });
				const { losses, found } = await (replicas ? step() : (graph.accumulate > 1 ? stepTogether : stepAtOnce)(runs, diagnose));
				const before = { ...tables.weights(), ...dense?.weights };
				const was = { ...insideOf(turns.other), ...(found ? copied(before) : before) };
				const failed = losses.every((parts) => meanOf(parts) <= maxLoss) ? {} : { worst: worstOf(was) };
				averages = undefined;
				// A step that went wrong changes nothing that is updated here.
				if ('worst' in failed) return { losses, ...failed };
				const norms = tables.update(runs.at(-1)?.batch, rows, { norms: found !== undefined });
				dense?.update(rows);
				if (!found) return { losses };
				const ratios = updateRatios(was, { ...learning(), ...tables.weights() });
				const gradients = Object.entries({ ...found.norms, ...norms });
				const parameters = Object.fromEntries(gradients.map(([name, gradient]) => [name, { gradient, update: ratios[name]! }]));
				return { losses, layers: { parameters, dead: found.dead } };
			} finally {
				sums.clear();
				tables.forget();
			}
		},
		async evaluate(batch, outputs = []) {
			const sizes = sizesOf(graph.inputs, batch);
			const { evaluate } = sessions;
			if (averaged && !averages) averages = averagedWeights({ weights: learning(), slots: stateNow().slots });
			const feeds = {
				...batch,
				...tables.rows(batch, evaluate.inputs, averaged),
				...fixed,
				...turns.now,
				...dense?.weights,
				...averages,
				...carried.evaluation.before(sizes),
			};
			const wanted = [...graph.losses.flatMap((name) => [lossName(name), weightName(name)]), ...outputs];
			const results = await evaluate.run(only(feeds, evaluate), { outputs: [...wanted, ...carried.evaluation.results(evaluate.outputs)] });
			carried.evaluation.take(results);
			return {
				losses: lossesIn(results, graph.losses)[0]!,
				outputs: Object.fromEntries(outputs.map((name) => [name, results[name]!])),
			};
		},
		begin: (pass) => carried[pass].clear(),
		state: () => stateNow(),
		weights: () => copied(averagedWeights(stateNow({ settled: true }))),
		async release() {
			for (const session of Object.values(sessions)) await session?.release();
			await replicas?.release();
		},
	};
}

/** A request of several steps as one of each. */
function stepsOf({ accumulate }: TrainingGraph, request: StepBatch): readonly StepBatch[] {
	const { batches, rates, step } = request;
	if (accumulate > 1) return [request];
	return batches.map((batch, place) => ({ ...request, batches: [batch], rates: [rates[place]!], step: step + place }));
}

/** A graph that is made for replicas runs with as many, and no other. */
function checkReplicas({ replicas }: TrainingGraph, remote: readonly RemoteReplica[]): void {
	if (remote.length === replicas - 1) return;
	throw new RangeError(
		`createStepper: expected ${replicas - 1} replicas beside this one, got ${remote.length}. Start them: startReplicas(${replicas - 1}).`,
	);
}

const mapped = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
	Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
