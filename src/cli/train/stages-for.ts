// Stages from texts to what a model reads, and whether texts are Chinese, so that they are cut by a dictionary.
import { segment } from '../../chinese/index.js';
import { counts, termIds, tfidf, vocabulary } from '../../features/index.js';
import { chain, type Documents, type Stage } from '../../stream/index.js';
import { characters, clean, stopwords, words } from '../../text/index.js';
import type { Recipe } from '../../train/recipes.js';
import type { Architecture } from '../../train/task/network.js';
import { isMostlyHan } from '../han.js';

type Cut = Stage<{ text: string }, { text: string; tokens: string[] }>;

/** Stages by what a model reads. A model that takes steps over terms has a row of numbers for each: so many, and no more. Characters are one-hot vectors in models of characters: so wide a vocabulary, and no wider. */
const stages = {
	words: (cut: Cut) => chain(cut, vocabulary({ minCount: 2, size: 30_000 })),
	characters: () => chain(clean(), characters(), vocabulary({ minCount: 2, size: 2000 })),
	terms: (cut: Cut, { solve }: Architecture) =>
		chain(cut, tfidf({ ngramRange: [1, 2], sublinear: true, ...(!solve && { minDf: 2, maxFeatures: 100_000 }) }), termIds()),
	counts: (cut: Cut) => chain(cut, counts({ ngramRange: [1, 2] }), termIds()),
	presence: (cut: Cut) => chain(cut, counts({ ngramRange: [1, 3], binary: true }), termIds()),
};

/** The stages for a model that reads such tokens. Words of Chinese texts are those of the segmenter, without the white space, which is a token to jieba. */
export function stagesFor(tokens: keyof typeof stages, model: Architecture, isChinese: boolean): Recipe['stages'] {
	const cut = isChinese ? chain(clean(), segment(), stopwords({ language: false, extra: [' '] })) : chain(clean(), words());
	return stages[tokens](cut, model);
}

/** Documents that are looked at. */
const looked = 200;

/** Whether most letters of the first texts are Han characters. */
export async function areChinese(docs: Documents<object>): Promise<boolean> {
	let texts = '';
	let count = 0;
	for await (const { text } of docs as Documents<{ text?: unknown }>) {
		if (typeof text === 'string') texts += text.slice(0, 1000);
		if (++count === looked) break;
	}
	return isMostlyHan(texts);
}
