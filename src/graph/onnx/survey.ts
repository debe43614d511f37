// What must be known of a model before ONNX Runtime opens it: every tensor and every node is looked at, wherever a model may have one, and no
// number of a tensor is read or copied.
import { open } from 'node:fs/promises';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { called, miscount } from './counts.js';
import * as field from './fields.js';
import { fileBytes } from './file-fields.js';
import { skeleton } from './skeleton.js';
import { type Fields, message, nested, pairs } from './wire.js';

/** Bodies of loops nest; deeper than this ONNX Runtime does not go either. */
const deepest = 100;

/** What a model is made of beside its numbers. */
export interface Survey {
	/** The files that tensors name for their numbers, in order; empty for the model's own. */
	readonly outside: readonly string[];
}

/**
 * Looks a model over.
 *
 * @throws {RangeError} for bytes that are not a whole model, and for a node whose attributes count other inputs or outputs than it has.
 */
export function surveyBytes(model: Uint8Array): Survey {
	const outside: string[] = [];
	let miscounted: string | undefined;
	const tensor = (from: BinaryReader) => {
		let elsewhere = false;
		const place: Record<string, string> = Object.create(null);
		const location = of(WireType.Varint, (from) => {
			elsewhere = from.int32() !== 0;
		});
		const external = of(WireType.LengthDelimited, pairs(place, field.property));
		nested(from, { [field.tensor.externalData]: external, [field.tensor.dataLocation]: location });
		if (elsewhere) outside.push(place.location ?? '');
	};
	// values, indices
	const sparse = messages({ 1: tensor, 2: tensor });
	const node = (depth: number) => (from: BinaryReader) => {
		if (depth > deepest) throw new RangeError(`graphs nest deeper than ${deepest}`);
		const graph = (from: BinaryReader) => graphAt(depth + 1)(from);
		const { a, numbers } = attributes({ tensor, graph, sparse });
		const found = { op: '', name: '', domain: '', inputs: 0, outputs: 0 };
		const text = (name: 'op' | 'name' | 'domain') => (from: BinaryReader) => {
			found[name] = from.string();
		};
		const count = (name: 'inputs' | 'outputs') => (from: BinaryReader) => {
			found[name]++;
			from.skip(WireType.LengthDelimited);
		};
		messages({
			[field.node.input]: count('inputs'),
			[field.node.output]: count('outputs'),
			[field.node.name]: text('name'),
			[field.node.opType]: text('op'),
			[field.node.attribute]: a,
			[field.node.domain]: text('domain'),
		})(from);
		const wrong = found.domain === '' || found.domain === 'ai.onnx' ? miscount({ ...found, numbers }) : undefined;
		if (wrong) miscounted ??= `${called(found)} with ${wrong}`;
	};
	const graphAt = (depth: number) =>
		messages({ [field.graph.node]: node(depth), [field.graph.initializer]: tensor, [field.graph.sparseInitializer]: sparse });
	try {
		// The nodes of a function are its field 7.
		const fields = delimited({ [field.model.graph]: graphAt(0), [field.model.functions]: messages({ 7: node(0) }) });
		message(new BinaryReader(model), model.length, fields);
	} catch (error) {
		throw new RangeError(`not a whole ONNX model (${(error as Error).message})`);
	}
	if (miscounted) throw new RangeError(miscounted);
	return { outside };
}

/** Looks a model file over; `undefined` where there is none to be read. */
export async function surveyFile(path: string): Promise<Survey | undefined> {
	const file = await open(path, 'r').catch(() => undefined);
	if (!file) return undefined;
	try {
		return surveyBytes(await skeleton(fileBytes(file, (await file.stat()).size)));
	} finally {
		await file.close();
	}
}

type Read = (from: BinaryReader) => void;

/** Reads a node's attributes: what they hold, and those that are whole numbers, by name. */
function attributes({ tensor, graph, sparse }: { readonly tensor: Read; readonly graph: Read; readonly sparse: Read }) {
	const numbers: Record<string, number> = Object.create(null);
	const a = (from: BinaryReader) => {
		let name = '';
		let number: number | undefined;
		nested(from, {
			...delimited({
				[field.attribute.name]: (from) => {
					name = from.string();
				},
				[field.attribute.t]: tensor,
				[field.attribute.g]: graph,
				// tensors, graphs, sparse_tensor, sparse_tensors
				10: tensor,
				11: graph,
				22: sparse,
				23: sparse,
			}),
			[field.attribute.i]: of(WireType.Varint, (from) => {
				number = Number(from.int64());
			}),
		});
		if (number !== undefined) numbers[name] = number;
	};
	return { a, numbers };
}

/** Reads a field if it has this wire type. With another it is unknown to protobuf, which skips it: it must not lead the reader astray. */
const of =
	(expected: WireType, read: Read): Fields[number] =>
	(from, wire) => {
		if (wire === expected) read(from);
		else from.skip(wire);
	};

const delimited = (readers: Readonly<Record<number, Read>>): Fields =>
	Object.fromEntries(Object.entries(readers).map(([number, read]) => [number, of(WireType.LengthDelimited, read)]));

/** A message of messages. */
function messages(readers: Readonly<Record<number, Read>>): Read {
	const fields = delimited(readers);
	return (from) => nested(from, fields);
}
