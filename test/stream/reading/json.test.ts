import { truncateSync } from 'node:fs';
import fc from 'fast-check';
import { collect, DataError, json } from 'textloom';
import type { Json } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { JsonElements } from '../../../dist/src/stream/reading/json-core.js';
import { temporary } from '../../temporary.js';

const { file } = temporary();

/** What the parser tells of a text that comes in these blocks. */
function parsed(blocks: readonly string[], path: string[] = [], maxRecord?: number) {
	const records: Json[] = [];
	const lines: number[] = [];
	const faults: string[] = [];
	const parser: JsonElements = new JsonElements(
		{
			record: (value, line) => {
				records.push(value);
				lines.push(line);
			},
			fault: (line, reason) => faults.push(`${line} ${reason}`),
			fail: (line, reason) => {
				throw new DataError(reason, { file: 'f', line });
			},
		},
		{ path, ...(maxRecord === undefined ? {} : { maxRecord }) },
	);
	for (const block of blocks) parser.push(block);
	parser.end();
	return { records, lines, faults };
}

function cut(text: string, places: readonly number[]): string[] {
	const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
	return at.slice(1).map((end, i) => text.slice(at[i], end));
}

describe('json', () => {
	it('gives what JSON.parse gives, wherever blocks are cut', () => {
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '', '\ud800', '\0', 'x'.repeat(300)));
		const { value } = fc.letrec<{ value: Json }>((tie) => ({
			value: fc.oneof(
				{ depthSize: 'small' },
				text,
				fc.double({ noNaN: true, noDefaultInfinity: true }),
				fc.integer(),
				fc.boolean(),
				fc.constant(null),
				fc.array(tie('value'), { maxLength: 4 }),
				fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
			),
		}));
		fc.assert(
			fc.property(
				fc.array(value, { maxLength: 5 }),
				fc.constantFrom(0, 1, '\t'),
				fc.array(fc.nat(), { maxLength: 6 }),
				(list, indent, places) => {
					const whole = JSON.stringify(list, null, indent);
					expect(parsed(cut(whole, places)).records).toEqual(JSON.parse(whole));
					const inside = JSON.stringify({ a: [list], 'b.c': { x: [[1], list, [list]], '': list }, list: 1 }, null, indent);
					expect(parsed(cut(inside, places), ['b.c', 'x', '1']).records).toEqual(JSON.parse(whole));
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('knows the line of each element', () => {
		const { lines } = parsed(['[1,\n\n{"a":\n[2]}, 3', '4\n, "x"\r\n,true,', 'null\n]']);
		expect(lines).toEqual([1, 3, 4, 5, 6, 6]);
	});

	it.each([
		['', [], 'f:1: expected the end of the JSON text, got the end of the file.'],
		['[1,\n2', [], 'f:2: expected the end of the JSON text, got the end of the file.'],
		['[1,\n2,\n]', [], "f:3: expected JSON, got a mistake in it (unexpected token ']')."],
		['[1 2]', [], "f:1: expected JSON, got a mistake in it (expected ',')."],
		['[01]', [], "f:1: expected JSON, got a mistake in it (expected ',')."],
		["['a']", [], 'f:1: expected JSON, got a mistake in it (expected a value).'],
		['["a\tb",      1]', [], 'f:1: expected JSON, got a mistake in it (escaped characters).'],
		['[1]\n[2]', [], 'f:2: expected JSON, got a mistake in it (unexpected characters).'],
		['{"a":1}', [], 'f:1: expected an array at the top, got an object. Name the path of the array, json(file, { path });'],
		['"a"', [], 'f:1: expected an array at the top, got a text.'],
		['{"a":\n{"b":1}}', ['a', 'b'], 'f:2: expected an array at a.b, got a number. Check the path.'],
		['{"a":7}', ['a', 'b'], 'f:1: expected an array at a.b, got a number on the way there.'],
		['{"b":[]}', ['a'], 'f:1: expected an array at a, got nothing there. Check the path.'],
	] as const)('refuses %j', (text, path, message) => {
		expect(() => parsed([text], [...path])).toThrow(message);
	});

	it('refuses values 100,000 deep, as elements and beside the path, and goes on after an element', () => {
		const deep = `${'['.repeat(1e5)}1${']'.repeat(1e5)}`;
		const { records, faults } = parsed([`[1,\n${deep}, {"a":${deep}}, 2]`]);
		expect(records).toEqual([1, 2]);
		expect(faults.map((fault) => fault.slice(0, 46))).toEqual(
			Array(2).fill('2 expected values nested at most 1000 deep, got'.slice(0, 46)),
		);
		expect(parsed([`{"b": ${deep}, "a": [3]}`], ['a']).records).toEqual([3]);
		expect(() => parsed(['['.repeat(3e6)], ['a'])).toThrow('f:1: expected values nested at most');
	});

	it('passes over a value that is too large, in bounded memory, and goes on', async () => {
		const large = 'x'.repeat(1000);
		const { records, faults } = parsed(
			cut(`[1, "${large}", {"a": ["${large}"]},\n {"${large}": 1}, [${'1,'.repeat(900)}1], "b"]`, [700, 1900]),
			[],
			800,
		);
		expect(records).toEqual([1, 'b']);
		expect(faults.map((fault) => fault.slice(0, 47))).toEqual(
			['1', '1', '2', '2'].map((line) => `${line} expected a value of at most 800 characters, g`.slice(0, 47)),
		);
	});

	it('says which file, line and element', async () => {
		const path = file('mixed.json', '[{"text":"a"},\n3]');
		const error = await collect(json(path)).catch((error) => error);
		expect(error).toBeInstanceOf(DataError);
		expect(error.message).toBe(
			`${path}:2: expected a JSON object, got a number. Say what to make of it: json(file, { record }). (element 2)`,
		);
		expect(await collect(json(path, { onError: 'skip', path: [] }))).toEqual([{ text: 'a' }]);
	});

	it('refuses a file of NULs', async () => {
		const path = file('nul.json', '');
		truncateSync(path, 1e6);
		await expect(collect(json(path))).rejects.toThrow(`${path}:1: expected JSON, got a mistake in it`);
	});
});
