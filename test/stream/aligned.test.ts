// What belongs to tokens goes where they go: offsets, tags and pinyin stay aligned through every stage that drops, moves or adds tokens.
import { augment, chain, clean, collect, ends, inTraining, pipe, stem, stopwords, words } from 'textloom';
import { describe, expect, it } from 'vitest';

const text = 'the ferry and the harbour are in the storm';
const [doc] = words({ offsets: true }).apply([{ text, label: 'x' }]);
const tagged = { ...doc!, tags: doc!.tokens.map((token) => `tag of ${token}`), pinyin: doc!.tokens.map((token) => `sound of ${token}`) };
const belongs = (found: typeof tagged) => {
	for (const [place, token] of found.tokens.entries()) {
		expect(found.tags[place]).toBe(`tag of ${token}`);
		expect(found.pinyin[place]).toBe(`sound of ${token}`);
		if (!/^\d/.test(token)) expect(text.slice(...found.offsets[place]!)).toBe(token);
	}
};

describe('fields of tokens', () => {
	it('are dropped with their tokens', () => {
		const [found] = stopwords().apply([tagged]);
		expect(found!.tokens).toEqual(['ferry', 'harbour', 'storm']);
		expect(found!.tags).toHaveLength(3);
		belongs(found!);
	});

	it('move with their tokens', async () => {
		const stage = inTraining(augment({ drop: 0.3, swap: 0.5, noise: 0, seed: 2 }), { epoch: 1 });
		// The words that are dropped and moved are chosen by the text itself: other ends, other choices.
		const ending = (place: number) => ({
			...tagged,
			tokens: [...tagged.tokens, `${place}`],
			tags: [...tagged.tags, `tag of ${place}`],
			pinyin: [...tagged.pinyin, `sound of ${place}`],
			offsets: [...tagged.offsets, [0, 0]] as [number, number][],
		});
		const many = Array.from({ length: 50 }, (_, place) => ending(place));
		const found = await collect(pipe(many, stage));
		expect(new Set(found.map(({ tokens }) => tokens.join(' '))).size).toBeGreaterThan(30);
		for (const one of found) belongs(one);
	});

	it('have an entry for a token that was added: an empty place in the text, and no tag', () => {
		const [found] = chain(stopwords(), ends({ first: '<s>', last: '</s>' })).apply([tagged]);
		expect(found!.tokens).toEqual(['<s>', 'ferry', 'harbour', 'storm', '</s>']);
		expect((found as typeof tagged).offsets).toEqual([
			[0, 0],
			[4, 9],
			[18, 25],
			[37, 42],
			[42, 42],
		]);
		expect((found as typeof tagged).tags).toEqual([null, 'tag of ferry', 'tag of harbour', 'tag of storm', null]);
	});

	it('stay as they are where tokens only change', () => {
		const [found] = stem().apply([tagged]);
		expect(found!.tokens[4]).toBe('harbour');
		expect(found!.offsets).toBe(tagged.offsets);
	});

	it('of another length belong to other tokens, and are left alone', () => {
		const [found] = stopwords().apply([{ ...tagged, tags: ['O'] }]);
		expect(found!.tags).toEqual(['O']);
		expect(found!.pinyin).toHaveLength(3);
	});

	it('are not looked for where there are none', () => {
		expect(chain(clean(), words(), stopwords()).apply([{ text }])[0]).toEqual({ text, tokens: ['ferry', 'harbour', 'storm'] });
	});
});
