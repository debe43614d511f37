// Whether a model keeps numbers in other files: every tensor is looked at, wherever a model may have one, and no number is read.
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { type Fields, message, nested, pairs } from './wire.js';

/** Bodies of loops nest; deeper than this ONNX Runtime does not go either. */
const deepest = 100;

/**
 * The files that tensors of a model name for their numbers, in order.
 *
 * @throws {RangeError} for bytes that are not a whole model.
 */
export function numbersOutside(model: Uint8Array): string[] {
	const files: string[] = [];
	const tensor = (from: BinaryReader) => {
		let elsewhere = false;
		const place: Record<string, string> = Object.create(null);
		// external_data, data_location
		const location = of(WireType.Varint, (from) => {
			elsewhere = from.int32() !== 0;
		});
		nested(from, { 13: of(WireType.LengthDelimited, pairs(place, { key: 1, value: 2 })), 14: location });
		if (elsewhere) files.push(place.location ?? '');
	};
	// values, indices
	const sparse = messages({ 1: tensor, 2: tensor });
	const node = (depth: number) => (from: BinaryReader) => {
		if (depth > deepest) throw new RangeError(`graphs nest deeper than ${deepest}`);
		const graph = (from: BinaryReader) => graphAt(depth + 1)(from);
		// attribute: t, g, tensors, graphs, sparse_tensor, sparse_tensors
		messages({ 5: messages({ 5: tensor, 6: graph, 10: tensor, 11: graph, 22: sparse, 23: sparse }) })(from);
	};
	// node, initializer, sparse_initializer
	const graphAt = (depth: number) => messages({ 1: node(depth), 5: tensor, 15: sparse });
	try {
		// graph; functions, whose nodes are their field 7
		message(new BinaryReader(model), model.length, delimited({ 7: graphAt(0), 25: messages({ 7: node(0) }) }));
	} catch (error) {
		throw new RangeError(`not a whole ONNX model (${(error as Error).message})`);
	}
	return files;
}

/** Reads a field if it has this wire type. With another it is unknown to protobuf, which skips it: it must not lead the reader astray. */
const of =
	(expected: WireType, read: (from: BinaryReader) => void): Fields[number] =>
	(from, wire) => {
		if (wire === expected) read(from);
		else from.skip(wire);
	};

type Readers = Readonly<Record<number, (from: BinaryReader) => void>>;

const delimited = (readers: Readers): Fields =>
	Object.fromEntries(Object.entries(readers).map(([number, read]) => [number, of(WireType.LengthDelimited, read)]));

/** A message of messages. */
function messages(readers: Readers): (from: BinaryReader) => void {
	const fields = delimited(readers);
	return (from) => nested(from, fields);
}
