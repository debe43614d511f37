// Pairs of texts as a recipe of the task `translation` takes them: which side is read, and which is said.
import { createHash } from 'node:crypto';
import type { RecipeCorpus, RecipeDocuments, TextPair } from 'textloom';
import { documentsFrom } from 'textloom/stream';
import type { Pair } from './corpus.js';

/** A corpus of pairs. */
export interface PairCorpus {
	readonly name: string;
	train(folder?: string | null): RecipeDocuments<Pair>;
	readonly test?: ((folder?: string | null) => RecipeDocuments<Pair>) | undefined;
}

/** Of a corpus without pairs for testing, one in so many texts is held out. */
const every = 20;

/** Whether a text is held out, by its SHA-256: all pairs with this text are then, wherever they stand. */
const isHeldOut = (text: string) => createHash('sha256').update(text).digest().readUInt32BE() % every === 0;

/** How the texts of a side are written before anything else is done with them. */
export type PairForms = Readonly<Partial<Record<keyof Pair, (text: string) => string>>>;

/**
 * A corpus of pairs in one direction: the side `from` is read, the other one is said, each in the form that `forms` gives it. Where nothing was published
 * for testing, one in 20 of the texts to be read is held out with all its pairs.
 *
 * @example translations(multi30kDe, 'target') // from German into English
 */
export function translations({ name, train, test }: PairCorpus, from: keyof Pair, forms: PairForms = {}): RecipeCorpus<TextPair> {
	const to = from === 'source' ? 'target' : 'source';
	const formed = (pair: Pair, side: keyof Pair) => forms[side]?.(pair[side]) ?? pair[side];
	const turned = (docs: RecipeDocuments<Pair>, isOf: (text: string) => boolean): RecipeDocuments<TextPair> => {
		const pairs = documentsFrom(async function* () {
			for await (const chunk of docs.chunks()) {
				const some = chunk.map((pair) => ({ text: formed(pair, from), target: formed(pair, to) })).filter(({ text }) => isOf(text));
				if (some.length > 0) yield some;
			}
		}, docs.replayable);
		const { origin, sample, counts } = docs;
		return Object.assign(pairs, { origin, sample, ...(counts && { counts }) });
	};
	if (test) return { name, train: (folder) => turned(train(folder), () => true), test: (folder) => turned(test(folder), () => true) };
	return {
		name,
		train: (folder) => turned(train(folder), (text) => !isHeldOut(text)),
		test: (folder) => turned(train(folder), isHeldOut),
	};
}
