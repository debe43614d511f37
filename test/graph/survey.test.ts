// What is looked at before a model is opened: numbers in other files, wherever a model may have a tensor, and counts that its nodes do not bear out.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { createSession, emit, input, ops, readOnnx, scan, writeOnnx } from 'textloom/graph';
import { describe, expect, it } from 'vitest';

type Write = (to: BinaryWriter) => void;
/** Messages inside each other, by the numbers of their fields. */
const within = (numbers: readonly number[], write: Write): Write =>
	numbers.reduceRight<Write>(
		(inner, number) => (to) => {
			to.tag(number, WireType.LengthDelimited).fork();
			inner(to);
			to.join();
		},
		write,
	);
const location: Write = within([13], (to) => {
	to.tag(1, WireType.LengthDelimited).string('location').tag(2, WireType.LengthDelimited).string('../secret');
});
const elsewhere: Write = (to) => to.tag(14, WireType.Varint).int32(1);
const tensor: Write = (to) => {
	location(to);
	elsewhere(to);
};
const reversed: Write = (to) => {
	elsewhere(to);
	location(to);
};
const bytes = (...writes: Write[]) => {
	const to = new BinaryWriter();
	for (const write of writes) write(to);
	return to.finish();
};
const loops = Array.from({ length: 20 }, () => [1, 5, 6]).flat();

describe('bytes with numbers in another file', () => {
	it.each<[where: string, model: Uint8Array]>([
		['an initializer', bytes(within([7, 5], tensor))],
		['a constant', bytes(within([7, 1, 5, 5], tensor))],
		['a list of tensors', bytes(within([7, 1, 5, 10], tensor))],
		['a sparse tensor', bytes(within([7, 15, 1], tensor))],
		['a sparse attribute', bytes(within([7, 1, 5, 22, 2], tensor))],
		['the body of a loop in a loop', bytes(within([7, ...loops, 5], tensor))],
		['a function', bytes(within([25, 7, 5, 5], tensor))],
		[
			'the second of two graphs',
			bytes(
				within([7, 2], () => {}),
				within([7, 5], tensor),
			),
		],
		['a tensor whose fields come the other way', bytes(within([7, 5], reversed))],
		[
			'after fields of another wire type, which protobuf skips',
			bytes((to) => to.tag(7, WireType.Varint).int32(99), within([7, 5], tensor)),
		],
	])('%s', async (_, model) => {
		await expect(createSession(model)).rejects.toThrow(
			/^session: expected a model with its numbers in it, got one with numbers in the file "\.\.\/secret"\. Give the path/,
		);
	});

	it('bytes that are cut off are no model, wherever they end', async () => {
		const whole = bytes(within([7, 5], tensor));
		for (let length = 1; length < whole.length; length++) {
			await expect(createSession(whole.subarray(0, length))).rejects.toThrow(/got: not a whole ONNX model/);
		}
	});

	it('graphs without end are refused', async () => {
		const deep = Array.from({ length: 400 }, () => [1, 5, 6]).flat();
		await expect(createSession(bytes(within([7, ...deep, 5], tensor)))).rejects.toThrow(/graphs nest deeper than 100/);
	});
});

describe('counts that a model has wrong', () => {
	const [x, h] = [input('x', 'float32', ['time', 2]), input('h', 'float32', [2])];
	const { outputs } = scan({
		inputs: [x],
		states: [h],
		body: ([state], [element]) => ({ states: [ops.add(state!, element!)], outputs: [state!] }),
	});
	const right = emit({ inputs: { x, h }, outputs: { y: outputs[0]! } });
	const wrong = (count: number) => ({
		...right,
		graph: {
			...right.graph,
			nodes: right.graph.nodes.map((node) => ({ ...node, attributes: { ...node.attributes, num_scan_inputs: { int: count } } })),
		},
	});
	it.each([2 ** 31, 0, -1, 3])('%i sequences of 2 inputs', async (count) => {
		const says = `with num_scan_inputs ${count} beside 2 inputs and `;
		const model = writeOnnx(wrong(count));
		expect(() => readOnnx(model)).toThrow(says);
		await expect(createSession(model)).rejects.toThrow(
			`session: expected ONNX Runtime to open a model of ${model.length} bytes, got: Scan (node Scan_0) ${says}`,
		);
		const path = join(mkdtempSync(join(tmpdir(), 'survey-')), 'model.onnx');
		writeFileSync(path, model);
		await expect(createSession(path)).rejects.toThrow(`session: expected ONNX Runtime to open ${path}, got: Scan (node Scan_0) ${says}`);
	});
});
