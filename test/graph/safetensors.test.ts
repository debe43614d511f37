// Safetensors: what was written is read, of every element type, from bytes and from files; what is no whole file is refused in one line.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	type DType,
	readSafetensors,
	readSafetensorsFile,
	readSafetensorsMetadata,
	type Tensor,
	type WrittenTensor,
	writeSafetensors,
	writeSafetensorsFile,
	zeroTensor,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const floats = (shape: readonly number[], ...numbers: number[]): Tensor => ({ dtype: 'float32', shape, data: Float32Array.from(numbers) });
const file = {
	tensors: { a: floats([2, 2], 1, -0, Number.MIN_VALUE, 4), ünï: floats([0]) },
	metadata: { note: 'plain text' },
};
const dtypes = [
	'float64',
	'float32',
	'float16',
	'bfloat16',
	'int64',
	'int32',
	'int16',
	'int8',
	'uint64',
	'uint32',
	'uint16',
	'uint8',
	'bool',
] as const;
/** A tensor of every type, its bytes 1, 2, 3 …; of odd sizes, so that alignment shows. */
const everyType = Object.fromEntries(
	dtypes.map((dtype: DType): [string, Tensor] => {
		const tensor = zeroTensor(dtype, [3, 1]);
		const bytes = new Uint8Array(tensor.data.buffer);
		for (let i = 0; i < bytes.length; i++) bytes[i] = i + 1;
		return [`of.${dtype}`, tensor];
	}),
);

/** A file that Python's library wrote, and what is in it: test/golden/graph/tensor_files.py. */
const golden = JSON.parse(readFileSync(new URL('../golden/graph/tensor_files.json', import.meta.url), 'utf8')) as {
	file: string;
	tensors: Record<string, { dtype: string; shape: number[]; bytes: string }>;
};
const goldenFile = Buffer.from(golden.file, 'base64');

/** A file of this header and so many bytes after it. */
function crafted(header: unknown, bytes = 4): Uint8Array {
	const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
	const whole = new Uint8Array(8 + json.length + bytes);
	new DataView(whole.buffer).setBigUint64(0, BigInt(json.length), true);
	whole.set(json, 8);
	return whole;
}

describe('safetensors', () => {
	it('reads what it wrote, wherever the bytes lie', () => {
		const bytes = writeSafetensors(file);
		const inside = new Uint8Array(bytes.length + 3);
		inside.set(bytes, 3);
		for (const given of [bytes, inside.subarray(3), Buffer.from(bytes)]) {
			const read = readSafetensors(given);
			expect({ ...read.tensors }).toEqual(file.tensors);
			expect(read.metadata).toEqual(file.metadata);
		}
	});

	it('has every element type, each where other readers can take it: at a multiple of its size', async () => {
		const path = join(folder, 'types.safetensors');
		await writeSafetensorsFile(path, {
			tensors: Object.entries(everyType).map(([name, { dtype, shape, data }]): WrittenTensor => [name, { dtype, shape }, () => data]),
		});
		const bytes = new Uint8Array(readFileSync(path));
		expect(bytes).toEqual(new Uint8Array(writeSafetensors({ tensors: everyType })));
		for (const read of [readSafetensors(bytes), await readSafetensorsFile(path)]) expect({ ...read.tensors }).toEqual(everyType);
		const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
		const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
		for (const [name, { data }] of Object.entries(everyType))
			expect((8 + length + header[name].data_offsets[0]) % data.BYTES_PER_ELEMENT).toBe(0);
	});

	it('writes the header that the format asks for: a length of 8 bytes, JSON, numbers from a multiple of 8 on', () => {
		const bytes = new Uint8Array(writeSafetensors(file));
		const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
		expect(length % 8).toBe(0);
		expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
			__metadata__: { note: 'plain text' },
			a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
			ünï: { dtype: 'F32', shape: [0], data_offsets: [16, 16] },
		});
		expect(bytes.length).toBe(8 + length + 16);
	});

	it('reads a file of any size a tensor at a time, and its texts without its tensors', async () => {
		const path = join(folder, 'file.safetensors');
		await writeSafetensorsFile(path, {
			tensors: [['w', { dtype: 'float32', shape: [3] }, () => Float32Array.of(1, 2, 3)]],
			metadata: { step: '7' },
		});
		expect(await readSafetensorsMetadata(path)).toEqual({ step: '7' });
		const { tensors } = await readSafetensorsFile(path);
		expect(Array.from(tensors.w!.data as Float32Array)).toEqual([1, 2, 3]);
		await expect(readSafetensorsFile(join(folder, 'none'))).rejects.toThrow('ENOENT');
		writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size - 1));
		await expect(readSafetensorsFile(path)).rejects.toThrow(
			/^readSafetensors: expected a whole safetensors file, got .*the tensors end at byte 12 of 11/,
		);
		mkdirSync(join(folder, 'folder'));
		await expect(readSafetensorsFile(join(folder, 'folder'))).rejects.toThrow(/EISDIR|readSafetensors/);
	});

	it('refuses every beginning of a file', () => {
		const bytes = writeSafetensors(file);
		for (let end = 0; end < bytes.length; end++) expect(() => readSafetensors(bytes.subarray(0, end))).toThrow(RangeError);
	});

	it('takes tensors of any name', () => {
		const tensors = Object.fromEntries(['__proto__', 'constructor', 'toString', '10', '9'].map((name) => [name, floats([1], name.length)]));
		const read = readSafetensors(writeSafetensors({ tensors })).tensors;
		expect(Object.keys(read).sort()).toEqual(['10', '9', '__proto__', 'constructor', 'toString'].sort());
	});

	it.each([
		['null', null, 'the header is no object'],
		['a list', [], 'the header is no object'],
		['a tensor that is null', { a: null }, 'a is of no known type'],
		['an unknown type', { a: { dtype: 'F8', shape: [4], data_offsets: [0, 4] } }, 'a is of type F8, which is not read'],
		[
			'a type that is a word of JavaScript',
			{ a: { dtype: 'toString', shape: [4], data_offsets: [0, 4] } },
			'a is of type toString, which is not read',
		],
		['a name of a million letters', { ['x'.repeat(1e6)]: null }, `${'x'.repeat(60)}… is of no known type`],
		['a type of another size', { a: { dtype: 'F16', shape: [1], data_offsets: [0, 4] } }, 'a does not lie within the file'],
		['more than there is', { a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, 'the tensors end at byte 8 of 4'],
		['a negative place', { a: { dtype: 'F32', shape: [1], data_offsets: [-4, 0] } }, 'a has no shape and place'],
		['no place', { a: { dtype: 'F32', shape: [1] } }, 'a has no shape and place'],
		[
			'a size beyond all numbers',
			{ a: { dtype: 'F32', shape: [2 ** 52, 2 ** 52], data_offsets: [0, 4] } },
			'a does not lie within the file',
		],
		[
			'a hole',
			{ a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] }, b: { dtype: 'U8', shape: [2], data_offsets: [2, 4] } },
			'b does not lie where the tensor before it ends',
		],
		[
			'two in one place',
			{ a: { dtype: 'U8', shape: [3], data_offsets: [0, 3] }, b: { dtype: 'U8', shape: [2], data_offsets: [2, 4] } },
			'b does not lie where the tensor before it ends',
		],
		['metadata that are no texts', { __metadata__: { a: 1 } }, 'its metadata are no texts'],
		['metadata that are null', { __metadata__: null }, 'its metadata are no texts'],
		['a list in a list, 300,000 deep', '['.repeat(300_000), 'the header is not JSON'],
		['the same, closed', `${'['.repeat(300_000)}${']'.repeat(300_000)}`, 'the header is no object'],
	])('refuses %s', (_, header, reason) => {
		const error = (() => {
			try {
				return readSafetensors(crafted(header));
			} catch (error) {
				return error as Error;
			}
		})() as Error;
		expect(error).toBeInstanceOf(RangeError);
		expect(error.message).toMatch(/^readSafetensors: expected a whole safetensors file, got \d+ bytes that are not one \(/);
		expect(error.message).toContain(`(${reason}). Copy the file again.`);
	});

	it('reads every element type as Python wrote it, and metadata', () => {
		const { tensors, metadata } = readSafetensors(goldenFile);
		expect(metadata.format).toBe('pt');
		const seen = Object.fromEntries(
			Object.entries(tensors).map(([name, { dtype, shape, data }]) => [
				name,
				{ dtype, shape, bytes: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') },
			]),
		);
		expect(seen).toEqual(golden.tensors);
		expect(new Set(Object.values(seen).map(({ dtype }) => dtype)).size).toBe(13);
		expect(tensors.int64!.data).toEqual(BigInt64Array.of(0n, 1n, -2n, 3n, 100n, 7n));
		expect(tensors.bool!.data).toEqual(Uint8Array.of(0, 1, 1, 1, 1));
	});

	it('says in one line what it cannot write or read, and leaves no file behind', async () => {
		const w = floats([1], 1);
		const path = join(folder, 'refused.safetensors');
		const wrong: [() => unknown, RegExp][] = [
			[() => writeSafetensors(undefined as never), /^writeSafetensors: expected an object of options, got nothing/],
			[() => writeSafetensors({} as never), /^writeSafetensors: expected tensors to be tensors by name, .*got nothing\. Pass it\./],
			[() => writeSafetensors({ tensors: { w: [1] as never } }), /^writeSafetensors: expected tensor w to be a tensor/],
			[() => writeSafetensors({ tensors: { w: { ...w, shape: [2] } } }), /^writeSafetensors: expected tensor w to be a tensor/],
			[() => writeSafetensors({ tensors: { w }, metadata: { a: 1 as never } }), /^writeSafetensors: expected metadata to be texts by name/],
			[() => writeSafetensors({ tensors: { __metadata__: w } }), /^writeSafetensors: .* got __metadata__, which the format keeps/],
			[() => readSafetensors('file' as never), /^readSafetensors: expected the file to be a Uint8Array/],
			[() => readSafetensorsFile(undefined as never), /^readSafetensorsFile: expected the path to be a text/],
			[() => writeSafetensorsFile('', { tensors: [] }), /^writeSafetensorsFile: expected the path/],
			[() => writeSafetensorsFile(path, { tensors: { w } as never }), /^writeSafetensorsFile: expected tensors to be a list of \[name/],
			[() => writeSafetensorsFile(path, { tensors: [['w', w] as never] }), /^writeSafetensorsFile: expected a tensor to be \[name/],
			[
				() => writeSafetensorsFile(path, { tensors: [0, 1].map((): WrittenTensor => ['w', w, () => w.data]) }),
				/^writeSafetensors: expected each tensor under a name of its own, got w, which another has/,
			],
			[
				() => writeSafetensorsFile(path, { tensors: [['w', w, () => new Float64Array(1)]] }),
				/^writeSafetensors: expected tensor w to be a tensor/,
			],
			[
				() => writeSafetensorsFile(path, { tensors: [['w', w, () => new Float32Array(2)]] }),
				/^writeSafetensors: expected tensor w to be a tensor/,
			],
		];
		const before = readdirSync(folder);
		for (const [act, message] of wrong) {
			const error: Error = await Promise.resolve()
				.then(act)
				.then(
					() => new Error('none'),
					(error) => error,
				);
			expect(error.message).toMatch(message);
			expect(error.message).not.toContain('\n');
			expect(error).toBeInstanceOf(RangeError);
		}
		expect(readdirSync(folder)).toEqual(before);
	});
});
