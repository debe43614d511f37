// Documents packed for another thread and unpacked: the same ones, whatever their fields hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacker, createUnpacker } from '../../dist/src/stages/threads/columns.js';
import { WordPlaces } from '../../dist/src/stages/threads/word-places.js';

/** What comes out at the other end, chunk by chunk. */
const sent = (chunks: readonly (readonly object[])[]) => {
	const [pack, unpack] = [createPacker(), createUnpacker()];
	return chunks.map((docs) => unpack(structuredClone(pack(docs))));
};

describe('columns', () => {
	it('carry token lists of any texts, in fields of any names', () => {
		const text = fc.oneof(
			fc.string({ maxLength: 12 }),
			fc.string({ unit: 'binary', maxLength: 12 }),
			fc.constantFrom('', '\0', '\0\0', 'é', 'ÿÿÿÿÿ', 'Āaaaa', '\ud800', '\udc00\ud800', '𠀀', '中国', '中国人民', '中国人民银行'),
		);
		const doc = fc.record({ text, tokens: fc.array(text), others: fc.array(text, { maxLength: 2 }) });
		const chunks = fc.array(fc.array(doc, { minLength: 1 }));
		fc.assert(
			fc.property(chunks, (docs) => {
				expect(sent(docs)).toEqual(docs);
			}),
		);
	});

	it('carry what only some documents have as it is', () => {
		const docs = [{ tokens: ['a', 'a'] }, { tokens: ['a', 1] }, { tokens: 'a' }, {}];
		expect(sent([docs, docs.slice(0, 2), docs.slice(0, 1)])).toEqual([docs, docs.slice(0, 2), docs.slice(0, 1)]);
	});

	it('give equal words as one place, more than the table has room for, and begin anew', () => {
		const words = Array.from({ length: 150_000 }, (_, n) => (n % 3 === 0 ? `word number ${n}` : n.toString(36)));
		const chunks = [[{ tokens: words }], [{ tokens: words.toReversed() }], [{ tokens: words.slice(0, 9) }]];
		expect(sent(chunks)).toEqual(chunks);
	});
});

describe('WordPlaces', () => {
	it('keeps words apart that begin alike, end in NUL, or have the bytes of another one', () => {
		const words = [
			'',
			'\0',
			'\0\0',
			'\0\0\0\0\0',
			'ab',
			'ab\0',
			'abcd',
			'abcde',
			'abcdefgh',
			'abcdefghi',
			'扡',
			'扡扣',
			'\u6261\u6463',
			'abcd\0\0\0\0',
		];
		const places = new WordPlaces();
		const added: string[] = [];
		const found = words.map((word) => places.placeOf(word, added));
		expect(added).toEqual([...new Set(words)]);
		expect(words.map((word) => added[places.placeOf(word, [])])).toEqual(words);
		expect(found).toEqual(words.map((word) => places.placeOf(word, [])));
		places.clear();
		expect(places.size).toBe(0);
		expect(places.placeOf('ab', added)).toBe(0);
	});
});
