// Documents packed for another thread and unpacked: the same ones, whatever their fields hold.
import fc from 'fast-check';
import { type AnyStage, segment } from 'textloom';
import { describe, expect, it } from 'vitest';
import { createPacker, createUnpacker } from '../../dist/src/stages/threads/columns.js';
import { WordPlaces } from '../../dist/src/stages/threads/word-places.js';
import { Pieces } from '../../dist/src/stream/index.js';

/** What comes out at the other end, chunk by chunk. */
const sent = (chunks: readonly (readonly object[])[], keep?: readonly string[]) => {
	const [pack, unpack] = [createPacker(keep), createUnpacker()];
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

describe('pieces', () => {
	/** A text that is cut at some places, some of them twice: then a token is empty. */
	const cut = fc
		.tuple(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(fc.nat(40)))
		.map(([text, places]) => new Pieces(text, [...places.filter((place) => place <= text.length).sort((a, b) => a - b), text.length]));
	const tokensOf = ({ text, ends }: Pieces) => ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));

	it('arrive as the tokens, with their text or without, also of several fields', () => {
		const docs = fc.array(fc.record({ body: fc.constant(''), tokens: cut, others: cut }), { minLength: 1 });
		fc.assert(
			fc.property(docs, (made) => {
				const whole = made.map((doc) => ({ ...doc, body: doc.tokens.text }));
				const wanted = whole.map(({ body, tokens, others }) => ({ body, tokens: tokensOf(tokens), others: tokensOf(others) }));
				expect(sent([whole, whole])).toEqual([wanted, wanted]);
				expect(sent([whole], ['tokens'])).toEqual([wanted.map(({ tokens }) => ({ tokens }))]);
			}),
		);
	});

	it('travel without their text where a field has it', () => {
		const doc = { id: 1, body: 'one two', tokens: new Pieces('one two', [3, 4, 7]) };
		expect(createPacker()([doc, doc]).columns[2]).toMatchObject({ kind: 'pieces', texts: 1 });
		expect(createPacker()([doc, { ...doc, body: 'other' }]).columns[2]).toMatchObject({ texts: ['one two', 'one two'] });
	});

	it('arrive as the tokens where documents differ in their fields, or one has a list', () => {
		const tokens = new Pieces('ab', [1, 2]);
		const docs = [{ tokens, a: 1 }, { tokens }, { tokens: ['x'], b: 2 }, {}];
		const wanted = [{ tokens: ['a', 'b'], a: 1 }, { tokens: ['a', 'b'] }, { tokens: ['x'], b: 2 }, {}];
		expect(sent([docs])).toEqual([wanted]);
		expect(sent([docs], ['tokens', 'b'])).toEqual([wanted.map(({ a, ...doc }) => doc)]);
		expect(sent([docs.slice(1, 3).map(({ tokens }) => ({ tokens }))])).toEqual([[{ tokens: ['a', 'b'] }, { tokens: ['x'] }]]);
	});

	it('of segment are its tokens', () => {
		const han = fc.stringMatching(/^[中国人民银行行长北京𠀀 a1%\r\n]{0,30}$/u);
		for (const stage of [segment(), segment({ hmm: false }), segment({ tags: true })] as AnyStage[]) {
			fc.assert(
				fc.property(fc.oneof(han, fc.string({ unit: 'binary' })), (text) => {
					const [{ tokens, ...rest }] = stage.inPieces!().apply([{ text }]) as [{ tokens: Pieces }];
					expect([{ ...rest, tokens: tokens.tokens() }]).toEqual(stage.apply([{ text }]));
				}),
			);
		}
		const others = [segment({ mode: 'full' }), segment({ mode: 'search' }), segment({ offsets: true })];
		expect(others.map(({ inPieces }) => inPieces)).toEqual([undefined, undefined, undefined]);
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
