// Keywords of Chinese texts against jieba: the same words in the same order with the same scores, to the last bit.
import { idfTable, type KeywordSource, textrankKeywords, tfidfKeywords } from 'textloom/keywords';
import { describe, expect, it } from 'vitest';
import { golden, pairsOf } from './golden.js';

type Pairs = [string, number][];

const { idf, stopwords, extra, cases } = golden<{
	idf: Pairs;
	stopwords: string[];
	extra: string[];
	cases: {
		tokens: string[];
		tagged: { tokens: string[]; tags: string[] };
		tfidf: Pairs;
		top: Pairs;
		nouns: Pairs;
		stopped: Pairs;
		ranks: { options: { allowPOS?: string[]; topK?: number }; found: Pairs }[];
		narrow: Pairs;
	}[];
}>('jieba_keywords');

const top = Number.POSITIVE_INFINITY;
const table = idfTable(idf);

describe.each(cases.map((one, i) => [i, one] as const))('jieba, text %i', (_, one) => {
	const positionsHold = ({ tokens }: KeywordSource, found: readonly { keyword: string; positions: readonly number[] }[]) => {
		for (const { keyword, positions } of found) expect(positions).toEqual([...tokens.keys()].filter((i) => tokens[i] === keyword));
	};

	it('has its extract_tags', () => {
		const found = tfidfKeywords(table, { top }).extract(one);
		expect(pairsOf(found)).toEqual(one.tfidf);
		positionsHold(one, found);
		expect(pairsOf(tfidfKeywords(table, { top: 4 }).extract(one))).toEqual(one.top);
		expect(pairsOf(tfidfKeywords(table, { top, stopwords: [...stopwords, ...extra] }).extract(one))).toEqual(one.stopped);
	});

	it('has its extract_tags of allowed tags', () => {
		expect(pairsOf(tfidfKeywords(table, { top, tags: ['n', 'ns', 'vn'] }).extract(one.tagged))).toEqual(one.nouns);
	});

	it('has its textrank', () => {
		for (const { options, found } of one.ranks) {
			const tags = options.allowPOS && { tags: options.allowPOS };
			expect(pairsOf(textrankKeywords({ variant: 'jieba', top: options.topK ?? top, ...tags }).extract(one.tagged))).toEqual(found);
		}
		expect(pairsOf(textrankKeywords({ variant: 'jieba', top, window: 3 }).extract(one.tagged))).toEqual(one.narrow);
	});
});
