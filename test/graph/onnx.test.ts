// ONNX files: what is written reads back equal, real exports read or say why not, and damaged bytes give one kind of error.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import {
	createSession,
	emit,
	fromOnnx,
	type OnnxAttribute,
	type OnnxGraph,
	type OnnxModel,
	readOnnx,
	type Tensor,
	tensor,
	writeOnnx,
} from 'textloom/graph';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';
import { textClassifierModel, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';

/** A model that holds one float32 initializer. */
const small = (): OnnxModel => ({
	opset: 21,
	producer: 'test',
	metadata: {},
	graph: {
		name: 'g',
		inputs: [{ name: 'x', dtype: 'float32', shape: ['batch', 2] }],
		outputs: [{ name: 'y', dtype: 'float32', shape: ['batch', 2] }],
		initializers: new Map([['w', { dtype: 'float32', shape: [2], data: Float32Array.of(1.5, -2) }]]),
		nodes: [{ op: 'Add', name: 'add', inputs: ['x', 'w'], outputs: ['y'], attributes: {} }],
	},
});

/** Fields of a protobuf message by number: integers, texts, bytes, and messages inside; a list repeats its field. */
interface Message {
	[field: number]: Field | Field[];
}
type Field = number | bigint | string | Uint8Array | Message;

/** The bytes of a message, for files that our writer does not write. */
function encode(message: Message): Uint8Array {
	const to = new BinaryWriter();
	for (const [key, value] of Object.entries(message)) {
		for (const item of Array.isArray(value) ? value : [value]) {
			if (typeof item === 'number' || typeof item === 'bigint') to.tag(Number(key), WireType.Varint).int64(item);
			else if (typeof item === 'string') to.tag(Number(key), WireType.LengthDelimited).string(item);
			else to.tag(Number(key), WireType.LengthDelimited).bytes(item instanceof Uint8Array ? item : encode(item));
		}
	}
	return to.finish();
}

/** A file that holds this graph (GraphProto by field number: 1 node, 5 initializer, 11 input, 12 output, 15 sparse initializer). */
const file = (graph: Message, opset = 21) => encode({ 1: 10, 7: graph, 8: { 1: '', 2: opset } });
const value = (name: string, type: Message = { 1: { 1: 1, 2: {} } }): Message => ({ 1: name, 2: type });

describe('readOnnx', () => {
	it('reads the bytes that the helper of this test makes', () => {
		const { graph } = readOnnx(file({ 1: { 1: ['x', ''], 2: 'y', 4: 'Relu' }, 11: value('x'), 12: value('y') }));
		expect(graph.nodes[0]).toEqual({ op: 'Relu', name: '', inputs: ['x', ''], outputs: ['y'], attributes: {} });
		expect(graph.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: [] }]);
	});

	const unknown: Record<string, [bytes: Uint8Array, says: RegExp]> = {
		strings: [file({ 5: { 1: 1, 2: 8, 8: 'w', 6: 'text' } }), /tensor w of element type string/],
		'an element type of the future': [file({ 5: { 2: 99, 8: 'w' } }), /tensor w of element type 99/],
		'numbers in another file': [
			file({ 5: { 1: 1, 2: 1, 8: 'w', 14: 1 } }),
			/tensor w with its numbers in another file\. Read it by readOnnxFile, or save it as one file/,
		],
		'a sparse initializer': [file({ 15: {} }), /a sparse tensor/],
		'a sequence': [file({ 11: value('s', { 4: { 1: { 1: { 1: 1 } } } }) }), /s that is no tensor/],
		'an optional': [file({ 11: value('o', { 9: { 1: { 1: { 1: 1 } } } }) }), /o that is no tensor/],
		'a value without type': [file({ 12: { 1: 'y' } }), /y that is no tensor or has no type/],
		'an unknown rank': [file({ 12: value('y', { 1: { 1: 1 } }) }), /y without a shape\. Run shape inference/],
		'functions of its own': [encode({ 1: 10, 7: {}, 8: { 1: '', 2: 21 }, 25: { 1: 'f' } }), /functions of its own\. Write them out/],
		'an operator with the mark of a domain in its name': [file({ 1: { 4: 'a::b', 3: 'n' } }), /an operator called a::b in node n/],
		'an attribute of tensors': [file({ 1: { 4: 'X', 5: { 1: 'values', 10: '', 20: 9 } } }), /attribute values of type tensors/],
		'an old opset': [file({}, 10), /opset 10, known are 11 to 26/],
		'an opset of the future': [file({}, 27), /opset 27, known are 11 to 26/],
	};
	for (const [name, [bytes, says]] of Object.entries(unknown)) {
		it(`says what it does not know: ${name}`, () => {
			expect(() => readOnnx(bytes)).toThrow(RangeError);
			expect(() => readOnnx(bytes)).toThrow(says);
			expect(() => readOnnx(bytes)).toThrow(/^readOnnx: /);
		});
	}

	it('takes a tensor that says its numbers are here', () => {
		const { graph } = readOnnx(file({ 5: { 1: 1, 2: 6, 8: 'w', 5: 7, 14: 0 } }));
		expect(graph.initializers.get('w')!.data).toEqual(Int32Array.of(7));
	});

	it('keeps every bit of int64, stored as bytes or as varints', () => {
		const numbers = BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, -1n);
		const fields = { 1: 4, 2: 7 };
		const packed = new BinaryWriter();
		for (const item of numbers) packed.int64(item);
		const forms: Message[] = [{ 7: [...numbers] }, { 7: packed.finish() }, { 9: new Uint8Array(numbers.buffer) }];
		for (const form of forms)
			expect(readOnnx(file({ 5: { ...fields, ...form, 8: 'w' } })).graph.initializers.get('w')!.data).toEqual(numbers);
	});

	it('refuses sizes that lie', () => {
		const refused: Message[] = [
			{ 1: [-1, -2], 9: new Uint8Array(8) },
			{ 1: [-1, 0] },
			{ 1: 3, 9: new Uint8Array(8) },
			{ 1: [2n ** 40n, 2n ** 40n] },
			{ 1: [0, 2n ** 62n] },
		];
		for (const form of refused) expect(() => readOnnx(file({ 5: { 2: 1, 8: 'w', ...form } }))).toThrow(/^readOnnx: /);
		expect(() => readOnnx(file({ 5: { 2: 7, 8: 'w', 1: 2, 7: 1 } }))).toThrow(/tensor w of shape 2 has 1 numbers/);
		expect(() => readOnnx(file({ 1: { 4: 'X', 5: { 1: 'end', 3: 2n ** 63n - 1n, 20: 2 } } }))).toThrow(/beyond 2⁵³/);
	});

	it('gives each size without a name a name of its own', () => {
		const open = (...dims: Message[]): Message => ({ 1: { 1: 1, 2: { 1: dims } } });
		const { graph } = readOnnx(
			file({ 11: [value('a', open({}, { 1: 3 })), value('b', open({ 1: -1 }, { 2: 'time' })), value('c', open({ 2: '' }, { 1: 0 }))] }),
		);
		expect(graph.inputs.map(({ shape }) => shape)).toEqual([
			['a.0', 3],
			['b.0', 'time'],
			['c.0', 0],
		]);
	});

	it('keeps operators of other domains, and the versions of these', () => {
		const bytes = encode({
			1: 10,
			7: { 1: { 1: 'x', 2: 'y', 4: 'BiasGelu', 7: 'com.microsoft' } },
			8: [
				{ 1: '', 2: 17 },
				{ 1: 'com.microsoft', 2: 3 },
			],
		});
		const model = readOnnx(bytes);
		expect(model.graph.nodes[0]!.op).toBe('com.microsoft::BiasGelu');
		expect(model.domains).toEqual({ 'com.microsoft': 3 });
		expect(readOnnx(writeOnnx(model))).toEqual(model);
		expect(readOnnx(writeOnnx({ ...model, domains: {} })).domains).toEqual({ 'com.microsoft': 1 });
	});

	it('keeps what a file says of values inside the graph, where it says all of it', () => {
		const { graph } = readOnnx(
			file({ 13: [value('a'), { 1: 'b' }, value('c', { 1: { 1: 8, 2: {} } }), value('d', { 1: { 1: 1 } }), value('e')] }),
		);
		expect(graph.values).toEqual(['a', 'e'].map((name) => ({ name, dtype: 'float32', shape: [] })));
	});

	it('takes operators that name the standard domain', () => {
		expect(readOnnx(file({ 1: { 4: 'Relu', 7: 'ai.onnx' } })).graph.nodes[0]!.op).toBe('Relu');
	});

	it('reads from a Buffer, whose slices share memory, and from the middle of a larger array', () => {
		const bytes = writeOnnx(small());
		const larger = new Uint8Array(bytes.length + 3);
		larger.set(bytes, 1);
		for (const given of [bytes, Buffer.from(bytes), larger.subarray(1, -2)]) {
			const model = readOnnx(given);
			expect(model).toEqual(small());
			expect(model.graph.initializers.get('w')!.data.buffer).not.toBe(given.buffer);
		}
	});
});

/** The whole step of a small word CNN, without and with a Loop around it. */
const trainingFile = (stepsPerRun: number) =>
	trainingGraph(textClassifierModel(wordCnn({ width: 3, filters: 2, kernels: [2, 3] }).build({ vocabulary: 7, outputs: 2 })), adam(), {
		tables: 'graph',
		stepsPerRun,
	}).step;

/** A model with every kind of attribute, every element type, and names that are hard on objects. */
function everything(): OnnxModel {
	const inner: OnnxGraph = {
		name: '',
		inputs: [],
		outputs: [{ name: 'o', dtype: 'bool', shape: [] }],
		initializers: new Map([['o', tensor('bool', [], [1])]]),
		nodes: [],
	};
	const attributes: [string, OnnxAttribute][] = [
		['zero', { int: 0 }],
		['negative', { int: -(2 ** 53 - 1) }],
		['float', { float: Math.fround(0.1) }],
		['zero float', { float: 0 }],
		['not a number', { float: Number.NaN }],
		['infinite', { float: -Infinity }],
		['text', { string: 'né 文 🙂 \0' }],
		['empty text', { string: '' }],
		['ints', { ints: [0, -1, 2 ** 40] }],
		['no ints', { ints: [] }],
		['floats', { floats: [0, -1.5, Infinity] }],
		['no floats', { floats: [] }],
		['strings', { strings: ['Tanh', '', 'ü'] }],
		['no strings', { strings: [] }],
		['tensor', { tensor: tensor('float64', [2, 1], [1 / 3, -0]) }],
		['empty tensor', { tensor: tensor('int64', [0, 3], []) }],
		['graph', { graph: inner }],
		['__proto__', { int: 1 }],
		['constructor', { graph: { ...inner, name: 'toString' } }],
		['', { int: 2 }],
	];
	const numbers: Tensor[] = [
		tensor('float32', [2], [1.5, Number.NaN]),
		tensor('float64', [1, 2], [Math.PI, -0]),
		tensor('int32', [2], [-(2 ** 31), 2 ** 31 - 1]),
		{ dtype: 'int64', shape: [2], data: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n) },
		tensor('bool', [3], [0, 1, 0]),
		tensor('uint8', [], [255]),
		tensor('float32', [0], []),
		tensor('int8', [2], [-128, 127]),
		tensor('uint8', [1], [255]),
		tensor('int16', [2], [-(2 ** 15), 2 ** 15 - 1]),
		tensor('uint16', [1], [2 ** 16 - 1]),
		tensor('uint32', [1], [2 ** 32 - 1]),
		{ dtype: 'uint64', shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
		tensor('float16', [2], [0x3c00, 0xfc00]),
		tensor('bfloat16', [2], [0x3f80, 0xff80]),
	];
	return {
		opset: 13,
		producer: '',
		metadata: Object.fromEntries([
			['__proto__', 'a'],
			['', ''],
			['constructor', 'b\n'],
		]),
		graph: {
			name: '__proto__',
			inputs: numbers.map(({ dtype }, place) => ({
				name: `in${place}`,
				dtype,
				shape: place === 0 ? [] : ['__proto__', place, 0, 'time-2'],
			})),
			outputs: [{ name: '__proto__', dtype: 'float32', shape: [1] }],
			initializers: new Map([...numbers.map((value, place): [string, Tensor] => [`w${place}`, value]), ['__proto__', numbers[0]!]]),
			nodes: [
				{ op: 'If', name: '', inputs: ['', 'in0', ''], outputs: ['a', '', '__proto__'], attributes: Object.fromEntries(attributes) },
				{ op: '__proto__', name: 'x'.repeat(70_000), inputs: [], outputs: [], attributes: {} },
			],
		},
	};
}

/** Node for node, with the attributes as lists: an own `__proto__` is compared, too. */
const plain = (model: OnnxModel) => {
	const graph = ({ nodes, ...rest }: OnnxGraph): unknown => ({
		...rest,
		initializers: [...rest.initializers],
		nodes: nodes.map((node) => ({
			...node,
			attributes: Object.entries(node.attributes).map(([name, value]) => [name, 'graph' in value ? graph(value.graph) : value]),
		})),
	});
	return { ...model, metadata: Object.entries(model.metadata), graph: graph(model.graph) };
};

describe('writeOnnx and back', () => {
	it('every kind of attribute, element type and name', () => {
		const bytes = writeOnnx(everything());
		const back = readOnnx(bytes);
		expect(plain(back)).toEqual(plain(everything()));
		expect(writeOnnx(back)).toEqual(bytes);
		expect(({} as Record<string, unknown>).int).toBeUndefined();
	});

	for (const stepsPerRun of [1, 8]) {
		it(`a training graph of ${stepsPerRun} steps a run`, () => {
			const bytes = trainingFile(stepsPerRun)!;
			const model = readOnnx(bytes);
			expect(model.graph.nodes.length).toBeGreaterThan(stepsPerRun === 1 ? 100 : 1);
			const again = writeOnnx(model);
			expect(again).toEqual(new Uint8Array(bytes));
			expect(plain(readOnnx(again))).toEqual(plain(model));
		});
	}
});

const root = join(process.env.TEXTLOOM_DATA ?? '', 'models');
const real =
	process.env.TEXTLOOM_DATA && existsSync(root)
		? readdirSync(root, { recursive: true, encoding: 'utf8' })
				.filter((path) => path.endsWith('.onnx'))
				.sort()
		: [];

describe.skipIf(real.length === 0)('files of PyTorch and onnx (skipped without TEXTLOOM_DATA)', () => {
	for (const path of real) {
		const outside = path.endsWith('external.onnx');
		it(`${path}: ${outside ? 'is not whole without its other file' : 'reads, and is the same when written and read again'}`, () => {
			const bytes = readFileSync(join(root, path));
			if (outside) {
				expect(() => readOnnx(bytes)).toThrow(/another file\. Read it by readOnnxFile/);
				return;
			}
			const model = readOnnx(bytes);
			expect(model.graph.nodes.length).toBeGreaterThan(0);
			const written = writeOnnx(model);
			const back = readOnnx(written);
			// Large models: bytes are enough, a deep comparison of millions of numbers is not needed.
			if (bytes.length < 1e6) expect(plain(back)).toEqual(plain(model));
			expect(Buffer.compare(writeOnnx(back), written)).toBe(0);
		});
	}

	it('what was read and written computes the same bits', async () => {
		const bytes = readFileSync(join(root, 'tiny-bert/onnx/model.onnx'));
		const feeds = {
			input_ids: tensor('int64', [2, 4], [1, 5, 9, 2, 3, 4, 2, 0]),
			attention_mask: tensor('int64', [2, 4], [1, 1, 1, 1, 1, 1, 1, 0]),
			token_type_ids: tensor('int64', [2, 4], [0, 0, 1, 1, 0, 0, 0, 0]),
		};
		const results = [];
		for (const model of [bytes, writeOnnx(readOnnx(bytes))]) {
			const session = await createSession(model, { threads: 1 });
			results.push(await session.run(feeds));
			await session.release();
		}
		expect(results[1]).toEqual(results[0]);
	});
});

/** Imports a model and writes it again, or sees that it is refused in one line. */
function imported(model: OnnxModel) {
	let program: ReturnType<typeof fromOnnx>;
	try {
		program = fromOnnx(model);
	} catch (error) {
		expect((error as Error).message).toMatch(/^fromOnnx: .*\.( \(.*\)\.)?$/s);
		expect((error as Error).name).toMatch(/^(RangeError|ShapeError)$/);
		return;
	}
	// Names may clash now: an input that is an output, too.
	expect(() => writeOnnx(emit(program))).not.toThrow(/Cannot|undefined|not a function/);
}

describe('damaged files', () => {
	const whole = [trainingFile(1), trainingFile(8), writeOnnx(everything()), writeOnnx(small())];
	/** What came of reading: nothing but a RangeError of readOnnx may be thrown. */
	function outcome(bytes: Uint8Array): 'read' | 'refused' {
		try {
			const model = readOnnx(bytes);
			// What does read can be written and read again.
			const again = writeOnnx(model);
			expect(Buffer.compare(writeOnnx(readOnnx(again)), again)).toBe(0);
			imported(model);
			return 'read';
		} catch (error) {
			expect(error).toBeInstanceOf(RangeError);
			expect((error as RangeError).message).toMatch(/^readOnnx: /);
			return 'refused';
		}
	}

	it('2,000 damaged files: cut, bits flipped, parts replaced; each is read or refused, soon and in little memory', () => {
		const place = fc.nat(1_000_000);
		const damage = fc.oneof(
			place.map((at) => (bytes: Uint8Array) => bytes.subarray(0, at % bytes.length)),
			fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 }).map((flips) => (bytes: Uint8Array) => {
				for (const [at, bits] of flips) bytes[at % bytes.length]! ^= bits;
				return bytes;
			}),
			fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 64 })).map(([at, part]) => (bytes: Uint8Array) => {
				bytes.set(part.subarray(0, bytes.length - (at % bytes.length)), at % bytes.length);
				return bytes;
			}),
			// A varint as long as they come, which says 2³² − 1 or more where a length stood.
			fc.tuple(place, fc.integer({ min: 1, max: 10 })).map(([at, count]) => (bytes: Uint8Array) => {
				bytes.fill(0xff, at % bytes.length, (at % bytes.length) + count);
				return bytes;
			}),
			fc.tuple(place, place).map(
				([from, to]) =>
					(bytes: Uint8Array) =>
						bytes.copyWithin(to % bytes.length, from % bytes.length),
			),
		);
		const seen = { read: 0, refused: 0 };
		let largest = 0;
		fc.assert(
			fc.property(fc.nat(whole.length - 1), damage, (which, change) => {
				const bytes = change(new Uint8Array(whole[which]!));
				const { arrayBuffers } = process.memoryUsage();
				seen[outcome(bytes)]++;
				largest = Math.max(largest, process.memoryUsage().arrayBuffers - arrayBuffers);
			}),
			{ numRuns: 2000, seed: 20240607 },
		);
		expect(seen.refused).toBeGreaterThan(400);
		expect(seen.read).toBeGreaterThan(100);
		// What a length may lie about is gigabytes.
		expect(largest).toBeLessThan(512e6);
	});

	it('every possible cut of a small file is refused or read', () => {
		const bytes = whole[3]!;
		for (let end = 0; end < bytes.length; end++) outcome(bytes.subarray(0, end));
		expect(() => readOnnx(new Uint8Array(0))).toThrow(/^readOnnx: .*0 bytes.*no graph/);
	});

	it('a length that lies allocates nothing', () => {
		const lie = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f);
		// The last field of the file: a name, a tensor's bytes, packed dims, packed floats, each said to be 4 GB long.
		const tags: number[][] = [[0x12], [0x2a, 5, 0x42], [0x2a, 5, 0x4a], [0x2a, 5, 0x0a], [0x2a, 5, 0x22]];
		for (const tag of tags) {
			const graph = Uint8Array.of(...tag, ...lie);
			const bytes = encode({ 1: 10, 7: graph, 8: { 1: '', 2: 21 } });
			const { heapUsed, arrayBuffers } = process.memoryUsage();
			expect(outcome(bytes)).toBe('refused');
			const after = process.memoryUsage();
			expect(after.heapUsed - heapUsed + after.arrayBuffers - arrayBuffers).toBeLessThan(512e6);
		}
		// A tensor of 2⁵² numbers, all of them missing.
		expect(outcome(file({ 5: { 1: [2 ** 26, 2 ** 26], 2: 1, 8: 'w' } }))).toBe('refused');
	});

	it('graphs nested without end are refused', () => {
		let graph: Message = { 2: 'innermost' };
		for (let depth = 0; depth < 5000; depth++) graph = { 1: { 4: 'Loop', 5: { 1: 'body', 6: encode(graph), 20: 5 } } };
		expect(() => readOnnx(file(graph))).toThrow(/nest deeper than 32/);
	});
});
