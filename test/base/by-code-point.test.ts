// The order by code point, against that of UTF-8 and of the code points themselves.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodePoint } from '../../dist/src/base/index.js';

/** Python's order: code point by code point. */
function pythons(a: string, b: string): number {
	const [x, y] = [a, b].map((text) => [...text].map((character) => character.codePointAt(0)!)) as [number[], number[]];
	const at = x.findIndex((point, i) => point !== y[i]);
	return at < 0 ? x.length - y.length : x[at]! - (y[at] ?? -1);
}

describe('byCodePoint', () => {
	it('puts characters beyond the first plane last', () => {
		expect(['😀', 'Ａ', 'a', '𝐀', '\ue000', ''].sort(byCodePoint)).toEqual(['', 'a', '\ue000', 'Ａ', '𝐀', '😀']);
	});

	it('is the order of UTF-8 for proper text', () => {
		const text = fc.string({ unit: fc.constantFrom('a', '\ud7ff', '\ue000', 'Ａ', '\uffff', '𐀀', '😀', '😁'), maxLength: 4 });
		fc.assert(
			fc.property(text, text, (a, b) => {
				expect(Math.sign(byCodePoint(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
			}),
		);
	});

	it('is the order of code points for any text, lone surrogates included', () => {
		const unit = fc.constantFrom('a', '\ud83d', '\ude00', '\ude01', '\uffff', '😀');
		const text = fc.string({ unit, maxLength: 4 });
		fc.assert(
			fc.property(text, text, (a, b) => {
				expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(pythons(a, b)));
			}),
		);
	});
});
