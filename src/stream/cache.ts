// Documents that stages made, kept so that several passes need not make them again: in memory up to a number, then in a temporary file.
import { canonical, is, type Kinds, optionsOf } from '../base/index.js';
import { type ChunkFile, openChunkFile } from './chunk-file.js';
import { type Documents, documentsFrom } from './documents.js';
import { throughRuns } from './runs.js';
import { isOwn, type Spec } from './spec.js';
import type { AnyStage } from './stage.js';

/** How much a cache keeps in memory. */
export interface CacheOptions {
	/** The most documents kept in memory; when there are more, all go to a temporary file. Default 50,000. */
	readonly inMemory?: number;
}

/** Documents by what made them. */
export interface DocumentCache {
	/**
	 * What the stages make of the documents. The first whole pass makes and keeps them, later ones read what was kept: the same for equal stages
	 * over the same source. Documents that go through the file are what `structuredClone` makes of them.
	 */
	through(docs: Documents<object>, stages: readonly AnyStage[]): Documents<object>;
	/** Forgets all, and removes the file. */
	close(): Promise<void>;
}

interface Kept {
	chunks: object[][];
	file?: ChunkFile;
	whole: boolean;
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
	const sources = new WeakMap<object, Map<string, Documents<object>>>();
	const files = new Set<ChunkFile>();
	const numbers = new WeakMap<Spec, number>();
	let count = 0;
	/** Stages of textloom's own are what their options say; others, and what was learned, are themselves alone. */
	const keyOf = (spec: Spec): string => {
		if (isOwn(spec) && spec.state === undefined) return canonical([spec.stage, spec.options], 'createCache');
		if (!numbers.has(spec)) numbers.set(spec, count++);
		return String(numbers.get(spec));
	};

	const kept = (made: Documents<object>): Documents<object> => {
		let found: Kept | undefined;
		const record = async function* () {
			const mine: Kept = { chunks: [], whole: false };
			let count = 0;
			for await (const chunk of made.chunks()) {
				count += chunk.length;
				mine.chunks.push(chunk);
				if (count > inMemory) {
					if (!mine.file) {
						mine.file = await openChunkFile('chain');
						files.add(mine.file);
					}
					for (const waiting of mine.chunks) await mine.file.add(waiting);
					mine.chunks = [];
				}
				yield chunk;
			}
			mine.whole = true;
			found ??= mine;
		};
		return documentsFrom(async function* () {
			if (!found) yield* record();
			else if (found.file) yield* found.file.chunks() as AsyncIterable<object[]>;
			else yield* found.chunks;
		}, true);
	};
	return {
		through(docs, stages) {
			const known = sources.get(docs) ?? new Map<string, Documents<object>>();
			sources.set(docs, known);
			const key = stages.map(({ spec }) => keyOf(spec)).join();
			const made = known.get(key) ?? kept(throughRuns(docs, stages, (some, stage) => stage(some)));
			known.set(key, made);
			return made;
		},
		async close() {
			for (const file of files) await file.close();
			files.clear();
		},
	};
}
