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
}

type Places = Readonly<Record<string, KeptTensor>>;

/** The caches of a model, by the names that Optimum gives them. */
export const cachesOf = ({ graph }: OnnxModel): readonly Cache[] =>
	graph.inputs
		.filter(({ name }) => isCache(name))
		.map(({ name, shape }) => ({
			...{ past: name, present: name.replace('past_key_values.', 'present.'), shape },
			ofSource: name.includes('.encoder.'),
		}));

/** A cache without a step. */
export const emptyCache = ({ shape }: Cache, rows: number): Tensor =>
	tensor('float32', [rows, ...shape.slice(1).map((size) => (typeof size === 'number' ? size : 0))], []);

/** Places by their names. */
export async function placesOf(host: SessionHost, names: readonly string[]): Promise<Places> {
	return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await host.keep()] as const)));
}

/** Where caches go out: to the places where they come in. */
export const intoOf = (caches: readonly Cache[], places: Places): Places =>
	Object.fromEntries(caches.map(({ past, present }) => [present, places[past]!]));

/** Lets go of places. */
export async function releaseAll(places: Places): Promise<void> {
	await Promise.all(Object.values(places).map((place) => place.release()));
}

/** A session that takes tensors by rows. */
export const openTaker = (host: SessionHost, tensors: readonly Taken[]): Promise<RemoteSession> => host.open(taker(tensors));

/** Takes tensors by rows, in their places. */
export async function take(session: RemoteSession, places: Places, rows: Int32Array): Promise<void> {
	const into = Object.fromEntries(Object.entries(places).map(([name, place]) => [taken(name), place]));
	await session.run({ ...places, ...takenBy(rows) }, { outputs: [], into });
}
