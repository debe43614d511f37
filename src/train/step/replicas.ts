// The gradients of a step by several sessions at once: one here, the others in threads of their own. Each has its part of the samples.
import type { Remote } from '../../base/index.js';
import type { SessionOptions, Shape } from '../../graph/index.js';
import type { HostTables } from './host-tables.js';
import { added, type LossParts } from './loss-parts.js';
import { type Minibatch, sizesOf } from './model.js';
import { sumName } from './names.js';
import { bounds, cut, together } from './parts.js';
import { type BatchPart, Replica, type ReplicaResult, type ReplicaStep } from './replica.js';
import type { ReplicaHandlers } from './replica-worker.js';
import { SharedTensors } from './shared-tensors.js';
import type { StepBatch } from './step-feeds.js';
import type { TrainingGraph } from './training-plan.js';
import type { Tensors } from './turns.js';

/** A replica in another thread. */
export type RemoteReplica = Pick<Remote<ReplicaHandlers>, 'call'>;

/** What a step's gradients are computed of. */
export interface Work {
	readonly request: StepBatch;
	readonly scales: Tensors;
	/** The weights, by the parameters' names. */
	readonly weights: Tensors;
	/** The states that the model carries, of all samples. */
	readonly states: Tensors;
	readonly tables: HostTables;
}

const buffersOf = (...all: readonly Tensors[]) => [
	...new Set(all.flatMap((tensors) => Object.values(tensors).map(({ data }) => data.buffer as ArrayBuffer))),
];

/** A replica in another thread, with where its gradients lie. */
interface Other {
	readonly replica: RemoteReplica;
	readonly gradients: SharedTensors;
}

/** Sessions at the same work. */
export class Replicas {
	readonly #graph: TrainingGraph;
	readonly #own: Replica;
	readonly #others: readonly Other[];
	readonly #weights: SharedTensors;
	readonly #shapes: Readonly<Record<string, Shape>>;
	readonly #states: Readonly<Record<string, Shape>>;

	private constructor(graph: TrainingGraph, own: Replica, weights: SharedTensors, others: readonly Other[]) {
		this.#graph = graph;
		this.#own = own;
		this.#weights = weights;
		this.#others = others;
		this.#shapes = Object.fromEntries(Object.entries(graph.inputs).map(([name, { shape }]) => [name, shape]));
		this.#states = Object.fromEntries(graph.carried.map(({ name, shape }) => [name, shape]));
	}

	/** Opens all of them. */
	static async open(
		graph: TrainingGraph,
		remote: readonly RemoteReplica[],
		{ fixed, seed, options }: { fixed: Tensors; seed: number; options: SessionOptions },
	): Promise<Replicas> {
		const { step: _, weigh: __, update: ___, evaluate: ____, diagnosis: _____, ...part } = graph;
		const plan = { graph: part, fixed, seed, options };
		const weights = new SharedTensors(graph.parameters);
		const others = remote.map((replica) => ({ replica, gradients: new SharedTensors(graph.parameters) }));
		const opened = others.map(({ replica, gradients }) =>
			replica.call('open', { ...plan, memory: { weights: weights.buffer, gradients: gradients.buffer } }),
		);
		const own = await Replica.open(plan);
		await Promise.all(opened);
		return new Replicas(graph, own, weights, others);
	}

	/** The gradients' sums by the names of the graph that updates; the losses of each batch; the states after it. Rows are kept in their tables. */
	async gradients({ request, scales, weights, states, tables }: Work): Promise<{ sums: Tensors; losses: LossParts[]; states: Tensors }> {
		const { batches, rates, step } = request;
		const { replicas, accumulate, inputs } = this.#graph;
		const places = batches.map((batch) => bounds(sizesOf(inputs, batch).batch ?? 1, replicas));
		const count = Math.max(...places.map(({ length }) => length));
		const partsOf = (replica: number): { batch: number; part: BatchPart }[] =>
			batches.flatMap((whole, place) => {
				const range = places[place]![replica];
				if (!range) return [];
				const batch: Minibatch = cut(this.#shapes, whole, range);
				const number = (accumulate * step + place) * replicas + replica;
				return [{ batch: place, part: { batch, number, rows: tables.copies(batch) } }];
			});
		const stepOf = (replica: number, parts: readonly { part: BatchPart }[]): ReplicaStep => ({
			parts: parts.map(({ part }) => part),
			clock: { rates, step },
			scales,
			states: cut(this.#states, states, places[0]![replica] ?? [0, 0]),
		});
		this.#weights.write(weights);
		const all = Array.from({ length: count }, (_, replica) => partsOf(replica));
		const under = all.slice(1).map((parts, place) => {
			const asked = stepOf(place + 1, parts);
			const buffers = buffersOf(asked.states, ...parts.flatMap(({ part }) => [part.rows]));
			return this.#others[place]!.replica.call('run', asked, buffers);
		});
		// All are waited for, also after an error: their buffers are in use.
		const settled = await Promise.allSettled([this.#own.run(stepOf(0, all[0]!), weights), ...under]);
		const failed = settled.find((one) => one.status === 'rejected');
		if (failed) throw failed.reason;
		const results = settled.map((one) => (one as PromiseFulfilledResult<ReplicaResult>).value);
		const sums = this.#own.gradients;
		for (const { gradients } of this.#others.slice(0, count - 1)) gradients.addTo(sums, sumName);
		const losses = batches.map((): LossParts => ({}));
		for (const [replica, { losses: own, rows }] of results.entries()) {
			for (const [place, { batch, part }] of all[replica]!.entries()) {
				losses[batch] = added(losses[batch]!, own[place]!);
				tables.take(part.batch, rows[place]!);
			}
		}
		return {
			sums,
			losses,
			states: together(
				this.#states,
				results.map(({ states }) => states),
			),
		};
	}

	async release(): Promise<void> {
		await Promise.all([this.#own.release(), ...this.#others.map(({ replica }) => replica.call('release', undefined).catch(() => {}))]);
	}
}
