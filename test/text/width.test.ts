import fc from 'fast-check';
import { clean, cleanText, fullWidth, halfWidth } from 'textloom';
import { describe, expect, it } from 'vitest';

describe('width', () => {
	it.each([
		['ＡＢＣ　１２３', 'ABC 123'],
		['你好，世界！（ａ）～', '你好,世界!(a)~'],
		['。「」①㎏ｶ¥￥🈚', '。「」①㎏ｶ¥￥🈚'],
		['\uff00\uff01\uff5e\uff5f', '\uff00!~\uff5f'],
		['', ''],
	])('half: %s', (text, expected) => {
		expect(halfWidth(text)).toBe(expected);
	});

	it('goes there and back', () => {
		expect(fullWidth('Ab 1!é好')).toBe('Ａｂ　１！é好');
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const half = halfWidth(text);
				expect(halfWidth(fullWidth(half))).toBe(half);
				expect(half).toHaveLength(text.length);
			}),
		);
	});

	it('is a step of clean, before what is found', () => {
		expect(cleanText('ＨＴＴＰ://x.org　Ａ㎏ １２', { width: 'half', urls: 'strip', numbers: { as: '0' } })).toBe('a㎏ 0');
		expect(cleanText('Ａ，好')).toBe('ａ，好');
		expect(clean({ width: 'half' }).spec.options).toMatchObject({ width: 'half' });
	});

	it('refuses what is no text', () => {
		expect(() => halfWidth(1 as never)).toThrow('halfWidth: expected text to be a text, got 1. Correct it.');
		expect(() => fullWidth(undefined as never)).toThrow('fullWidth: expected text to be a text, got nothing.');
		expect(() => clean({ width: 'full' as never })).toThrow("clean: expected width to be one of 'keep', 'half', got 'full'.");
	});
});
