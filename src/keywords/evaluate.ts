// How good extracted keywords are: precision, recall and F1 of the first k against those that people gave.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import { documents, type Source } from '../stream/index.js';
import { type StemOptions, stemmer } from '../text/index.js';
import type { Extractor, KeywordSource } from './extractor.js';

/** How keywords are compared. */
export interface EvaluateKeywordsOptions {
	/** How many keywords of each document count. Default [5, 10, 15]. */
	readonly at?: readonly number[];
	/** The stemmer of words, or false to compare whole words. Default Porter's. */
	readonly stem?: StemOptions | false;
}

/** Figures for the first `at` keywords, means over the documents. */
export interface KeywordScores {
	readonly at: number;
	/** The share of the extracted keywords that people gave; fewer than `at` are not counted against it. */
	readonly precision: number;
	/** The share of the keywords of people that were extracted. */
	readonly recall: number;
	/** 2 P R / (P + R) of each document, then the mean. */
	readonly f1: number;
}

const kinds: Kinds<EvaluateKeywordsOptions> = {
	at: is.list(is.whole(1)),
	stem: is.either(is.object, is.one(false)),
};

/**
 * Precision, recall and F1 of an extractor over documents with `keys`, by stemmed exact match: keywords in lower case, runs of white space and
 * hyphens as one space, each word stemmed; what becomes equal counts once. Documents without keys are left out; none at all is a RangeError.
 *
 * @example
 * await evaluateKeywords(yakeKeywords({ top: 15 }), [{ tokens: ['storm'], keys: ['storms'] }]); // [{ at: 5, precision: 1, recall: 1, f1: 1 }, …]
 */
export async function evaluateKeywords(
	extractor: Extractor,
	docs: Source<KeywordSource & { readonly keys: readonly string[] }>,
	given: EvaluateKeywordsOptions = {},
): Promise<KeywordScores[]> {
	const { at = [5, 10, 15], stem = {} } = optionsOf('evaluateKeywords', given, kinds);
	const stemOf = stem === false ? (word: string) => word : stemmer(stem);
	const form = (keyword: string) => wordsOf(keyword).map(stemOf).join(' ');
	const sums = at.map(() => ({ precision: 0, recall: 0, f1: 0 }));
	let count = 0;
	for await (const doc of documents(docs)) {
		const keys = new Set(argumentOf('evaluateKeywords', 'keys', doc.keys, is.texts).map(form));
		keys.delete('');
		if (keys.size === 0) continue;
		count++;
		const found = [...new Set(extractor.extract(doc).map(({ keyword }) => form(keyword)))].filter((keyword) => keyword !== '');
		at.forEach((most, i) => {
			const first = found.slice(0, most);
			const hits = first.filter((keyword) => keys.has(keyword)).length;
			if (hits === 0) return;
			const [precision, recall] = [hits / first.length, hits / keys.size];
			sums[i]!.precision += precision;
			sums[i]!.recall += recall;
			sums[i]!.f1 += (2 * precision * recall) / (precision + recall);
		});
	}
	if (count === 0)
		throw new RangeError('evaluateKeywords: expected documents with keys, got none. Name the field with the keywords of people keys.');
	return at.map((most, i) => ({
		...{ at: most, precision: sums[i]!.precision / count, recall: sums[i]!.recall / count, f1: sums[i]!.f1 / count },
	}));
}

function wordsOf(keyword: string): string[] {
	return keyword
		.toLowerCase()
		.split(/[\s-]+/)
		.filter(Boolean);
}
