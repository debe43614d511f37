// What a tokenizer.json may hold: unusual files that are valid go to JSON and back and encode the same; a saved pipeline opens no file.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { collect, fromJSON, pipe, type SubwordStage, subwords, type TokenizerJson, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';

const model = { type: 'WordLevel', vocab: { '<unk>': 0, storm: 1, the: 2, length: 3 }, unk_token: '<unk>' };
const whitespace = { type: 'Whitespace' };
const template = (special_tokens: object, single: readonly object[]) => ({
	type: 'TemplateProcessing',
	single,
	pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
	special_tokens,
});
const named = (name: string, id: number) => ({ [name]: { id: name, ids: [id], tokens: [name] } });
const around = (name: string) => [{ SpecialToken: { id: name, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }];

const unusual: [what: string, json: object][] = [
	['a sequence of no normalizers', { normalizer: { type: 'Sequence', normalizers: [] } }],
	['a sequence of no pre-tokenizers', { pre_tokenizer: { type: 'Sequence', pretokenizers: [] } }],
	['a sequence of no processors', { post_processor: { type: 'Sequence', processors: [] } }],
	['a sequence of no decoders', { decoder: { type: 'Sequence', decoders: [] } }],
	['sequences in sequences', { normalizer: { type: 'Sequence', normalizers: [{ type: 'Sequence', normalizers: [] }] } }],
	['no added tokens', { added_tokens: [] }],
	['parts of null', { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, truncation: null, padding: null }],
	['a template of the text alone', { post_processor: template({}, [{ Sequence: { id: 'A', type_id: 0 } }]) }],
	['a special token called length', { post_processor: template(named('length', 3), around('length')) }],
	[
		'a special token called precompiled_charsmap',
		{ post_processor: template(named('precompiled_charsmap', 3), around('precompiled_charsmap')) },
	],
	['pieces of a length', { pre_tokenizer: { type: 'FixedLength', length: 5 } }],
	['nothing stripped', { decoder: { type: 'Strip', content: ' ', start: 0, stop: 0 } }],
	['nothing put in place', { normalizer: { type: 'Replace', pattern: { String: 'x' }, content: '' } }],
	['BPE without merges', { model: { type: 'BPE', vocab: { s: 0, t: 1 }, merges: [] } }],
	['BPE that names no type', { model: { vocab: { s: 0, t: 1, st: 2 }, merges: ['s t'] } }],
	['unigram of one piece', { model: { type: 'Unigram', unk_id: 0, vocab: [['<unk>', 0]] } }],
];

describe('an unusual tokenizer.json that is valid', () => {
	it.each(unusual)('%s: goes to JSON and back, and encodes the same', async (_, parts) => {
		const json = { version: '1.0', pre_tokenizer: whitespace, model, ...parts } as unknown as TokenizerJson;
		const stage = subwords(json);
		const docs = [{ text: 'the storm' }, { text: '' }, { text: 'length' }];
		const back = fromJSON<SubwordStage>(JSON.stringify(toJSON(stage)));
		const ids = async (stage: SubwordStage) => (await collect(pipe(docs, stage))).map(({ ids }) => Array.from(ids));
		expect(await ids(back)).toEqual(await ids(stage));
		expect(toJSON(back)).toEqual(toJSON(stage));
	});
});

/** The patterns of published tokenizers. */
const published = [
	String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
	String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
	String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
	String.raw` ?[^(\s|[.,!?…。，、।۔،])]+`,
	String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_\`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
	String.raw`(?=(\d{3})+(?!\d))`,
	String.raw`\p{N}{1,3}(?=(?:\p{N}{3})*(?:\P{N}|$))`,
	String.raw`[\p{Han}&&[^a]]+|(?:\p{L}\p{M}*)+|\d+(?:[.,]\d+)*|(?:https?://)?(?:[a-z]+\.)+[a-z]{2,}`,
	'(?>a+)+|(?:a++b)*|(?:ab?){1,4}',
	' {2,}',
];

describe('the pattern of a tokenizer', () => {
	const split = (pattern: string) => ({
		pre_tokenizer: { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
		model,
	});
	it.each(published.filter((pattern) => !pattern.startsWith('(?=')))('%s is taken', (pattern) => {
		expect(() => subwords(split(pattern))).not.toThrow(/repetitions/);
	});

	it.each([
		'(a+)+$',
		'(a|aa)+$',
		'(?:a*)*b',
		'([a-z]+\\d?)+x',
		'(?=(a+)+b)',
		'(\\w|\\d)+$',
		'(a+){20}$',
		'((ab?)+)*c',
		'(?:,a*a*)+;',
		'(?:(?:a|a)b)+c',
		'(?:,(?:a|a)?)+;',
	])('%s is refused: the package would end the process', (pattern) => {
		const says = 'subwords: expected a Regex of at most 20,000 characters without repetitions that overlap, got the object without.';
		expect(() => subwords(split(pattern))).toThrow(says);
		expect(() => subwords({ normalizer: { type: 'Replace', pattern: { Regex: pattern }, content: 'x' }, model })).toThrow(says);
	});

	it('is refused where it is longer or deeper than any, at once', () => {
		for (const pattern of ['ab'.repeat(10_001), `${'('.repeat(60)}a${')'.repeat(60)}`])
			expect(() => subwords(split(pattern))).toThrow('expected a Regex of at most 20,000 characters');
	});
});

describe('a saved pipeline that names a path', () => {
	const { folder, file } = temporary();
	const fifo = join(folder, 'fifo');
	execFileSync('mkfifo', [fifo]);
	const whole = file('tokenizer.json', JSON.stringify({ model }));
	it.each(['/etc/passwd', '/dev/zero', fifo, whole, '', '/'])('%s: is refused at once, and nothing is read', (path) => {
		const saved = { format: 2, stages: [{ stage: 'subwords', options: {}, state: path }] };
		let message = '';
		try {
			fromJSON(JSON.stringify(saved));
		} catch (error) {
			message = (error as Error).message;
		}
		expect(message).toBe('subwords: expected the whole tokenizer in a saved pipeline, got string. Save the pipeline again.');
	});

	it.each([undefined, null, 7, true, []])('refuses %j as well', (state) => {
		const saved = JSON.stringify({ format: 2, stages: [{ stage: 'subwords', options: {}, state }] });
		expect(() => fromJSON(saved)).toThrow(/^subwords: expected /);
	});
});
