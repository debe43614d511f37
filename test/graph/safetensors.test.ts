// Safetensors: every element type, files of Python's library (test/golden/graph/tensor_files.py), files written in pieces, and files that lie.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors, readSafetensorsFile, type Tensor, tensor, writeSafetensors, writeSafetensorsFile } from 'textloom';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'textloom-safetensors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const golden = JSON.parse(readFileSync(new URL('../golden/graph/tensor_files.json', import.meta.url), 'utf8')) as {
	file: string;
	tensors: Record<string, { dtype: string; shape: number[]; bytes: string }>;
};
const goldenFile = Buffer.from(golden.file, 'base64');

const file = {
	tensors: {
		a: tensor('float32', [2, 2], [1, -0, 2 ** -149, 4]),
		flags: tensor('bool', [3], [1, 0, 1]),
		'10': tensor('int64', [], [-7]),
		__proto__x: tensor('float16', [1], [0x3c00]),
		ünï: tensor('float64', [0, 3], []),
	} as Record<string, Tensor>,
	metadata: { note: 'plain text' },
};

/** The numbers of a tensor as bytes, for comparing without a look at types. */
const raw = ({ data }: Tensor) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');

/** A file of a header as it is given and so many bytes after it. */
function fileOf(json: string, room = 0): Uint8Array {
	const header = new TextEncoder().encode(json);
	const whole = new Uint8Array(8 + header.length + room);
	new DataView(whole.buffer).setBigUint64(0, BigInt(header.length), true);
	whole.set(header, 8);
	return whole;
}

describe('safetensors', () => {
	it('reads what it wrote, wherever the bytes lie, in the same order', () => {
		const bytes = writeSafetensors(file);
		const inside = new Uint8Array(bytes.length + 3);
		inside.set(bytes, 3);
		for (const given of [bytes, inside.subarray(3), Buffer.from(bytes)]) {
			const read = readSafetensors(given);
			expect({ ...read.tensors }).toEqual(file.tensors);
			expect(Object.keys(read.tensors)).toEqual(Object.keys(file.tensors));
			expect({ ...read.metadata }).toEqual(file.metadata);
		}
	});

	it('reads every element type as Python wrote it, and writes it so that Python gets the same', () => {
		const { tensors, metadata } = readSafetensors(goldenFile);
		expect(metadata.format).toBe('pt');
		const seen = Object.fromEntries(
			Object.entries(tensors).map(([name, value]) => [name, { dtype: value.dtype, shape: value.shape, bytes: raw(value) }]),
		);
		expect(seen).toEqual(golden.tensors);
		expect(new Set(Object.values(seen).map(({ dtype }) => dtype)).size).toBe(13);
		expect(tensors.int64!.data).toEqual(BigInt64Array.of(0n, 1n, -2n, 3n, 100n, 7n));
		expect(tensors.bool!.data).toEqual(Uint8Array.of(0, 1, 1, 1, 1));
		const again = readSafetensors(writeSafetensors({ tensors, metadata }));
		expect({ ...again.tensors }).toEqual({ ...tensors });
	});

	it('writes the header that the format asks for: a length, JSON, numbers from a multiple of 8 on, wide ones first', () => {
		const bytes = writeSafetensors({
			tensors: { flag: tensor('bool', [1], [1]), a: tensor('float32', [2], [1, 2]), long: tensor('int64', [1], [3]) },
			metadata: { note: 'plain text' },
		});
		const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
		expect(length % 8).toBe(0);
		expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
			__metadata__: { note: 'plain text' },
			flag: { dtype: 'BOOL', shape: [1], data_offsets: [16, 17] },
			a: { dtype: 'F32', shape: [2], data_offsets: [8, 16] },
			long: { dtype: 'I64', shape: [1], data_offsets: [0, 8] },
		});
		expect(bytes.length).toBe(8 + length + 17);
	});

	it('keeps names that are words of JavaScript', () => {
		const tensors = Object.fromEntries(['__proto__', 'constructor', 'toString'].map((name) => [name, tensor('uint8', [1], [1])]));
		const read = readSafetensors(writeSafetensors({ tensors, metadata: JSON.parse('{"__proto__": "text"}') }));
		expect(Object.keys(read.tensors)).toEqual(['__proto__', 'constructor', 'toString']);
		expect(Object.entries(read.metadata)).toEqual([['__proto__', 'text']]);
		expect(({} as { dtype?: string }).dtype).toBeUndefined();
	});

	it('refuses every beginning of a file', () => {
		const bytes = writeSafetensors(file);
		for (let end = 0; end < bytes.length; end++) expect(() => readSafetensors(bytes.subarray(0, end))).toThrow(RangeError);
	});

	const a = (entry: object) => JSON.stringify({ a: entry });
	const two = (first: number[], second: number[]) =>
		JSON.stringify({ a: { dtype: 'F32', shape: [1], data_offsets: first }, b: { dtype: 'F32', shape: [1], data_offsets: second } });
	const lies: Record<string, [Uint8Array, RegExp]> = {
		'a header that is null': [fileOf('null'), /its header is no JSON object/],
		'a header that is a list': [fileOf('[]'), /its header is no JSON object/],
		'no JSON': [fileOf('{'), /its header is not JSON/],
		'no UTF-8': [Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe), /its header is not JSON/],
		'an entry that is null': [fileOf('{"a": null}'), /tensor "a" is not described by an object/],
		'JSON of 300,000 levels': [fileOf(`{"a": ${'['.repeat(300_000)}${']'.repeat(300_000)}}`), /tensor "a" is not described/],
		'a shape of 300,000 levels': [
			fileOf(`{"a": {"dtype": "F32", "data_offsets": [0, 4], "shape": ${'['.repeat(300_000)}${']'.repeat(300_000)}}}`, 4),
			/tensor "a" has no shape/,
		],
		'an element type that is not read': [
			fileOf(a({ dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] }), 4),
			/"F8_E4M3", which is not read/,
		],
		'an element type that is a word of JavaScript': [fileOf(a({ dtype: 'toString', shape: [4], data_offsets: [0, 4] }), 4), /is not read/],
		'no element type': [fileOf(a({ shape: [4], data_offsets: [0, 4] }), 4), /has no element type/],
		'more bytes than the shape': [fileOf(a({ dtype: 'F32', shape: [2], data_offsets: [0, 4] }), 4), /has 4 bytes where its shape needs 8/],
		'a negative place': [fileOf(a({ dtype: 'F32', shape: [1], data_offsets: [-4, 0] }), 4), /has no two data_offsets/],
		'a negative size': [fileOf(a({ dtype: 'F32', shape: [-1, -1], data_offsets: [0, 4] }), 4), /has no shape of whole numbers/],
		'no place': [fileOf(a({ dtype: 'F32', shape: [1] }), 4), /has no two data_offsets/],
		'a place of one number': [fileOf(a({ dtype: 'F32', shape: [1], data_offsets: [4] }), 4), /has no two data_offsets/],
		'a place beyond the file': [fileOf(a({ dtype: 'F32', shape: [2], data_offsets: [0, 8] }), 4), /ends at byte 8 of 4/],
		'a size beyond memory': [fileOf(a({ dtype: 'F32', shape: [2 ** 45], data_offsets: [0, 2 ** 47] }), 4), /ends at byte \d+ of 4/],
		'a size beyond numbers': [
			fileOf(a({ dtype: 'F32', shape: [2 ** 53 - 1, 2 ** 53 - 1], data_offsets: [0, 4] }), 4),
			/has 4 bytes where its shape needs/,
		],
		'tensors that overlap': [fileOf(two([0, 4], [0, 4]), 4), /tensor "b" begins at byte 0 and not at 4/],
		'a hole': [fileOf(two([0, 4], [8, 12]), 12), /tensor "b" begins at byte 8 and not at 4/],
		'bytes at the end that no tensor has': [fileOf(two([0, 4], [4, 8]), 12), /its tensors end at byte 8 of 12/],
		'metadata that is a list': [fileOf('{"__metadata__": []}'), /its metadata is no object/],
		'metadata that is no text': [fileOf('{"__metadata__": {"a": 1}}'), /its metadata "a" is no text/],
		'a header longer than any': [Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 1), /its header is longer than the file/],
		'a name of a million letters': [fileOf(JSON.stringify({ ['x'.repeat(1e6)]: null })), /tensor "x{60}…" is not/],
	};
	for (const [name, [bytes, reason]] of Object.entries(lies)) {
		it(`refuses ${name}, in one line`, async () => {
			const path = join(folder, 'lie');
			writeFileSync(path, bytes);
			const errors = [
				await Promise.resolve()
					.then(() => readSafetensors(bytes))
					.catch((error) => error),
				await readSafetensorsFile(path).catch((error) => error),
			];
			for (const error of errors) {
				expect(error).toBeInstanceOf(RangeError);
				expect(error.message).toMatch(reason);
				expect(error.message).toMatch(/^readSafetensors(File)?: expected a whole safetensors file, got [^\n]+ Copy or save it again\.$/);
				expect(error.message.length).toBeLessThan(400);
			}
			expect(errors[1].message).toContain(path);
		});
	}

	it('says in one line what it cannot write or read', async () => {
		const w = tensor('float32', [1], [1]);
		const wrong: [() => unknown, RegExp][] = [
			[() => writeSafetensors(undefined as never), /^writeSafetensors: expected an object of options, got nothing/],
			[() => writeSafetensors({} as never), /^writeSafetensors: expected tensors to be an object of tensors by name, got nothing/],
			[() => writeSafetensors({ tensors: { w: [1] as never } }), /^writeSafetensors: expected tensor w to be a tensor/],
			[() => writeSafetensors({ tensors: { w: { ...w, shape: [2] } } }), /^writeSafetensors: expected tensor w to be a tensor/],
			[
				() => writeSafetensors({ tensors: { w }, metadata: { a: 1 as never } }),
				/^writeSafetensors: expected metadata to be an object of texts/,
			],
			[() => writeSafetensors({ tensors: { __metadata__: w } }), /^writeSafetensors: .* got __metadata__, which the format keeps/],
			[() => readSafetensors('file' as never), /^readSafetensors: expected the file to be a Uint8Array/],
			[() => readSafetensorsFile(undefined as never), /^readSafetensorsFile: expected the path to be a text/],
			[() => readSafetensorsFile(join(folder, 'none')), /ENOENT.*none/],
			[() => writeSafetensorsFile('', { tensors: {} }), /^writeSafetensorsFile: expected the path/],
			[
				() => writeSafetensorsFile(join(folder, 'x'), { tensors: [['w', w] as never] }),
				/^writeSafetensorsFile: expected a tensor to be \[name/,
			],
			[
				() => writeSafetensorsFile(join(folder, 'x'), { tensors: [0, 1].map(() => ['w', w, () => w.data] as const) }),
				/^writeSafetensors: expected each tensor under a name of its own, got w, which another tensor has/,
			],
			[
				() => writeSafetensorsFile(join(folder, 'x'), { tensors: [['w', w, () => new Float64Array(1)]] }),
				/^writeSafetensorsFile: expected tensor w to be a tensor/,
			],
		];
		for (const [act, message] of wrong) await expect(Promise.resolve().then(act)).rejects.toThrow(message);
		expect(readdirSync(folder).filter((name) => name !== 'lie')).toEqual([]);
	});
});

describe('safetensors files', () => {
	it('hold the same bytes, given as tensors or one after another', async () => {
		const [whole, lazy] = [join(folder, 'whole'), join(folder, 'lazy')];
		await writeSafetensorsFile(whole, file);
		const asked: string[] = [];
		await writeSafetensorsFile(lazy, {
			tensors: Object.entries(file.tensors).map(
				([name, { dtype, shape, data }]) =>
					[
						name,
						{ dtype, shape },
						async () => {
							asked.push(name);
							return data;
						},
					] as const,
			),
			metadata: file.metadata,
		});
		const bytes = writeSafetensors(file);
		expect(readFileSync(whole).equals(bytes)).toBe(true);
		expect(readFileSync(lazy).equals(bytes)).toBe(true);
		// Wide numbers first; each once.
		expect(asked).toEqual(['10', 'ünï', 'a', '__proto__x', 'flags']);
		const read = await readSafetensorsFile(lazy);
		expect({ ...read.tensors }).toEqual(file.tensors);
		expect({ ...read.metadata }).toEqual(file.metadata);
	});

	it('stay as they were when the numbers of a tensor cannot be had', async () => {
		const path = join(folder, 'kept');
		await writeSafetensorsFile(path, file);
		const fails = () => Promise.reject(new Error('the worker ended'));
		await expect(writeSafetensorsFile(path, { tensors: [['w', { dtype: 'float32', shape: [1] }, fails]] })).rejects.toThrow(
			'the worker ended',
		);
		expect(readFileSync(path).equals(writeSafetensors(file))).toBe(true);
		expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
	});

	it('read what Python wrote', async () => {
		const path = join(folder, 'golden');
		writeFileSync(path, goldenFile);
		expect({ ...(await readSafetensorsFile(path)).tensors }).toEqual({ ...readSafetensors(goldenFile).tensors });
	});
});
