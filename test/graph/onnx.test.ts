// ONNX files: what is written reads back equal, real exports read or say why not, and damaged bytes give one kind of error.
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

describe('readOnnx', () => {
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
