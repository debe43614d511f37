// The short way of `words` for ASCII texts: the same tokens at the same places as of any text.
import fc from 'fast-check';
import { words, wordTokens } from 'textloom';
import { expect, it } from 'vitest';
import { asciiWords } from '../../dist/src/text/ascii-words.js';

const ascii = fc.oneof(
	fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)), maxLength: 60 }),
	fc
		.array(
			fc.constantFrom("don't", "''", "rock'n'roll", 'the', ' ', "'", '.', '\x1c', '\n', 'internationalization', 'abcdefghijkl', '3.50'),
			{ maxLength: 20 },
		)
		.map((parts) => parts.join('')),
);

it.each([true, false])('punctuation %s', (punctuation) => {
	const stage = words({ punctuation, offsets: true });
	fc.assert(
		fc.property(ascii, (text) => {
			const offsets: [number, number][] = [];
			const tokens = asciiWords(text, punctuation, offsets);
			// One character more that is not ASCII: the other way.
			const [other] = stage.apply([{ text: `${text} é` }]);
			const end = other!.tokens.pop();
			other!.offsets.pop();
			expect(end).toBe('é');
			expect({ tokens, offsets }).toEqual({ tokens: other!.tokens, offsets: other!.offsets });
			expect(wordTokens(text, { punctuation })).toEqual(tokens);
		}),
		{ numRuns: 500 },
	);
});

it('leaves other texts, and long ones, to the other way', () => {
	expect(asciiWords('é', true)).toBeUndefined();
	expect(asciiWords('a \ud800', true)).toBeUndefined();
	expect(asciiWords('a '.repeat(40_000), true)).toBeUndefined();
	expect(wordTokens('a '.repeat(40_000))).toHaveLength(40_000);
	expect(asciiWords('', true)).toEqual([]);
});
