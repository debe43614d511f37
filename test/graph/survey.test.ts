// Bytes that point to numbers in other files are refused wherever a model may have a tensor, and however the bytes are laid out.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { createSession } from 'textloom';
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
