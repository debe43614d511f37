import { ends, pipe, plainTitles, plainWords } from 'textloom';
import { describe, expect, it } from 'vitest';

const docs = [{ text: "Wall St. Bears Claw Back: the Black's 3rd_Day, é & <b>", label: 'business' }];

describe('plain forms', () => {
	it('words: letters and digits, no stop words, stems, bos and eos', () => {
		expect(plainWords().apply(docs)[0]).toMatchObject({
			label: 'business',
			text: 'wall st bears claw back the black s 3rd day b',
			tokens: ['bos', 'wall', 'st', 'bear', 'claw', 'black', 's', '3rd', 'dai', 'b', 'eos'],
		});
		expect(plainWords({ digits: false }).apply(docs)[0]!.text).toBe('wall st bears claw back the black s rd day b');
	});

	it('titles: letters, every word, eos', async () => {
		for await (const { tokens } of pipe(docs, plainTitles())) {
			expect(tokens.join(' ')).toBe('wall st bears claw back the black s rd day b eos');
		}
	});
});

it('ends puts marks where they are given', () => {
	expect(ends({ first: '<s>' }).apply([{ tokens: [] }, { tokens: ['a'] }])).toEqual([{ tokens: ['<s>'] }, { tokens: ['<s>', 'a'] }]);
	expect(ends().apply([{ tokens: ['a'] }])).toEqual([{ tokens: ['a'] }]);
});
