// Several sources as one: one after the other, or mixed.

import { argumentOf, is, type Kind, type Kinds, optionsOf, randomFloat } from '../../base/index.js';
import { type Documents, documents, documentsFrom, type Source } from '../documents.js';

/** What the documents of a source are. */
type DocumentOf<S> = S extends Source<infer D> ? D : never;

/** The documents of all sources, one source after the other. */
export function concat<const S extends readonly Source<unknown>[]>(...sources: S): Documents<DocumentOf<S[number]>> {
	const all = sources.map((source) => documents(source as Source<DocumentOf<S[number]>>, 'concat'));
	return documentsFrom(
		async function* () {
			for (const docs of all) yield* docs.chunks();
		},
		all.every((docs) => docs.replayable),
	);
}

/** How `interleave` mixes. */
export interface InterleaveOptions {
	/** Draws each document's source at random, in proportion to these. Default: the sources take turns. */
	readonly weights?: readonly number[];
	/** Of the random numbers. Same seed, same order. Default 0. */
	readonly seed?: number;
	/** What ends the stream: the end of all sources, or of the first that ends. Default `all`. */
	readonly until?: 'all' | 'first';
}

const kinds: Kinds<InterleaveOptions> = {
	weights: {
		expected: 'an array of numbers above 0',
		fits: (value) => Array.isArray(value) && value.every((weight) => weight > 0 && Number.isFinite(weight)),
	},
	seed: is.whole(),
	until: is.one('all', 'first'),
};

/** What `interleave` mixes. */
const several: Kind = {
	expected: 'an array of sources',
	fits: (value) => Array.isArray(value),
	next: 'Write interleave([news, reviews]).',
};

/**
 * The documents of several sources mixed, each source in its own order: in turn, or at random in proportion to `weights`.
 *
 * @example
 * const mixed = interleave([news, reviews], { weights: [3, 1], seed: 1 });
 */
export function interleave<const S extends readonly Source<unknown>[]>(
	sources: S,
	options: InterleaveOptions = {},
): Documents<DocumentOf<S[number]>> {
	argumentOf('interleave', 'sources', sources, several);
	const { weights, seed = 0, until = 'all' } = optionsOf('interleave', options, kinds);
	if (weights && weights.length !== sources.length) {
		throw new RangeError(
			`interleave: expected a weight above 0 for each of ${sources.length} sources, got ${weights.join(', ') || 'none'}. Correct them, or leave them out.`,
		);
	}
	const all = sources.map((source) => documents(source as Source<DocumentOf<S[number]>>, 'interleave'));
	return documentsFrom(
		async function* () {
			const open = all.map((docs, i) => ({ reader: reader(docs), weight: weights?.[i] ?? 1 }));
			const started = [...open];
			try {
				for (let drawn = 0, turn = 0; open.length > 0; drawn++) {
					const at = weights ? drawnFrom(open, randomFloat(seed, interleaving, drawn)) : turn % open.length;
					const next = await open[at]!.reader.next();
					turn = at + 1;
					if (!next.done) yield [next.value];
					else if (until === 'first') return;
					else {
						open.splice(at, 1);
						turn = at;
					}
				}
			} finally {
				for (const { reader } of started) await reader.return(undefined);
			}
		},
		all.every((docs) => docs.replayable),
	);
}

/** The stream of random numbers that draws sources. */
const interleaving = 0x10000001;

async function* reader<D>(docs: Documents<D>): AsyncGenerator<D, undefined> {
	for await (const chunk of docs.chunks()) yield* chunk;
	return undefined;
}

/** The place of the source that a number in 0 ≤ x < 1 falls on. */
function drawnFrom(open: readonly { weight: number }[], x: number): number {
	let left = x * open.reduce((sum, { weight }) => sum + weight, 0);
	return Math.max(
		0,
		open.findIndex(({ weight }) => {
			left -= weight;
			return left < 0;
		}),
	);
}
