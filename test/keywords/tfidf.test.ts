import { englishStopwords, keywords, tfidf } from 'textloom';
import { describe, expect, it } from 'vitest';

const docs = ['the storm hit the harbour', 'the crew of the ferry', 'the film , the end', 'a storm of 100 % in the end'].map((text) => ({
	tokens: text.split(' '),
}));

describe('keywords by tfidf', () => {
	it('come in falling order of their weights, ties by place', async () => {
		const fitted = await tfidf().fit(docs);
		const found = keywords(fitted, 'storm ferry harbour crew ferry the'.split(' '));
		expect(found.map(({ keyword }) => keyword)).toEqual(['ferry', 'harbour', 'crew', 'storm', 'the']);
		expect(found[0]!.score).toBe(fitted.weights('storm ferry harbour crew ferry the'.split(' ')).get('ferry'));
	});

	it('leave out stop words, numbers, punctuation and unknown tokens', async () => {
		const fitted = await tfidf().fit(docs);
		const tokens = 'the 100 % , storm of zeppelin'.split(' ');
		expect(keywords(fitted, tokens, { stopwords: englishStopwords }).map(({ keyword }) => keyword)).toEqual(['storm']);
		expect(keywords(fitted, [])).toEqual([]);
	});

	it('are no more than top', async () => {
		const fitted = await tfidf().fit(docs);
		expect(keywords(fitted, docs[0]!.tokens, { top: 1 })).toHaveLength(1);
		expect(() => keywords(fitted, [], { top: 0 })).toThrow(/^keywords: expected top .* got 0\./);
	});
});
