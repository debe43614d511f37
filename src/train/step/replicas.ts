// The gradients of a step by several sessions at once: one here, the others in threads of their own. Each has its part of the samples.
import type { Remote } from '../../base/index.js';
import type { SessionOptions, Shape } from '../../graph/index.js';
import type { HostTables } from './host-tables.js';
import { added, type LossParts } from './loss-parts.js';
import { sizesOf } from './model.js';
import { sumName } from './names.js';
import { bounds, cut, together } from './parts.js';
import { type BatchPart, Replica, type ReplicaResult, type ReplicaStep } from './replica.js';
import { ReplicaLost } from './replica-lost.js';
import type { ReplicaHandlers } from './replica-worker.js';
import { countOf, rowsIn, writeRows } from './shared-rows.js';
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

/** A part of a batch, and which one it is of. */
interface Part extends Omit<BatchPart, 'rows'> {
	readonly of: number;
}

/** The gradients of rows of each part, by the names of the graph's outputs. */
type RowGradients = readonly Readonly<Record<string, { readonly data: ArrayLike<number> }>>[];

/** A replica in another thread, with where its gradients lie. */
interface Other {
	readonly replica: RemoteReplica;
	readonly gradients: SharedTensors;
	/** The rows of its parts, and their gradients: made anew where they have to be larger. */
	rows: { given: SharedArrayBuffer; found: SharedArrayBuffer };
}

/** Has another thread compute its parts. */
async function runIn(other: Other, parts: readonly Part[], step: Omit<ReplicaStep, 'parts'>, tables: HostTables) {
	const shapes = parts.map(({ batch }) => tables.shapes(batch));
	const bytes = 4 * countOf(shapes);
	if (other.rows.given.byteLength < bytes) other.rows = { given: new SharedArrayBuffer(bytes), found: new SharedArrayBuffer(bytes) };
	const { given, found } = other.rows;
	const views = rowsIn(given, shapes);
	for (const [place, { batch }] of parts.entries()) writeRows(views[place]!, tables.rows(batch));
	const asked = parts.map(({ batch, number }, place) => ({ batch, number, shapes: shapes[place]! }));
	const result = await other.replica.call('run', { ...step, parts: asked, rows: given, gradients: found }).catch((error: Error) => {
		throw error.message.startsWith('worker: ') ? lost(error) : error;
	});
	const gradients = rowsIn(
		found,
		parts.map(({ batch }) => tables.shapes(batch, 'gradient')),
	);
	return { ...result, rows: gradients.map((part) => Object.fromEntries(Object.entries(part).map(([name, data]) => [name, { data }]))) };
}

const lost = (cause: Error) =>
	new ReplicaLost(
		'fit: expected replicas to go on, got the end of one, as where memory is too small. Go on with fewer, or smaller batches.',
		{
			cause,
		},
	);

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
		const others = remote.map((replica) => ({
			...{ replica, gradients: new SharedTensors(graph.parameters) },
			rows: { given: new SharedArrayBuffer(0), found: new SharedArrayBuffer(0) },
		}));
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
		const partsOf = (replica: number): Part[] =>
			batches.flatMap((whole, place) => {
				const range = places[place]![replica];
				if (!range) return [];
				const number = (accumulate * step + place) * replicas + replica;
				return [{ of: place, batch: cut(this.#shapes, whole, range), number }];
			});
		const stepOf = (replica: number) => ({
			...{ clock: { rates, step }, scales },
			states: cut(this.#states, states, places[0]![replica] ?? [0, 0]),
		});
		this.#weights.write(weights);
		const count = Math.max(...places.map(({ length }) => length));
		const all = Array.from({ length: count }, (_, replica) => partsOf(replica));
		// The others first: they begin while this one is still being fed.
		const others = this.#others.slice(0, count - 1);
		const under = others.map((other, place) => runIn(other, all[place + 1]!, stepOf(place + 1), tables));
		const runHere = async (parts: readonly Part[]) => {
			const several = parts.length > 1;
			const own = parts.map((part) => ({ ...part, rows: several ? tables.copies(part.batch) : tables.rows(part.batch) }));
			return this.#own.run({ ...stepOf(0), parts: own }, weights);
		};
		// All are waited for, also after an error: their buffers are in use.
		const settled = await Promise.allSettled([runHere(all[0]!), ...under]);
		const failed = settled.find((one) => one.status === 'rejected');
		if (failed) throw failed.reason;
		const results = settled.map((one) => (one as PromiseFulfilledResult<Omit<ReplicaResult, 'rows'> & { rows: RowGradients }>).value);
		const sums = this.#own.gradients;
		for (const { gradients } of others) gradients.addTo(sums, sumName);
		const losses = batches.map((): LossParts => ({}));
		for (const [replica, { losses: found, rows }] of results.entries()) {
			for (const [place, { of, batch }] of all[replica]!.entries()) {
				losses[of] = added(losses[of]!, found[place]!);
				tables.take(batch, rows[place]!);
			}
		}
		return {
			...{ sums, losses },
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
