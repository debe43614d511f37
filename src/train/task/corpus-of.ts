// Documents of the user's own as a corpus: some are held out for testing.
import { hashText, is, type Kinds, optionsOf, randomFloat } from '../../base/index.js';
import { type Counts, type Documents, documentsFrom, replayable, type Source } from '../../stream/index.js';
import type { RecipeCorpus, RecipeDocuments, WholeCorpus } from './recipe.js';

/** How documents are held out. */
export interface HoldOut {
	/** Of so many documents one is for testing. Default 10. */
	readonly every?: number;
	/** Chooses which one. Default 0. */
	readonly seed?: number;
	/** In words, what the documents are. Default: your documents. */
	readonly origin?: string;
	/** What the corpus is called. Default: own. */
	readonly name?: string;
}

const kinds: Kinds<HoldOut> = { every: is.limit(2), seed: is.whole(), origin: is.name, name: is.name };

/** The stream of random numbers that holds documents out. */
const holding = 0x10000005;

/**
 * The documents as a corpus: of each ten with the same answer (`label`, where they have one) one, drawn at random, is for testing, so that both
 * parts have the classes in the same shares. The first of each class always trains, and a class of fewer than ten may have none for testing.
 * The same documents and seed give the same parts. A corpus is handed back as it is; of one that has no documents for testing some are held out.
 *
 * @example
 * const { train, test } = corpusOf(csv('tickets.csv', { header: true }), { every: 5 });
 */
export function corpusOf<D extends object>(source: Source<D> | RecipeCorpus<D> | WholeCorpus<D>, options: HoldOut = {}): RecipeCorpus<D> {
	const checked = optionsOf('corpusOf', options, kinds);
	if (typeof (source as { train?: unknown } | null)?.train !== 'function') {
		const { origin = 'your documents', name = 'own' } = checked;
		const { counts } = source as { counts?: Counts };
		const all = replayable(source as Source<D>, 'corpusOf');
		return heldOut(() => ({ all, origin, sample: false, counts }), { ...checked, name });
	}
	const corpus = source as RecipeCorpus<D> | WholeCorpus<D>;
	if (corpus.test) return corpus;
	const open = (folder?: string | null): Whole<D> => {
		const all = corpus.train(folder);
		return { all, origin: checked.origin ?? all.origin, sample: all.sample, counts: all.counts };
	};
	return heldOut(open, { ...checked, name: checked.name ?? corpus.name });
}

/** Documents of which some are to be held out. */
interface Whole<D> {
	readonly all: Documents<D>;
	readonly origin: string;
	readonly sample: boolean;
	readonly counts: Counts | undefined;
}

/** The parts of documents that are opened where they are read. */
function heldOut<D extends object>(
	open: (folder?: string | null) => Whole<D>,
	{ every = 10, seed = 0, name }: HoldOut & { readonly name: string },
): RecipeCorpus<D> {
	const part = (test: boolean, folder?: string | null): RecipeDocuments<D> => {
		const { all, origin, sample, counts } = open(folder);
		const docs = documentsFrom(async function* () {
			const seen = new Map<string, number>();
			for await (const chunk of all.chunks()) {
				const chosen = chunk.filter((doc) => {
					const { label } = doc as { label?: unknown };
					// Numbers may be anything: only names are classes that come again.
					const key = typeof label === 'string' || typeof label === 'boolean' ? String(label) : '';
					const count = seen.get(key) ?? 0;
					seen.set(key, count + 1);
					return (count % every === held(key, Math.floor(count / every))) === test;
				});
				if (chosen.length > 0) yield chosen;
			}
		});
		const share = test ? `1 in ${every}` : `${every - 1} in ${every}`;
		return Object.assign(docs, { origin: `${share} of ${origin}`, sample, ...(counts && { counts }) });
	};
	/** Which one of a group of a class is held out: not the first of all. */
	const held = (key: string, group: number) => {
		const least = group === 0 ? 1 : 0;
		return least + Math.floor(randomFloat(seed ^ hashText(key), holding, group) * (every - least));
	};
	return { name, train: (folder) => part(false, folder), test: (folder) => part(true, folder) };
}
