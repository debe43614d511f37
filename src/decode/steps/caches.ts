// Keys and values of attention, kept in the thread of the sessions between steps.
import {
	type KeptTensor,
	type OnnxModel,
	type OnnxValue,
	type RemoteSession,
	type SessionHost,
	type Tensor,
	tensor,
} from '../../graph/index.js';
import { takenBy } from './feeds.js';
import { isCache, type Taken, taken, taker } from './reordered.js';

/** A cache: what it is called where it comes in and where it goes out. */
export interface Cache {
	readonly past: string;
	readonly present: string;
	/** Whether it is of the source, and stays as it is. */
	readonly ofSource: boolean;
	readonly shape: OnnxValue['shape'];
	readonly dtype: OnnxValue['dtype'];
}

/** Places in the thread of the sessions, by their names. */
export type Places = Readonly<Record<string, KeptTensor>>;

/** The caches of a model, by the names that Optimum gives them. */
export const cachesOf = ({ graph }: OnnxModel): readonly Cache[] =>
	graph.inputs
		.filter(({ name }) => isCache(name))
		.map(({ name, shape, dtype }) => ({
			...{ past: name, present: name.replace('past_key_values.', 'present.'), shape, dtype },
			ofSource: name.includes('.encoder.'),
		}));

/** A cache without a step. */
export const emptyCache = ({ past, shape, dtype }: Cache, rows: number): Tensor => {
	if (dtype !== 'float32') throw new RangeError(`generate: expected ${past} of float32, got ${dtype}. Take the export in float32.`);
	return tensor('float32', [rows, ...shape.slice(1).map((size) => (typeof size === 'number' ? size : 0))], []);
};

/** Places by their names, some with a tensor in them, for what begins with them; they are let go of where it fails. */
export async function withPlaces<T>(
	host: SessionHost,
	names: Iterable<string | readonly [name: string, value: Tensor | undefined]>,
	begin: (places: Places) => Promise<T>,
): Promise<T> {
	const kept = async (one: string | readonly [string, Tensor | undefined]) => {
		const [name, value] = typeof one === 'string' ? [one, undefined] : one;
		return [name, await host.keep(value)] as const;
	};
	const places = Object.fromEntries(await Promise.all([...names].map(kept)));
	try {
		return await begin(places);
	} catch (error) {
		await releaseAll(places);
		throw error;
	}
}

/** Where caches go out: to the places where they come in. */
export const intoOf = (caches: readonly Cache[], places: Places): Places =>
	Object.fromEntries(caches.map(({ past, present }) => [present, places[past]!]));

/** Lets go of places. */
export async function releaseAll(places: Places): Promise<void> {
	await Promise.all(Object.values(places).map((place) => place.release()));
}

/** Whether rows are of the same inputs as before, each in its place: what is of their sources can stay as it is then. */
export const sameOwners = (before: Int32Array, now: Int32Array): boolean =>
	before.length === now.length && now.every((owner, place) => owner === before[place]);

/** A session that takes tensors by rows. */
export const openTaker = (host: SessionHost, tensors: readonly Taken[]): Promise<RemoteSession> =>
	host.open(taker(tensors), { threads: 1 });

/** Takes tensors by rows, in their places. */
export async function take(session: RemoteSession, places: Places, rows: Int32Array): Promise<void> {
	const into = Object.fromEntries(Object.entries(places).map(([name, place]) => [taken(name), place]));
	await session.run({ ...places, ...takenBy(rows) }, { outputs: [], into });
}
