// A worker thread that holds sessions, and tensors between their runs: the programs of a model share its caches and states there.
import { startWorker } from '../../base/index.js';
import type { Tensor } from '../../tensors/tensor.js';
import { showShape } from '../dim.js';
import { ShapeError } from '../errors.js';
import type { SessionOptions } from './create-session.js';
import { checkTargets, expectFeeds, noRoom } from './feeds.js';
import type { RunTargets, Session } from './open-session.js';
import type { SentTarget, SessionHandlers } from './session-worker.js';

/** A place for one tensor in the thread of a host: what is written there by `into` is fed from there, and does not travel. */
export interface KeptTensor {
	/** A copy of the tensor; undefined where nothing was written yet. */
	read(): Promise<Tensor | undefined>;
	/** Lets go of the tensor. */
	release(): Promise<void>;
}

/** A part of a kept tensor, as a target: a result goes to the places of an axis from `at` on, and the rest of the tensor stays as it is. */
export interface KeptPart {
	readonly of: KeptTensor;
	readonly axis: number;
	readonly at: number;
}

/** A session that runs in the thread of a host. `release` frees it after the runs under way; later ones are refused. */
export interface RemoteSession extends Session {
	/**
	 * Runs the model as `Session.run` does; feeds and targets may be places of the host, too. A result that is written into a place does not
	 * come back; a run of the model that fails changes no place. Several runs may be under way; they begin in the order of their calls, and none of them may read a
	 * place of which another writes a part.
	 *
	 * @throws as `Session.run`, and a TypeError for a place that has no tensor or belongs to another host.
	 */
	run(
		feeds: Readonly<Record<string, Tensor | KeptTensor>>,
		targets?: RunTargets<Tensor | KeptTensor | KeptPart>,
	): Promise<Record<string, Tensor>>;
}

/** A thread for sessions. It keeps the process alive only while something is under way. */
export interface SessionHost {
	/** Opens a model in the thread: its bytes, or the path of its file, which is then read there. */
	open(model: Uint8Array | string, options?: SessionOptions): Promise<RemoteSession>;
	/** A new place in the thread, empty or with a tensor. */
	keep(value?: Tensor): Promise<KeptTensor>;
	/** Ends all sessions and the thread after what is under way; later calls are refused. */
	release(): Promise<void>;
}

/**
 * Starts a thread for sessions that share kept tensors.
 *
 * @example
 * const host = createSessionHost();
 * const [encode, step] = [await host.open('encode.onnx'), await host.open('step.onnx')];
 * const [memory, past] = [await host.keep(), await host.keep(tensor('float32', [1, 0, 64], []))];
 * await encode.run({ ids }, { outputs: [], into: { memory } });
 * const { logits } = await step.run({ token, memory, past }, { into: { next: past } });
 */
export function createSessionHost(): SessionHost {
	const worker = startWorker<SessionHandlers>(new URL('./session-worker.js', import.meta.url), { errors: [ShapeError] });
	const places = new WeakMap<object, number>();
	const underWay = new Set<Promise<unknown>>();
	let numbers = 0;
	let released: Promise<void> | undefined;
	const call: typeof worker.call = (name, argument) => {
		if (released) return Promise.reject(refusal());
		return tracked(underWay, worker.call(name, argument));
	};
	const placeOf = (place: KeptTensor, what: string): number => {
		const known = typeof place === 'object' && place !== null ? places.get(place) : undefined;
		if (known !== undefined) return known;
		throw new TypeError(`session: expected ${what} to be a tensor or a place of this host, got neither. Keep it by this host.`);
	};
	return {
		async open(model, options = {}) {
			const session = numbers++;
			const { inputs, outputs } = await call('open', { session, model, options });
			const runs = new Set<Promise<unknown>>();
			let closed: Promise<void> | undefined;
			return {
				inputs,
				outputs,
				async run(feeds, targets = {}) {
					if (closed) throw refusal();
					expectFeeds(feeds);
					checkTargets(targets);
					const { outputs: wanted, into = {} } = targets;
					const here = new Map<string, Tensor>();
					const keep: Record<string, SentTarget> = {};
					for (const [name, target] of Object.entries(into)) {
						if (isTensor(target)) here.set(name, target);
						else if (isPart(target)) keep[name] = { ...target, of: placeOf(target.of, `the target of output ${name}`) };
						else keep[name] = placeOf(target, `the target of output ${name}`);
					}
					const sent = Object.fromEntries(
						Object.entries(feeds).map(([name, feed]) => [name, isTensor(feed) ? feed : placeOf(feed, `input ${name}`)]),
					);
					const back = wanted && [...new Set([...wanted, ...here.keys()])];
					const results = await tracked(runs, call('run', { session, feeds: sent, outputs: back, keep }));
					for (const [name, target] of here) results[name] = written(name, results[name]!, target);
					return results;
				},
				release() {
					closed ??= Promise.allSettled(runs).then(() => (released ? undefined : call('close', session)));
					return closed;
				},
			};
		},
		async keep(value) {
			const place = numbers++;
			await call('keep', { place, value });
			const kept: KeptTensor = { read: () => call('read', place), release: async () => (released ? undefined : call('drop', place)) };
			places.set(kept, place);
			return kept;
		},
		release() {
			released ??= Promise.allSettled(underWay).then(async () => {
				try {
					await worker.call('end', undefined);
				} finally {
					await worker.close();
				}
			});
			return released;
		},
	};
}

const isTensor = (value: Tensor | KeptTensor | KeptPart): value is Tensor => typeof value === 'object' && value !== null && 'data' in value;
const isPart = (value: KeptTensor | KeptPart): value is KeptPart => typeof value === 'object' && value !== null && 'of' in value;

const refusal = () => new Error('session: expected no call after release, got one. Open the model again.');

function tracked<T>(calls: Set<Promise<unknown>>, call: Promise<T>): Promise<T> {
	calls.add(call);
	const done = () => calls.delete(call);
	call.then(done, done);
	return call;
}

/** The target with the numbers of a result in it. */
function written(name: string, { dtype, shape, data }: Tensor, target: Tensor): Tensor {
	const made = `${dtype} ${showShape(shape)}`;
	if (made !== `${target.dtype} ${showShape(target.shape)}`) throw noRoom(name, made, target);
	(target.data as Float32Array).set(data as Float32Array);
	return target;
}
