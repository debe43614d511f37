import fc from 'fast-check';
import { collect, words, wordTokens } from 'textloom';
import { describe, expect, it } from 'vitest';

describe('wordTokens', () => {
	it.each([
		["don't stop, the dogs' bowls", ["don't", 'stop', ',', 'the', 'dogs', "'", 'bowls']],
		['up 5.2% to $1,000', ['up', '5', '.', '2', '%', 'to', '$', '1', ',', '000']],
		['l’été, naïve ÅÉ', ['l’été', ',', 'naïve', 'ÅÉ']],
		["'quoted' rock 'n' roll", ["'", 'quoted', "'", 'rock', "'", 'n', "'", 'roll']],
		['snake_case --', ['snake', '_', 'case', '-', '-']],
		['café', ['café']],
		['हिन्दी में', ['हिन्दी', 'में']],
		['می‌خواهم', ['می‌خواهم']],
		['ok 👍🏽❤️ 👨‍👩‍👧!', ['ok', '👍', '🏽', '❤️', '👨‍👩‍👧', '!']],
		['𝒜𝒷c 𐐀', ['𝒜𝒷c', '𐐀']],
		['', []],
		[' \t\n\u3000', []],
	])('%s', (text, tokens) => {
		expect(wordTokens(text)).toEqual(tokens);
	});

	it('takes each Han character by itself and other scripts in runs', () => {
		expect(wordTokens('我爱NLP，𠀀好。')).toEqual(['我', '爱', 'NLP', '，', '𠀀', '好', '。']);
		expect(wordTokens('カタカナ 한국어')).toEqual(['カタカナ', '한국어']);
	});

	it('leaves punctuation out on request', () => {
		expect(wordTokens("it's 5%, 好! 😀", { punctuation: false })).toEqual(["it's", '5', '好']);
	});

	it('covers every character that is not white space, of any text', () => {
		const covers = (text: string) => {
			expect(wordTokens(text).join('')).toBe(text.replace(/[\s\x85]/g, ''));
		};
		fc.assert(fc.property(fc.string({ unit: 'binary' }), covers));
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('a', "'", '’', '\u0301', '\u200d', '\ud83d', '\ude00', '好', ' ', '.', '1') }), covers),
		);
	});

	// Quadratic time would take hours here, and end in the timeout.
	it('takes linear time', () => {
		for (const unit of ["'", "a'", '\u0301', '\u200d', 'a', '\ud800', '😀\u200d'])
			expect(wordTokens(unit.repeat(1_000_000)).length).toBeGreaterThan(0);
	});
});

describe('words', () => {
	it('is the stage of wordTokens', async () => {
		const stage = words({ punctuation: false });
		expect(await collect(stage([{ text: 'Go, now!', label: 'x' }]))).toEqual([{ text: 'Go, now!', label: 'x', tokens: ['Go', 'now'] }]);
		expect(stage.spec).toEqual({ stage: 'words', options: { punctuation: false, offsets: false } });
	});
});
