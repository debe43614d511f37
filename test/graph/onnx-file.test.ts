// Model files on disk: external data, files of any size, and paths and places that lie.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { createSession, type OnnxModel, readOnnx, readOnnxFile, tensor, writeOnnx, writeOnnxFile } from 'textloom/graph';
import { afterAll, describe, expect, it } from 'vitest';
import { modelPieces } from '../../dist/src/graph/onnx/write.js';

const folder = mkdtempSync(join(tmpdir(), 'textloom-onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** y = x w + b with a weight of 8 KB and a bias of 64 bytes. */
const model = (): OnnxModel => ({
	opset: 21,
	producer: 'test',
	metadata: {},
	graph: {
		name: 'g',
		inputs: [{ name: 'x', dtype: 'float32', shape: ['batch', 128] }],
		outputs: [{ name: 'y', dtype: 'float32', shape: ['batch', 16] }],
		initializers: new Map([
			[
				'w',
				tensor(
					'float32',
					[128, 16],
					Float32Array.from({ length: 2048 }, (_, at) => Math.sin(at)),
				),
			],
			[
				'b',
				tensor(
					'float32',
					[16],
					Float32Array.from({ length: 16 }, (_, at) => at),
				),
			],
		]),
		nodes: [{ op: 'Gemm', name: 'n', inputs: ['x', 'w', 'b'], outputs: ['y'], attributes: {} }],
	},
});

async function result(path: string) {
	const session = await createSession(path, { threads: 1 });
	try {
		return (await session.run({ x: tensor('float32', [1, 128], new Array(128).fill(0.1)) }, { outputs: ['y'] })).y!.data;
	} finally {
		await session.release();
	}
}

/** A model file with one float32 tensor, whose fields are given as protobuf text pairs of external data. */
function outside(dims: readonly number[], places: readonly Readonly<Record<string, string>>[]): Uint8Array {
	const message = (to: BinaryWriter, number: number, write: (to: BinaryWriter) => void) => {
		to.tag(number, WireType.LengthDelimited).fork();
		write(to);
		to.join();
	};
	const to = new BinaryWriter();
	message(to, 8, (to) => to.tag(2, WireType.Varint).int64(21));
	message(to, 7, (to) => {
		for (const [at, place] of places.entries()) {
			message(to, 5, (to) => {
				for (const dim of dims) to.tag(1, WireType.Varint).int64(dim);
				to.tag(2, WireType.Varint).int32(1);
				to.tag(8, WireType.LengthDelimited).string(`w${at}`);
				to.tag(14, WireType.Varint).int32(1);
				for (const [key, value] of Object.entries(place)) {
					message(to, 13, (to) => {
						to.tag(1, WireType.LengthDelimited).string(key);
						to.tag(2, WireType.LengthDelimited).string(value);
					});
				}
			});
		}
	});
	return to.finish();
}

describe('files', () => {
	it('one file, or two: the same model, which ONNX Runtime takes', async () => {
		const inside = mkdtempSync(join(folder, 'pair-'));
		const [one, two] = [join(inside, 'one.onnx'), join(inside, 'two.onnx')];
		await writeOnnxFile(one, model());
		await writeOnnxFile(two, model(), { externalData: 1024 });
		expect(readdirSync(inside).sort()).toEqual(['one.onnx', 'two.onnx', 'two.onnx_data']);
		expect(statSync(`${two}_data`).size).toBe(8192);
		expect(statSync(two).size).toBeLessThan(1000);
		expect(readFileSync(one)).toEqual(Buffer.from(writeOnnx(model())));
		for (const path of [one, two]) {
			expect(await readOnnxFile(path)).toEqual(model());
			expect(await result(path)).toEqual(await result(one));
		}
		expect(() => readOnnx(readFileSync(two))).toThrow(/tensor w with its numbers in another file/);
	});

	it('tensors begin at whole pages, one after another', async () => {
		const many = model();
		const initializers = new Map([
			...many.graph.initializers,
			['odd', tensor('uint8', [3], [1, 2, 3])],
			['last', tensor('int64', [2], [4, 5])],
		] as const);
		const path = join(folder, 'many.onnx');
		await writeOnnxFile(path, { ...many, graph: { ...many.graph, initializers } }, { externalData: 0 });
		expect(statSync(`${path}_data`).size).toBe(8192 + 3 * 4096);
		expect((await readOnnxFile(path)).graph.initializers).toEqual(initializers);
	});

	it('in a lower opset', async () => {
		const path = join(folder, 'low.onnx');
		await writeOnnxFile(path, model(), { opset: 13, externalData: 64 });
		expect((await readOnnxFile(path)).opset).toBe(13);
	});

	it('equal places share memory', async () => {
		writeFileSync(join(folder, 'numbers'), new Uint8Array(Float32Array.of(1, 2, 3).buffer));
		const place = { location: 'numbers', offset: '4', length: '8' };
		writeFileSync(join(folder, 'shared.onnx'), outside([2], [place, place]));
		const { initializers } = (await readOnnxFile(join(folder, 'shared.onnx'))).graph;
		expect(initializers.get('w0')!.data).toEqual(Float32Array.of(2, 3));
		expect(initializers.get('w1')!.data.buffer).toBe(initializers.get('w0')!.data.buffer);
	});

	it('a file that is not there is an error of the system', async () => {
		await expect(readOnnxFile(join(folder, 'none.onnx'))).rejects.toThrow(/ENOENT/);
	});

	it('cut anywhere, it is refused, and soon', async () => {
		const path = join(folder, 'cut.onnx');
		const bytes = writeOnnx(model());
		for (let end = 0; end < bytes.length; end += end < 200 ? 1 : 211) {
			writeFileSync(path, bytes.subarray(0, end));
			await expect(readOnnxFile(path)).rejects.toThrow(/^readOnnx: .* bytes that are not one .*Export or copy it again\.$/);
		}
	});
});

describe('places that lie', () => {
	mkdirSync(join(folder, 'model', 'inner'), { recursive: true });
	writeFileSync(join(folder, 'secret'), new Uint8Array(64));
	writeFileSync(join(folder, 'model', 'data'), new Uint8Array(64));
	writeFileSync(join(folder, 'model', 'inner', 'data'), new Uint8Array(64));
	symlinkSync(join(folder, 'secret'), join(folder, 'model', 'link'));
	symlinkSync(folder, join(folder, 'model', 'away'));
	const path = join(folder, 'model', 'model.onnx');
	const read = async (dims: readonly number[], ...places: Readonly<Record<string, string>>[]) => {
		writeFileSync(path, outside(dims, places));
		return readOnnxFile(path);
	};

	it('reads what lies in the folder or below it', async () => {
		for (const location of ['data', 'inner/data'])
			expect((await read([16], { location })).graph.initializers.get('w0')!.shape).toEqual([16]);
	});

	const refused: Record<string, [dims: readonly number[], places: Readonly<Record<string, string>>[], says: RegExp]> = {
		'an absolute path': [[16], [{ location: join(folder, 'secret') }], /a link or a path out of the model's folder\. Put the file itself/],
		'a path upwards': [[16], [{ location: '../secret' }], /in "\.\.\/secret", a link or a path out/],
		'a path down and up': [[16], [{ location: 'inner/../../secret' }], /a path out/],
		'a path for Windows': [[16], [{ location: '..\\secret' }], /a path out/],
		'a drive': [[16], [{ location: 'C:secret' }], /a path out/],
		'a path with a NUL': [[16], [{ location: 'data\0' }], /a path out/],
		'a link to a file': [[16], [{ location: 'link' }], /"link", a link/],
		'a file behind a link': [[16], [{ location: 'away/secret' }], /a link/],
		'a folder': [[16], [{ location: 'inner' }], /in inner, which is no file\. Put that file beside the model/],
		'a file that is not there': [[16], [{ location: 'nothing' }], /in nothing, which is no file/],
		'more than the file has': [[17], [{ location: 'data' }], /tensor w0 ends at byte 68 of a file of 64/],
		'a place behind its end': [[1], [{ location: 'data', offset: '64' }], /ends at byte 68 of a file of 64/],
		'a length that is not that of the shape': [[4], [{ location: 'data', length: '20' }], /tensor w0 has 20 bytes, not 16/],
		'a negative place': [[4], [{ location: 'data', offset: '-4' }], /at byte "-4" of a file/],
		'a place that is no number': [[4], [{ location: 'data', offset: '1e3' }], /at byte "1e3"/],
		'a huge place': [[4], [{ location: 'data', offset: '9'.repeat(30) }], /at byte "9{30}"/],
		'sizes of 2⁴⁰': [[2 ** 40], [{ location: 'data' }], /ends at byte 4398046511104 of a file of 64/],
		'sizes whose product is no number': [[2 ** 40, 2 ** 40, 2 ** 52], [{ location: 'data' }], /ends at byte/],
		'a negative size': [[-1], [{ location: 'data' }], /negative size/],
		'the same bytes over and over': [
			[15],
			[{ location: 'data' }, { location: 'data', offset: '4' }],
			/tensor w1 overlaps other tensors in its file/,
		],
	};
	for (const [name, [dims, places, says]] of Object.entries(refused)) {
		it(name, async () => {
			await expect(read(dims, ...places)).rejects.toThrow(says);
			await expect(read(dims, ...places)).rejects.toThrow(/^readOnnx: /);
			await expect(read(dims, ...places)).rejects.toThrow(RangeError);
		});
	}
});

describe('numbers on their way into a file', () => {
	it('are the tensors themselves: no piece is a copy, in the model, its branches and its constants', () => {
		const numbers = (count: number) => tensor('float32', [count], new Float32Array(count).fill(count));
		const [outer, inner, attribute, small] = [numbers(5000), numbers(6000), numbers(7000), numbers(3)];
		const graph: OnnxModel['graph'] = {
			name: 'g',
			inputs: [],
			outputs: [],
			initializers: new Map([
				['outer', outer],
				['small', small],
			]),
			nodes: [
				{ op: 'Constant', name: '', inputs: [], outputs: ['k'], attributes: { value: { tensor: attribute } } },
				{
					op: 'If',
					name: '',
					inputs: ['c'],
					outputs: ['y'],
					attributes: {
						then_branch: { graph: { name: 'b', inputs: [], outputs: [], nodes: [], initializers: new Map([['inner', inner]]) } },
					},
				},
			],
		};
		const whole: OnnxModel = { opset: 21, producer: '', metadata: {}, graph };
		const pieces = modelPieces(whole);
		for (const { data } of [outer, inner, attribute]) expect(pieces.filter(({ buffer }) => buffer === data.buffer)).toHaveLength(1);
		// A few around each of them: the rest is put together.
		expect(pieces.length).toBeLessThan(25);
		expect(Buffer.concat([...pieces]).equals(writeOnnx(whole))).toBe(true);
		expect(readOnnx(writeOnnx(whole)).graph.initializers).toEqual(graph.initializers);
	});
});

describe('files over 2 GB, by files with holes', () => {
	const peak = () => process.memoryUsage().rss / 1e6;

	it('two small tensors of 2.5 GB of external data', async () => {
		const data = join(folder, 'huge_data');
		writeFileSync(data, '');
		truncateSync(data, 2.5e9);
		const path = join(folder, 'huge.onnx');
		const place = (offset: number) => ({ location: 'huge_data', offset: String(offset), length: '16' });
		writeFileSync(path, outside([4], [place(4096), place(2.5e9 - 16)]));
		const before = peak();
		const { initializers } = (await readOnnxFile(path)).graph;
		expect(initializers.get('w1')!.data).toEqual(new Float32Array(4));
		console.log(`two tensors of a file of 2.5 GB: ${(peak() - before).toFixed(0)} MB more memory`);
		// Of more than 2000.
		expect(peak() - before).toBeLessThan(1000);
	});

	it('a field of 2.1 GB that is no tensor is refused before it is in memory', async () => {
		const path = join(folder, 'padded.onnx');
		const small = writeOnnx(model());
		const size = 2.1e9;
		const head = new BinaryWriter();
		head.tag(99, WireType.LengthDelimited).uint32(size);
		writeFileSync(path, Buffer.concat([small, head.finish()]));
		truncateSync(path, statSync(path).size + size);
		const before = peak();
		await expect(readOnnxFile(path)).rejects.toThrow(/more than \d+ bytes beside its initializers/);
		// Of more than 2000.
		expect(peak() - before).toBeLessThan(1000);
	});
});
