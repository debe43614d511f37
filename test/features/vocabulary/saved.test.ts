// A vocabulary as a text file, and two as one.
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { DataError, loadVocabulary, toJSON, type Vocabulary, vocabulary } from 'textloom';
import { describe, expect, it } from 'vitest';
import { temporary } from '../../temporary.js';

const { file } = temporary();
const odd = ['tab\t', 'line\nbreak', 'return\r', '\\', '\\t', '\\u0041', '\ud800', '\udc00x', '', ' ', '#', '__proto__', '😀', '\u2028'];
const docs = [{ tokens: ['b', 'a', 'c', 'a', ...odd] }, { tokens: ['a', 'b'] }];

describe('save and loadVocabulary', () => {
	it('keep tokens, counts and options', async () => {
		for (const options of [
			{},
			{ minCount: 2 },
			{ ties: 'seen' as const, special: ['p', 'u', '<bos>'] },
			{ approximate: { capacity: 4 } },
		]) {
			const path = file('vocabulary.txt', '');
			const fitted = await vocabulary(options).fit(docs);
			await fitted.save(path);
			const loaded = await loadVocabulary(path);
			expect(toJSON(loaded)).toEqual(toJSON(fitted));
			expect(loaded.encode(['a', '\\t'])).toEqual(fitted.encode(['a', '\\t']));
		}
	});

	it('keep any tokens', async () => {
		const path = file('any.txt', '');
		const token = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 4 }));
		await fc.assert(
			fc.asyncProperty(fc.array(token, { minLength: 1, maxLength: 9 }), async (tokens) => {
				const fitted = await vocabulary().fit([{ tokens }]);
				await fitted.save(path);
				expect(toJSON(await loadVocabulary(path))).toEqual(toJSON(fitted));
			}),
			{ numRuns: 40 },
		);
	});

	it('are a token, a tab and a count a line', async () => {
		const path = file('plain.txt', '');
		await (await vocabulary().fit([{ tokens: ['b', 'a', 'b', 'a\t'] }])).save(path);
		const [head, ...lines] = readFileSync(path, 'utf8').split('\n');
		expect(head).toMatch(/^# textloom vocabulary \{"options":\{.*\},"error":0,"size":5,"sha256":"\w+"\}$/);
		expect(lines).toEqual(['<pad>\t0', '<unk>\t0', 'b\t2', 'a\t1', 'a\\t\t1', '']);
	});

	it.each<[string, (text: string) => string, number, string]>([
		['another file', () => 'the\t5\n', 1, 'got "the\\t5" instead of "# textloom vocabulary {…}"'],
		['an empty file', () => '', 1, 'got "" instead of'],
		['a head that is no JSON', (text) => text.replace('"error"', 'error'), 1, 'instead of'],
		['a count that is no number', (text) => text.replace('b\t2', 'b\ttwo'), 5, 'got "b\\ttwo" instead of a token, a tab and a count'],
		['a space for the tab', (text) => text.replace('b\t2', 'b 2'), 5, 'instead of a token, a tab and a count'],
		['a token twice', (text) => text.replace('c\t1', 'a\t1'), 6, 'got "a" again, which line 4 has'],
		['a count out of order', (text) => text.replace('c\t1', 'c\t7'), 6, 'got the count 7 below the count 2'],
		['a token out of order', (text) => text.replace('d\t1', 'B\t1'), 7, 'got "B" behind "c"'],
		['another special token', (text) => text.replace('<unk>\t', '<oov>\t'), 3, 'got "<oov>" instead of the special token "<unk>"'],
		['a stray backslash', (text) => text.replace('d\t1', 'd\\\t1'), 7, 'got "d\\\\", where a backslash is to be \\\\'],
		['a line less', (text) => text.replace('d\t1\n', ''), 6, 'got 5 tokens instead of 6'],
		['a count that could be', (text) => text.replace('b\t2', 'b\t3'), 1, 'got other lines than this one tells of (sha256)'],
		['no end', (text) => text.slice(0, -1), 7, 'got a last line without an end'],
	])('refuse %s', async (_, edit, line, reason) => {
		const path = file('edited.txt', '');
		await (await vocabulary().fit([{ tokens: ['a', 'a', 'a', 'b', 'b', 'c', 'd'] }])).save(path);
		const text = readFileSync(path, 'utf8');
		writeFileSync(path, edit(text));
		const error = await loadVocabulary(path).then(
			() => undefined,
			(error: unknown) => error,
		);
		expect(error).toBeInstanceOf(DataError);
		expect((error as Error).message).toContain(`${path}:`);
		expect((error as Error).message).toContain(reason);
		expect((error as DataError).line).toBe(line);
	});
});

describe('merge', () => {
	const word = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor', '', '<unk>', '<pad>');
	const some = fc.array(fc.record({ tokens: fc.array(word, { minLength: 1, maxLength: 6 }) }), { minLength: 1, maxLength: 6 });
	const outcome = async (work: () => Vocabulary | Promise<Vocabulary>) => {
		try {
			return toJSON(await work());
		} catch (error) {
			return (error as Error).message;
		}
	};

	it.each([{}, { minCount: 2 }, { size: 4 }, { maxCount: 3, minCount: 2 }])(
		'is the vocabulary of all documents, with %j',
		async (limits) => {
			await fc.assert(
				fc.asyncProperty(some, some, async (left, right) => {
					const [a, b] = [
						await vocabulary()
							.fit(left)
							.catch(() => undefined),
						await vocabulary()
							.fit(right)
							.catch(() => undefined),
					];
					if (!a || !b) return;
					expect(await outcome(() => a.merge(b, limits))).toEqual(await outcome(() => vocabulary(limits).fit([...left, ...right])));
				}),
			);
		},
	);

	it('refuses what cannot be exact', async () => {
		const plain = await vocabulary().fit(docs);
		const refused = async (options: Parameters<typeof vocabulary>[0]) => {
			const other = await vocabulary(options).fit(docs);
			return expect(() => plain.merge(other));
		};
		(await refused({ minCount: 2 })).toThrow('merge: expected vocabularies with all tokens, got a vocabulary with minCount 2.');
		(await refused({ size: 4 })).toThrow('got a vocabulary with size 4.');
		(await refused({ size: 100 })).not.toThrow();
		(await refused({ approximate: { capacity: 3 } })).toThrow('merge: expected vocabularies with exact counts, got approximate ones.');
		(await refused({ ties: 'seen' })).toThrow('merge: expected vocabularies with ties by code point');
		(await refused({ special: ['p', 'u'] })).toThrow(
			'merge: expected vocabularies with the same special tokens, got ["<pad>","<unk>"] and ["p","u"].',
		);
		expect(() => plain.merge(plain, { minimum: 2 } as never)).toThrow('merge: expected an option that it has, got minimum.');
	});
});
