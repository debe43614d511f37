// Tags by another package: one for each token, and wink-nlp's for tokens that are cut already.
import fc from 'fast-check';
import { collect, keywords, nounsAndAdjectives, pipe, tagWith, textrankKeywords, winkTagger, words } from 'textloom';
import { describe, expect, it } from 'vitest';
import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';

const tag = winkTagger(winkNLP(model));

describe('tagWith', () => {
	it('adds a tag for each token, for what chooses words by them', async () => {
		const docs = [{ text: 'The old ferry left the harbour. The old ferry is slow.' }];
		const found = await collect(
			pipe(docs, words(), tagWith('wink', tag), keywords(textrankKeywords({ tags: nounsAndAdjectives, ratio: 1 }))),
		);
		expect(found[0]!.tags).toEqual('DET ADJ NOUN VERB DET NOUN PUNCT DET ADJ NOUN AUX ADJ PUNCT'.split(' '));
		expect(found[0]!.keywords[0]).toMatchObject({ keyword: 'old ferry', positions: [1, 8] });
	});

	it('refuses what is no tagger, and tags that are not one for each token', () => {
		expect(() => tagWith('', tag)).toThrow(/^tagWith: expected name to be a text that is not empty/);
		expect(() => tagWith('own', 5 as never)).toThrow(/^tagWith: expected tagger to be a function, got 5\./);
		for (const [bad, got] of [
			[() => ['NOUN'], '1 tags'],
			[() => 'NOUN', 'string'],
			[() => [1, 2], '2 tags'],
		] as const) {
			expect(() => tagWith('own', bad as never).apply([{ tokens: ['a', 'b'] }])).toThrow(
				`tagWith: expected "own" to give a tag for each of 2 tokens, got ${got}.`,
			);
		}
		expect(() => winkTagger({} as never)).toThrow('winkTagger: expected what winkNLP(model) gives, got object. Pass winkNLP(model).');
	});

	it('tags any tokens, one for each', () => {
		const token = fc.oneof(
			fc.constantFrom('ferry', "don't", 'U.S.', 'state-of-the-art', '😀', '', ' ', 'a b', '__proto__', '港口', '5%'),
			fc.string(),
		);
		fc.assert(
			fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
				const tags = tag(tokens);
				expect(tags).toHaveLength(tokens.length);
				for (const one of tags) expect(one).toMatch(/^[A-Z]+$/);
			}),
		);
	});
});
