// Documents that stages made, kept so that several passes need not make them again: in memory up to a number, then in a temporary file.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type Documents, documents, documentsFrom, type Source } from './documents.js';
import { partKeys } from './part-keys.js';
import { type Recording, record } from './recording.js';
import type { AnyStage } from './stage.js';

/** How much a cache keeps in memory. */
export interface CacheOptions {
	/** The most documents kept in memory; when there are more, all go to a temporary file. Default 50,000. */
	readonly inMemory?: number;
}

/** Documents by what made them. */
export interface DocumentCache {
	/**
	 * What the stages make of the documents. Each document is made once, for the first pass that comes to it, and kept for the others: the same for
	 * equal stages over the same source, also one that can be read once. Documents that go through the file are what `structuredClone` makes of them.
	 */
	through(source: Source<object>, stages: readonly AnyStage[]): Documents<object>;
	/** Forgets all, and removes the files. What is asked for afterwards is made anew. */
	close(): Promise<void>;
}

const kinds: Kinds<CacheOptions> = { inMemory: is.limit(0) };

/**
 * Makes a cache, which `fit` of a chain uses for what comes before its learners. One that is given to several `fit` shares the work among them.
 *
 * @example
 * const cache = createCache();
 * for (const minCount of [1, 2, 5]) await chain(clean(), words(), vocabulary({ minCount }), tfidf()).fit(docs, { cache });
 * await cache.close();
 */
export function createCache(options: CacheOptions = {}): DocumentCache {
	const { inMemory = 50_000 } = optionsOf('createCache', options, kinds);
	let sources = new WeakMap<object, Map<string, Documents<object>>>();
	const recordings = new Set<Recording>();
	const keyOf = partKeys('createCache');

	const kept = (made: Documents<object>): Documents<object> => {
		let recording: Recording | undefined;
		return documentsFrom(async function* () {
			// What failed is tried again, where it can be.
			if (!recording || (recording.failed && made.replayable)) {
				recording = record(made, inMemory);
				recordings.add(recording);
			}
			yield* recording.chunks();
		}, true);
	};
	return {
		through(source, stages) {
			const known = sources.get(source) ?? new Map<string, Documents<object>>();
			sources.set(source, known);
			const key = stages.map(({ spec }) => keyOf(spec)).join();
			const made = known.get(key) ?? kept(stages.reduce<Documents<object>>((some, stage) => stage(some), documents(source, 'createCache')));
			known.set(key, made);
			return made;
		},
		async close() {
			const all = [...recordings];
			recordings.clear();
			sources = new WeakMap();
			for (const recording of all) await recording.close();
		},
	};
}
