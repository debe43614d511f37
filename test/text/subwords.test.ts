// The stage of any tokenizer.json: its options, its tables, and files that are damaged.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { bpe, collect, DataError, type SubwordStage, subwords, type TokenizerJson, unigram, wordpiece } from 'textloom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hang } from '../limits.js';

const folder = mkdtempSync(join(tmpdir(), 'textloom-subwords-'));
afterAll(() => rmSync(folder, { recursive: true }));

const docs = ['the low lower lowest of all', 'a 😀 low'].map((text) => ({ text }));
let stage: SubwordStage;
beforeAll(async () => {
	stage = await wordpiece({ size: 60, minCount: 1 }).fit(docs);
});

describe('subwords', () => {
	it('gives offsets that slice UTF-16 text, and [0, 0] for what it adds', async () => {
		const [doc] = await subwords(stage.json, { offsets: true }).applyAsync([{ text: 'a 😀 low' }]);
		expect(doc!.tokens).toEqual(['[CLS]', 'a', '😀', 'low', '[SEP]']);
		expect(doc!.offsets!.map(([start, end]) => doc!.text.slice(start, end))).toEqual(['', 'a', '😀', 'low', '']);
		expect(doc!.offsets![0]).toEqual([0, 0]);
	});

	it('cuts off at maxLength, special tokens included, and leaves them out where asked', async () => {
		const text = 'low low low low';
		expect((await subwords(stage.json, { maxLength: 4 }).applyAsync([{ text }]))[0]!.tokens).toEqual(['[CLS]', 'low', 'low', '[SEP]']);
		expect((await subwords(stage.json, { special: false, maxLength: 2 }).applyAsync([{ text }]))[0]!.tokens).toEqual(['low', 'low']);
	});

	it('takes no padding and no limit from the file', async () => {
		const padding = {
			strategy: { Fixed: 12 },
			direction: 'Right',
			pad_to_multiple_of: null,
			pad_id: 0,
			pad_type_id: 0,
			pad_token: '[PAD]',
		};
		const truncation = { direction: 'Right', max_length: 3, strategy: 'LongestFirst', stride: 0 };
		expect(await subwords({ ...stage.json, padding, truncation }).applyAsync(docs)).toEqual(await stage.applyAsync(docs));
	});

	it('looks up tokens and ids, decodes, saves and reads', async () => {
		const { ids } = (await stage.applyAsync([{ text: 'Lowest of all' }]))[0]!;
		expect([...ids].map((id) => stage.idOf(stage.tokenOf(id)))).toEqual([...ids]);
		expect(await stage.decode(ids)).toBe('lowest of all');
		expect(stage.idOf('constructor')).toBeUndefined();
		for (const id of [-1, stage.size, 1.5, Number.NaN])
			expect(() => stage.tokenOf(id)).toThrow(/^subwords: expected an id of one of \d+ tokens/);
		const path = join(folder, 'tokenizer.json');
		await stage.save(path);
		expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(stage.json);
		expect(await subwords(path).applyAsync(docs)).toEqual(await stage.applyAsync(docs));
	});

	it('keeps an error apart from the next call', async () => {
		const { '[UNK]': _, ...vocab } = stage.json.model.vocab as Record<string, number>;
		const without = subwords({ ...stage.json, added_tokens: [], post_processor: null, model: { ...stage.json.model, vocab } });
		for (let i = 0; i < 2; i++) {
			await expect(without.applyAsync([{ text: '漢' }])).rejects.toThrow(DataError);
			await expect(without.applyAsync([{ text: '漢' }])).rejects.toThrow(
				/^document 1: subwords: expected texts that the tokenizer encodes, got its error ".*\[UNK\]/,
			);
			expect((await without.applyAsync([{ text: 'low' }]))[0]!.tokens).toEqual(['low']);
		}
	});

	it('does not keep the process alive', () => {
		const program = `import { subwords } from 'textloom'; const stage = subwords(${JSON.stringify(stage.json)}); console.log((await stage.applyAsync([{ text: 'low' }]))[0].ids.length);`;
		const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: hang });
		expect(printed.trim()).toBe('3');
	});
});

describe('texts of any characters', () => {
	it('come back from bytes, and have offsets in order and inside', async () => {
		const bytes = subwords((await bpe({ size: 300 }).fit(docs)).json, { offsets: true });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 5 }), async (texts) => {
				for (const { text, ids, offsets } of await collect(bytes(texts.map((text) => ({ text }))))) {
					expect(await bytes.decode(ids)).toBe(text);
					let last = 0;
					for (const [start, end] of offsets!) {
						expect(start).toBeGreaterThanOrEqual(0);
						expect(end).toBeGreaterThanOrEqual(start);
						expect(end).toBeGreaterThanOrEqual(last);
						last = end;
					}
					expect(last).toBe(text.length);
				}
			}),
			{ numRuns: 200 },
		);
	});
});

describe('a tokenizer.json that cannot be used', () => {
	const file = (name: string, text: string) => {
		const path = join(folder, name);
		writeFileSync(path, text);
		return path;
	};
	const model = { type: 'WordLevel', vocab: { a: 0 }, unk_token: 'a' };

	it.each<[name: string, make: () => string | TokenizerJson, message: RegExp]>([
		['is missing', () => join(folder, 'none.json'), /^subwords: expected to read .*none\.json, got ENOENT\. Pass/],
		['is a folder', () => folder, /got EISDIR/],
		['is cut off', () => file('cut.json', JSON.stringify(stage.json).slice(0, 500)), /^subwords: expected JSON in .*cut\.json, got /],
		['is empty', () => file('empty.json', ''), /^subwords: expected JSON in/],
		[
			'is other JSON',
			() => file('other.json', '[1]'),
			/^subwords: expected a tokenizer\.json with a model and its vocab, got .*other\.json/,
		],
		['is null', () => file('null.json', 'null'), /with a model and its vocab/],
		['is of an unknown kind', () => ({ model: { type: 'Neural', vocab: {} } }), /of type BPE, .* got "Neural" in the object\. Convert/],
		['has a part of an unknown kind', () => ({ model, normalizer: { type: 'Nope' } }), /got its error "/],
		['has a vocabulary of no kind', () => ({ model: { type: 'BPE', vocab: 'x', merges: [] } }), /got its error "/],
		['has merges of no tokens', () => ({ model: { type: 'BPE', vocab: { a: 0 }, merges: [['a', 'b']] } }), /got its error "/],
		[
			'has no charsmap',
			() => ({ model, normalizer: { type: 'Sequence', normalizers: [{ type: 'Precompiled' }] } }),
			/a whole precompiled_charsmap/,
		],
		[
			'has half a charsmap',
			() => ({ model, normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAQAAAAA' } }),
			/precompiled_charsmap/,
		],
		['has a charsmap of other text', () => ({ model, normalizer: { precompiled_charsmap: 'no base64' } }), /precompiled_charsmap/],
		['prepends nothing', () => ({ model, normalizer: { type: 'Prepend', prepend: '' } }), /a text to prepend/],
		['cuts at length 0', () => ({ model, pre_tokenizer: { type: 'FixedLength', length: 0 } }), /a length above 0/],
		[
			'replaces nothing',
			() => ({ model, normalizer: { type: 'Replace', pattern: { String: '' }, content: 'x' } }),
			/matches no empty text/,
		],
		[
			'splits by nothing',
			() => ({ model, pre_tokenizer: { type: 'Split', pattern: { Regex: 'x*' }, behavior: 'Isolated', invert: false } }),
			/matches no empty/,
		],
		[
			'has a template of no token',
			() => ({
				model,
				post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: 'x', type_id: 0 } }], pair: [], special_tokens: {} },
			}),
			/every token of a template/,
		],
		[
			'has a prefix that tokens have not',
			() => ({ model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: [['a', 'b']], continuing_subword_prefix: '####' } }),
			/begins with continuing_subword_prefix/,
		],
	])('it %s', (_, make, message) => {
		expect(() => subwords(make())).toThrow(DataError);
		expect(() => subwords(make())).toThrow(message);
		expect(() => subwords(make())).toThrow(/^subwords: expected [^\n]*$/);
	});

	it('nor can a limit that is none', () => {
		for (const maxLength of [0, -1, 1.5, Number.NaN])
			expect(() => subwords({ model }, { maxLength })).toThrow(/^subwords: expected maxLength/);
	});
});

describe('files that are damaged anywhere', () => {
	it('are refused, or encode; never more', async () => {
		const bases = await Promise.all(
			[bpe({ size: 290 }), bpe({ size: 40, byteLevel: false }), wordpiece({ size: 60 }), unigram({ size: 50 })].map(
				async (learner) => (await learner.fit(docs)).json,
			),
		);
		const values = [null, -1, 0, 1e9, 1.5, '', 'x', [], {}, true, [[]], '\ud800', { type: 'NFKC' }];
		let seed = 1;
		const random = (below: number) => {
			seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
			return Math.floor((seed / 2 ** 32) * below);
		};
		for (let i = 0; i < 400; i++) {
			const json = structuredClone(bases[i % bases.length]!);
			let node = json as unknown as Record<string, unknown>;
			for (;;) {
				const keys = Object.keys(node);
				if (keys.length === 0) break;
				const key = keys[random(keys.length)]!;
				const inner = node[key];
				if (random(3) > 0 && typeof inner === 'object' && inner !== null) {
					node = inner as Record<string, unknown>;
					continue;
				}
				node[key] = structuredClone(values[random(values.length)]);
				break;
			}
			const read = async () => collect(subwords(json, { offsets: true })(docs));
			await read().then(
				(encoded) => expect(encoded).toHaveLength(docs.length),
				(error) => expect(error).toBeInstanceOf(DataError),
			);
		}
	});
});
