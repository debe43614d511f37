// Fuzzing of what reads bytes and texts of others: mutated inputs, checked against a second way to the same result.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { cleanText, collect, DataError, LineSplitter, lines, randomUint32, type TextParser, wordTokens } from 'textloom';
import { CsvParser } from '../../../src/stream/csv-core.js';
import { JsonElements } from '../../../src/stream/json-core.js';

/** Random whole numbers from 0 to below `limit`, the same for the same seed and place. */
type Draw = (limit: number) => number;

/** One thing to fuzz: inputs to begin with, and a check that throws when something is wrong. */
interface Target {
	readonly name: string;
	readonly seeds: readonly string[];
	/** Returns whether the input was refused. */
	readonly check: (input: string, draw: Draw, path: string) => boolean | Promise<boolean>;
}

const pieces = [
	...[
		'"',
		'""',
		',',
		'\n',
		'\r\n',
		'\r',
		'[',
		']',
		'{',
		'}',
		':',
		'\\',
		'\\u',
		'\\ud800',
		'\\"',
		'e',
		'-',
		'.',
		'0',
		'1e999',
		'true',
		'nul',
	],
	...[
		'\0',
		'\ufeff',
		'\ud800',
		'\udc00',
		'\ufffd',
		'𝒳',
		'é',
		'e\u0301',
		'語',
		'\u200d',
		'&amp;',
		'&#x',
		'<',
		'>',
		'<br />',
		' ',
		'\t',
		"'",
	],
	...['__proto__', 'constructor', 'toString', 'x'.repeat(300), '['.repeat(1100)],
];

const texts = [
	'Wall St. Bears Claw Back #39;Black (Reuters)<br />It\u2019s "the" end &amp; 3.5% — don\u2019t.\\n',
	'Ünïcode 𝒳 語言 नमस्ते 👩‍👩‍👧 http://a.b/c?d=e&f #tag @name',
];

const targets: readonly Target[] = [
	{
		name: 'csv',
		seeds: ['a,b\n1,"x, ""y""\nz"\n,\n', '"a"\r\n"b,c",d\r\r\n""\n"é𝒳"'],
		check: (input, draw) => {
			const read = (blocks: readonly string[]) => events(blocks, (told) => new CsvParser({ record: told('record'), fault: told('fault') }));
			const whole = read([input]);
			same('records', read(cut(input, draw)), whole);
			return whole.some(([kind]) => kind === 'fault');
		},
	},
	{
		name: 'lines',
		seeds: ['a\nb\r\n\nc', '\r\r\n'],
		check: (input, draw) => {
			const read = (blocks: readonly string[]) =>
				events(blocks, (told) => new LineSplitter({ record: told('record'), fault: told('fault') }));
			same(
				'lines',
				read(cut(input, draw)),
				linesOf(input).map((line, i) => ['record', line, i + 1]),
			);
			return false;
		},
	},
	{
		name: 'json',
		seeds: ['[{"a":[1,-2.5e3,true,null,"x\\u00e9\\n"],"":{}},\n[],"é𝒳"]', '[ 0 , {"__proto__":{"a":1},"b":[[[]]]} ]\n'],
		check: (input, draw) => {
			let expected: unknown;
			try {
				expected = JSON.parse(input);
			} catch {}
			let told: unknown[][] | undefined;
			try {
				told = events(cut(input, draw), (tell) => {
					const fail = (_: number, reason: string): never => {
						throw new DataError(reason);
					};
					return new JsonElements({ record: tell('record'), fault: tell('fault'), fail });
				});
			} catch (error) {
				if (!(error instanceof DataError)) throw error;
			}
			const refused = told === undefined || told.some(([kind]) => kind === 'fault');
			if (!refused)
				same(
					'elements',
					told!.map(([, value]) => value),
					expected,
				);
			else if (Array.isArray(expected) && !input.includes('['.repeat(1000))) throw new Error('expected its elements, got a refusal');
			return refused;
		},
	},
	{
		name: 'gzip',
		seeds: ['a\nb\n', texts[0]!.repeat(20), ''],
		check: async (input, draw, path) => {
			const bytes = gzipSync(input);
			for (let n = draw(3); n > 0; n--) bytes[2 + draw(bytes.length - 2)] = draw(256);
			const cutOff = draw(4) === 0 ? bytes.subarray(0, 2 + draw(bytes.length - 2)) : bytes;
			let expected: string | undefined;
			try {
				expected = new TextDecoder().decode(gunzipSync(cutOff));
			} catch {}
			await writeFile(path, cutOff);
			const got = await collect(lines(path)).catch((error) => {
				if (!(error instanceof DataError)) throw error;
				return undefined;
			});
			const utf16 = got === undefined && /^(.\0.\0|\0.\0.)/s.test(expected ?? '');
			if (!utf16) same('whether it is refused', got === undefined, expected === undefined);
			if (got && expected !== undefined) {
				same(
					'text',
					got.map(({ text }) => text),
					linesOf(expected),
				);
			}
			return got === undefined;
		},
	},
	{
		name: 'text',
		seeds: texts,
		check: (input) => {
			const tokens = wordTokens(input);
			same('characters', tokens.join(''), input.replace(/[\s\x85]/g, ''));
			const once = cleanText(input);
			if (/[\p{Cs}\0]|\s\s/u.test(once)) throw new Error('expected a clean text');
			return false;
		},
	},
];

/** All that a parser tells of these blocks. */
function events(
	blocks: readonly string[],
	start: (told: (kind: string) => (what: unknown, line: unknown) => void) => TextParser,
): unknown[][] {
	const all: unknown[][] = [];
	const parser = start((kind) => (what, line) => all.push([kind, what, line]));
	for (const block of blocks) parser.push(block);
	parser.end();
	return all;
}

/** Lines as `lines` has them, the plain way. */
function linesOf(text: string): string[] {
	const all = text.split('\n');
	if (all.at(-1) === '') all.pop();
	return all.map((line) => line.replace(/\r$/, ''));
}

function same(what: string, got: unknown, expected: unknown): void {
	if (!isDeepStrictEqual(got, expected)) {
		throw new Error(`expected the same ${what}, got ${JSON.stringify(got)?.slice(0, 300)} for ${JSON.stringify(expected)?.slice(0, 300)}`);
	}
}

function cut(text: string, draw: Draw): string[] {
	const blocks: string[] = [];
	for (let at = 0; at < text.length; ) {
		const end = at + 1 + draw(draw(2) === 0 ? 8 : text.length);
		blocks.push(text.slice(at, end));
		at = end;
	}
	return blocks;
}

function mutated(seed: string, draw: Draw): string {
	let text = seed;
	for (let n = draw(6); n > 0; n--) {
		const at = draw(text.length + 1);
		const end = at + draw(Math.min(20, text.length - at + 1));
		const middle = [pieces[draw(pieces.length)]!, text.slice(at, end).repeat(2), '', String.fromCharCode(draw(0x300)), text.slice(at, end)];
		text = text.slice(0, at) + middle[draw(middle.length)] + text.slice(draw(3) === 0 ? end : at);
	}
	return text;
}

/** What a run of the fuzzer found. */
export interface Fuzzed {
	inputs: number;
	refused: number;
	/** The longest time for one input, in ms. */
	slowest: number;
}

/**
 * Makes `count` inputs and checks each; every tenth one is gzip, which goes through a file.
 *
 * @throws Error that names the input, when something is wrong.
 */
export async function fuzz(count: number, seed: number): Promise<Fuzzed> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-fuzz-'));
	const [gzip, others] = [targets.filter(({ name }) => name === 'gzip'), targets.filter(({ name }) => name !== 'gzip')];
	const result: Fuzzed = { inputs: 0, refused: 0, slowest: 0 };
	try {
		for (let index = 0; index < count; index++) {
			let drawn = 0;
			const draw: Draw = (limit) => (limit > 0 ? randomUint32(seed, index, drawn++) % limit : 0);
			const { name, seeds, check } = index % 10 === 0 ? gzip[0]! : others[index % others.length]!;
			const input = mutated(seeds[draw(seeds.length)]!, draw);
			const start = performance.now();
			try {
				if (await check(input, draw, join(folder, 'input'))) result.refused++;
			} catch (error) {
				throw new Error(`fuzz: ${name}, seed ${seed}, number ${index}, ${JSON.stringify(input)}: ${(error as Error).message}`, {
					cause: error,
				});
			}
			result.inputs++;
			result.slowest = Math.max(result.slowest, performance.now() - start);
		}
	} finally {
		await rm(folder, { recursive: true });
	}
	return result;
}
