// Pairs of texts as a recipe of the task `translation` takes them: which side is read, and which is said.
import type { RecipeCorpus, RecipeDocuments, TextPair, WholeCorpus } from 'textloom';
import { documentsFrom } from 'textloom/stream';
import type { Pair } from './corpus.js';

/** A corpus of pairs. */
export interface PairCorpus {
	readonly name: string;
	train(folder?: string | null): RecipeDocuments<Pair>;
	readonly test?: ((folder?: string | null) => RecipeDocuments<Pair>) | undefined;
}

/** A corpus of pairs in one direction: `from` is the side that is read, the other one is said. */
export function translations(corpus: PairCorpus, from: keyof Pair): RecipeCorpus<TextPair> | WholeCorpus<TextPair> {
	const to = from === 'source' ? 'target' : 'source';
	const turned = (open: (folder?: string | null) => RecipeDocuments<Pair>) => (folder?: string | null) => {
		const docs = open(folder);
		const pairs = documentsFrom(async function* () {
			for await (const chunk of docs.chunks()) yield chunk.map((pair) => ({ text: pair[from], target: pair[to] }));
		}, docs.replayable);
		const { origin, sample, counts } = docs;
		return Object.assign(pairs, { origin, sample, ...(counts && { counts }) });
	};
	const { name, train, test } = corpus;
	return { name, train: turned(train), ...(test && { test: turned(test) }) };
}
