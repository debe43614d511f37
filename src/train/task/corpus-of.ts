// Documents of the user's own as a corpus: some are held out for testing.
import { randomFloat } from '../../base/index.js';
import { documentsFrom, replayable, type Source } from '../../stream/index.js';
import type { RecipeCorpus, RecipeDocuments } from './recipe.js';

/** How documents are held out. */
export interface HoldOut {
	/** One of so many is for testing. */
	readonly every?: number;
	readonly seed?: number;
	/** In words, what the documents are. */
	readonly origin?: string;
	readonly name?: string;
}

/** The stream of random numbers that holds documents out. */
const holding = 0x10000005;

/**
 * The documents as a corpus: of each ten with the same answer (`label`, where they have one) one, drawn at random, is for testing, so that both
 * parts have the classes in the same shares. The same documents and seed give the same parts.
 */
export function corpusOf<D extends object>(
	source: Source<D> | RecipeCorpus<D>,
	{ every = 10, seed = 0, origin = 'your documents', name = 'own' }: HoldOut = {},
): RecipeCorpus<D> {
	if ('train' in source && 'test' in source) return source as RecipeCorpus<D>;
	const all = replayable(source as Source<D>, 'train');
	const part = (test: boolean): RecipeDocuments<D> => {
		const docs = documentsFrom(async function* () {
			const seen = new Map<unknown, number>();
			for await (const chunk of all.chunks()) {
				const chosen = chunk.filter((doc) => {
					const { label } = doc as { label?: unknown };
					const key = typeof label === 'string' ? label : undefined;
					const count = seen.get(key) ?? 0;
					seen.set(key, count + 1);
					const held = Math.floor(randomFloat(seed, holding, Math.floor(count / every)) * every);
					// The first of each class always trains.
					return (count % every === held && count > 0) === test;
				});
				if (chosen.length > 0) yield chosen;
			}
		});
		const share = test ? `one in ${every}` : `all but one in ${every}`;
		return Object.assign(docs, { origin: `${share} of ${origin}`, sample: false });
	};
	return { name, train: () => part(false), test: () => part(true) };
}
