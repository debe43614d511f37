// Reads an ONNX file (protobuf) into plain data.
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { type DType, dtypes, sizeOf, type Tensor, tensor } from '../tensor.js';
import * as field from './fields.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './model.js';
import { integer, message, nested, repeated, Unsupported, unsupported } from './wire.js';

/** Graphs nest through the bodies of loops; deeper than this is no model but an attack. */
const deepest = 32;

/**
 * Reads an ONNX model.
 *
 * @throws {RangeError} for bytes that are not a whole ONNX model, and for one that uses what the engine does not know: opsets but 11 to 26,
 * operators of other domains, 16-bit floats, strings, sequences, sparse tensors, numbers kept in another file.
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
	try {
		return readModel(new BinaryReader(bytes), bytes.length);
	} catch (error) {
		if (error instanceof Unsupported) throw new RangeError(error.message);
		const reason = error instanceof Error ? error.message : String(error);
		throw new RangeError(
			`readOnnx: expected a whole ONNX model, got ${bytes.length} bytes that are not one (${reason}). Export or copy it again.`,
		);
	}
}

function readModel(from: BinaryReader, length: number): OnnxModel {
	let graph: OnnxGraph | undefined;
	let opset = 0;
	let producer = '';
	const metadata: Record<string, string> = Object.create(null);
	message(from, length, {
		[field.model.producerName]: (from) => {
			producer = from.string();
		},
		[field.model.opsetImport]: (from) => {
			let domain = '';
			let version = 0;
			nested(from, {
				[field.opset.domain]: (from) => {
					domain = from.string();
				},
				[field.opset.version]: (from) => {
					version = integer(from);
				},
			});
			if (domain === '' || domain === 'ai.onnx') opset = version;
		},
		[field.model.graph]: (from) => {
			graph = readGraph(from, 0);
		},
		[field.model.metadataProps]: (from) => {
			let [key, value] = ['', ''];
			nested(from, {
				[field.property.key]: (from) => {
					key = from.string();
				},
				[field.property.value]: (from) => {
					value = from.string();
				},
			});
			metadata[key] = value;
		},
	});
	if (!graph) throw new RangeError('it has no graph');
	if (opset < 11 || opset > 26) unsupported(`opset ${opset || 'none'}, known are 11 to 26`, 'Export it with another opset, such as 21.');
	return { opset, producer, graph, metadata };
}

function readGraph(from: BinaryReader, depth: number): OnnxGraph {
	if (depth > deepest) throw new RangeError(`graphs nest deeper than ${deepest}`);
	let name = '';
	const nodes: OnnxNode[] = [];
	const inputs: OnnxValue[] = [];
	const outputs: OnnxValue[] = [];
	const initializers = new Map<string, Tensor>();
	nested(from, {
		[field.graph.node]: (from) => nodes.push(readNode(from, depth)),
		[field.graph.name]: (from) => {
			name = from.string();
		},
		[field.graph.initializer]: (from) => {
			const { name, value } = readTensor(from);
			initializers.set(name, value);
		},
		[field.graph.input]: (from) => inputs.push(readValue(from)),
		[field.graph.output]: (from) => outputs.push(readValue(from)),
		[field.graph.sparseInitializer]: () => unsupported('a sparse tensor', 'Store it dense.'),
	});
	return { name, nodes, inputs, outputs, initializers };
}

function readNode(from: BinaryReader, depth: number): OnnxNode {
	let [op, name, domain] = ['', '', ''];
	const inputs: string[] = [];
	const outputs: string[] = [];
	const attributes: Record<string, OnnxAttribute> = Object.create(null);
	nested(from, {
		[field.node.input]: (from) => inputs.push(from.string()),
		[field.node.output]: (from) => outputs.push(from.string()),
		[field.node.name]: (from) => {
			name = from.string();
		},
		[field.node.opType]: (from) => {
			op = from.string();
		},
		[field.node.domain]: (from) => {
			domain = from.string();
		},
		[field.node.attribute]: (from) => {
			const [key, value] = readAttribute(from, depth);
			attributes[key] = value;
		},
	});
	// Without its domain an operator would be taken for another of the same name.
	if (domain !== '' && domain !== 'ai.onnx') unsupported(`${op} of ${domain} in node ${name}`, 'Export without fused or custom operators.');
	return { op, name, inputs, outputs, attributes };
}

function readAttribute(from: BinaryReader, depth: number): [string, OnnxAttribute] {
	let name = '';
	let type = 0;
	let single: OnnxAttribute | undefined;
	const ints: number[] = [];
	const floats: number[] = [];
	const set = (value: OnnxAttribute) => {
		single = value;
	};
	nested(from, {
		[field.attribute.name]: (from) => {
			name = from.string();
		},
		[field.attribute.type]: (from) => {
			type = from.int32();
		},
		[field.attribute.f]: (from) => set({ float: from.float() }),
		[field.attribute.i]: (from) => set({ int: integer(from) }),
		[field.attribute.s]: (from) => set({ string: from.string() }),
		[field.attribute.t]: (from) => set({ tensor: readTensor(from).value }),
		[field.attribute.g]: (from) => set({ graph: readGraph(from, depth + 1) }),
		[field.attribute.floats]: repeated(floats, (from) => from.float()),
		[field.attribute.ints]: repeated(ints, integer),
	});
	// proto3 leaves out numbers that are 0 and lists that are empty: the type says which is meant.
	const empty: Record<number, OnnxAttribute> = {
		[field.attributeType.float]: { float: 0 },
		[field.attributeType.int]: { int: 0 },
		[field.attributeType.string]: { string: '' },
		[field.attributeType.floats]: { floats },
		[field.attributeType.ints]: { ints },
	};
	const value = ints.length > 0 ? { ints } : floats.length > 0 ? { floats } : (single ?? empty[type]);
	if (!value) unsupported(`attribute ${name} of type ${attributeTypes[type] ?? type}`, 'Export without it.');
	return [name, value];
}

/** Names of attribute types that are not read. */
const attributeTypes: Record<number, string> = { 8: 'strings', 9: 'tensors', 10: 'graphs', 11: 'sparse tensor', 12: 'sparse tensors' };

/** Names of element types that are not computed with. */
const elementTypes: Record<number, string> = {
	0: 'undefined',
	3: 'int8',
	4: 'uint16',
	5: 'int16',
	8: 'string',
	10: 'float16',
	12: 'uint32',
	13: 'uint64',
	14: 'complex64',
	15: 'complex128',
	16: 'bfloat16',
};

function dtypeOf(code: number, owner: string): DType {
	const dtype = (Object.keys(dtypes) as DType[]).find((name) => dtypes[name].onnx === code);
	return dtype ?? unsupported(`${owner} of element type ${elementTypes[code] ?? code}`, 'Export it in float32, not quantized.');
}

function readValue(from: BinaryReader): OnnxValue {
	let name = '';
	let code = 0;
	let [tensor, ranked] = [false, false];
	const dims: (number | string | undefined)[] = [];
	nested(from, {
		[field.valueInfo.name]: (from) => {
			name = from.string();
		},
		[field.valueInfo.type]: (from) =>
			nested(from, {
				[field.type.tensor]: (from) => {
					tensor = true;
					nested(from, {
						[field.tensorType.elementType]: (from) => {
							code = from.int32();
						},
						[field.tensorType.shape]: (from) => {
							ranked = true;
							nested(from, { [field.shape.dim]: (from) => dims.push(readDimension(from)) });
						},
					});
				},
			}),
	});
	if (!tensor) unsupported(`${name || 'a value'} that is no tensor or has no type`, 'Export with tensors of known types only.');
	if (!ranked) unsupported(`${name} without a shape`, 'Run shape inference on it (onnx.shape_inference.infer_shapes).');
	// A size without a name gets one of its own: equal names mean equal sizes.
	const shape = dims.map((dim, axis) => dim ?? `${name}.${axis}`);
	return { name, dtype: dtypeOf(code, name), shape };
}

function readDimension(from: BinaryReader): number | string | undefined {
	let dim: number | string | undefined;
	nested(from, {
		// Some exporters write −1 for a size they do not know.
		[field.dimension.value]: (from) => {
			const size = integer(from);
			dim = size < 0 ? undefined : size;
		},
		[field.dimension.name]: (from) => {
			dim = from.string() || undefined;
		},
	});
	return dim;
}

function readTensor(from: BinaryReader): { name: string; value: Tensor } {
	let name = '';
	let code = 0;
	let outside = false;
	let raw: Uint8Array | undefined;
	const shape: number[] = [];
	const numbers: number[] = [];
	const long: bigint[] = [];
	nested(from, {
		[field.tensor.dims]: repeated(shape, integer),
		[field.tensor.dataType]: (from) => {
			code = from.int32();
		},
		[field.tensor.name]: (from) => {
			name = from.string();
		},
		[field.tensor.rawData]: (from) => {
			raw = from.bytes();
		},
		[field.tensor.floatData]: repeated(numbers, (from) => from.float()),
		[field.tensor.int32Data]: repeated(numbers, (from) => from.int32()),
		[field.tensor.int64Data]: repeated(long, (from) => BigInt(from.int64())),
		[field.tensor.doubleData]: repeated(numbers, (from) => from.double()),
		// 0 says: here. onnx writes it into models that were loaded from two files and saved as one.
		[field.tensor.dataLocation]: (from) => {
			outside = from.int32() !== 0;
		},
	});
	if (outside) unsupported(`tensor ${name} with its numbers in another file`, 'Save it as one file.');
	const dtype = dtypeOf(code, name ? `tensor ${name}` : 'a constant');
	if (shape.some((dim) => dim < 0)) throw new RangeError(`tensor ${name} has a negative size, ${shape.join('×')}`);
	if (!raw) {
		// Not through numbers: the largest int64, "to the end" of a Slice, would become negative.
		if (dtype !== 'int64') return { name, value: tensor(dtype, shape, numbers) };
		if (long.length !== sizeOf(shape)) throw new RangeError(`tensor ${name} of shape ${shape.join('×')} has ${long.length} numbers`);
		return { name, value: { dtype, shape, data: BigInt64Array.from(long) } };
	}
	const { array } = dtypes[dtype];
	const expected = sizeOf(shape) * array.BYTES_PER_ELEMENT;
	if (raw.length !== expected) throw new RangeError(`tensor ${name} of shape ${shape.join('×')} has ${raw.length} bytes, not ${expected}`);
	// Copied: the bytes need not be aligned in the file. Not by `slice`: that of a Buffer copies nothing.
	const data = new array(new Uint8Array(raw).buffer);
	return { name, value: { dtype, shape, data } };
}
