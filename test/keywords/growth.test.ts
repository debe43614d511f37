// Time grows with the text, whatever it is: sizes at which a square of them would take minutes.
import { lexrankSummary, rakeKeywords, textrankKeywords, textrankSummary, yakeKeywords, yakeTokens } from 'textloom/keywords';
import { describe, expect, it } from 'vitest';

const long = 200_000;

describe('keywords of long texts', () => {
	it.each(["'", ',', 'a', 'a@', 'a.', 'a-', "a'", 'http://', ',!', '. ', '((', "n't", 's '])('cut %j', (part) => {
		const { tokens, sentenceStarts } = yakeTokens(`${part.repeat(long / part.length)}!x`);
		expect(tokens.length).toBeGreaterThan(0);
		expect(sentenceStarts[0]).toBe(0);
	});

	it.each(['yake', 'rake', 'paper', 'jieba', 'summa'] as const)('find them by %s', (method) => {
		const made = {
			yake: () => yakeKeywords(),
			rake: () => rakeKeywords(),
			paper: () => textrankKeywords(),
			jieba: () => textrankKeywords({ variant: 'jieba', tags: false }),
			summa: () => textrankKeywords({ variant: 'summa' }),
		}[method]();
		// Words that differ, with marks between; one word; one run.
		const found = [
			Array.from({ length: 50_000 }, (_, i) => (i % 7 ? `w${i.toString(36).replace(/\d/g, (d) => 'qrstuvwxyz'[Number(d)]!)}` : ',')),
			Array.from({ length: 50_000 }, () => 'storm'),
			Array.from({ length: 50_000 }, (_, i) => ['storm', 'harbour', 'ferry'][i % 3]!),
		].map((tokens) => made.extract({ tokens }).length);
		expect(found[0]).toBeGreaterThan(0);
		expect(Math.max(...found)).toBeLessThanOrEqual(10);
	});
});

describe.each([
	['lexrank', lexrankSummary({ sentences: 3 })],
	['textrank', textrankSummary({ sentences: 3 })],
] as const)('summaries by %s', (_, summarizer) => {
	it.each([
		['a thousand that share words', Array.from({ length: 1000 }, (_, i) => `The storm number ${i} closed harbour ${i % 10}.`)],
		['of words that differ', Array.from({ length: 100_000 }, (_, i) => `a${i} b${i} c${i}.`)],
		['of marks', Array.from({ length: 100_000 }, () => '?!')],
		['of one kind', Array.from({ length: 100_000 }, () => 'The storm closed the harbour.')],
	])('take sentences %s', (_, sentences) => {
		expect(summarizer.summarize({ sentences })).toHaveLength(3);
	});

	it('refuse more pairs that share words than can be compared', () => {
		const sentences = Array.from({ length: 50_000 }, (_, i) => `storm${i % 10} ferry${i}`);
		expect(() => summarizer.summarize({ sentences })).toThrow(
			/Summary: expected a text with at most 16,777,216 pairs of sentences that share a word, got 50,000 sentences with 124,975,000\. Summarize its parts\.$/,
		);
	});
});
