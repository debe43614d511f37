// ONNX files: what is written reads back equal, real exports read or say why not, and damaged bytes give one kind of error.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type OnnxModel, readOnnx, writeOnnx } from 'textloom';
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
		'16-bit floats': [
			file({ 5: { 1: 1, 2: 10, 8: 'w', 9: new Uint8Array(2) } }),
			/tensor w of element type float16\. Export it in float32/,
		],
		strings: [file({ 5: { 1: 1, 2: 8, 8: 'w', 6: 'text' } }), /tensor w of element type string/],
		'an element type of the future': [file({ 5: { 2: 99, 8: 'w' } }), /tensor w of element type 99/],
		'numbers in another file': [
			file({ 5: { 1: 1, 2: 1, 8: 'w', 14: 1 } }),
			/tensor w with its numbers in another file\. Save it as one file/,
		],
		'a sparse initializer': [file({ 15: {} }), /a sparse tensor/],
		'a sequence': [file({ 11: value('s', { 4: { 1: { 1: { 1: 1 } } } }) }), /s that is no tensor/],
		'an optional': [file({ 11: value('o', { 9: { 1: { 1: { 1: 1 } } } }) }), /o that is no tensor/],
		'a value without type': [file({ 12: { 1: 'y' } }), /y that is no tensor or has no type/],
		'an unknown rank': [file({ 12: value('y', { 1: { 1: 1 } }) }), /y without a shape\. Run shape inference/],
		'an operator of another domain': [file({ 1: { 4: 'Gelu', 3: 'n', 7: 'com.microsoft' } }), /Gelu of com\.microsoft in node n/],
		'an attribute of strings': [file({ 1: { 4: 'X', 5: { 1: 'classes', 9: 'a', 20: 8 } } }), /attribute classes of type strings/],
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
