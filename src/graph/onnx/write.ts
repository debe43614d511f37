// Writes a model as an ONNX file (protobuf).
import { type BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { optionsOf } from '../../stream/options.js';
import { anOpset, modelOf } from '../given.js';
import { dtypes, type Tensor } from '../tensor.js';
import { convert, opsetFor } from './convert.js';
import * as field from './fields.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './model.js';
import { joined, Pieces } from './pieces.js';

/** The IR version that goes with each opset (onnx, docs/Versioning.md): the first opset of each, newest first. */
const irVersions: readonly (readonly [opset: number, irVersion: number])[] = [
	[25, 13],
	[24, 12],
	[23, 11],
	[21, 10],
	[19, 9],
	[15, 8],
	[12, 7],
	[11, 6],
];

/** Writes where a tensor's numbers are, for one whose numbers go to another file. */
export type Elsewhere = (tensor: Tensor, name: string) => Readonly<Record<string, string>> | undefined;

/** The most bytes that a protobuf message may have, and so a model file. */
const largest = 2 ** 31 - 1;

const text = (to: BinaryWriter, at: number, value: string) => to.tag(at, WireType.LengthDelimited).string(value);
const integer = (to: BinaryWriter, at: number, value: number) => to.tag(at, WireType.Varint).int64(value);

function message(to: BinaryWriter, at: number, write: (to: BinaryWriter) => void) {
	to.tag(at, WireType.LengthDelimited).fork();
	write(to);
	to.join();
}

/** Writes messages of two texts, such as metadata. */
function pairs(to: BinaryWriter, at: number, record: Readonly<Record<string, string>>) {
	for (const [key, value] of Object.entries(record)) {
		message(to, at, (to) => {
			text(to, field.property.key, key);
			text(to, field.property.value, value);
		});
	}
}

/** How a model is written. */
export interface WriteOptions {
	/** The opset, 11 to 26; by default that of the model, or the first one that has all of its operators. */
	readonly opset?: number;
}

/**
 * The bytes of an ONNX model file.
 *
 * @throws {RangeError} for what is no model, for one over 2 GB, and for an operator that the opset does not have and that cannot be written in others.
 */
export function writeOnnx(model: OnnxModel, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
	const { graph } = modelOf('writeOnnx', model, 'Make one of a program by emit(program).');
	const { opset = opsetFor(graph, model.opset) } = optionsOf('writeOnnx', options, { opset: anOpset });
	return joined(modelPieces(convert(model, opset)));
}

/** The bytes of a model as it stands, in pieces: its large tensors are pieces of their own, not copied. */
export function modelPieces(model: OnnxModel, elsewhere: Elsewhere = () => undefined): readonly Uint8Array[] {
	const bytes = [...model.graph.initializers].reduce(
		(sum, [name, tensor]) => sum + (elsewhere(tensor, name) ? 0 : tensor.data.byteLength),
		0,
	);
	if (bytes > largest) {
		throw new RangeError(
			`writeOnnx: expected at most 2 GB in one file, got tensors of ${(bytes / 1e9).toFixed(1)} GB. Write it by writeOnnxFile with externalData.`,
		);
	}
	const pieces = new Pieces();
	const { to } = pieces;
	integer(to, field.model.irVersion, irVersions.find(([opset]) => opset <= model.opset)![1]);
	text(to, field.model.producerName, model.producer);
	for (const [domain, version] of [['', model.opset] as const, ...Object.entries(domainsOf(model))]) {
		message(to, field.model.opsetImport, (to) => {
			text(to, field.opset.domain, domain);
			integer(to, field.opset.version, version);
		});
	}
	pieces.message(field.model.graph, true, (inner) => writeGraph(inner, model.graph, elsewhere));
	pairs(to, field.model.metadataProps, model.metadata);
	return pieces.finish();
}

/** The other domains that a model uses or names: version 1 where it does not say. */
function domainsOf({ graph, domains }: OnnxModel): Record<string, number> {
	const found: Record<string, number> = Object.create(null);
	const visit = ({ nodes }: OnnxGraph) => {
		for (const { op, attributes } of nodes) {
			const [domain] = domainAndOp(op);
			if (domain) found[domain] = 1;
			for (const value of Object.values(attributes)) if ('graph' in value) visit(value.graph);
		}
	};
	visit(graph);
	return Object.assign(found, domains);
}

function domainAndOp(op: string): [domain: string, op: string] {
	const at = op.lastIndexOf('::');
	return at < 0 ? ['', op] : [op.slice(0, at), op.slice(at + 2)];
}

function writeGraph(pieces: Pieces, graph: OnnxGraph, elsewhere: Elsewhere) {
	const { to } = pieces;
	for (const node of graph.nodes)
		pieces.message(field.graph.node, Object.values(node.attributes).some(hasNumbers), (inner) => writeNode(inner, node));
	text(to, field.graph.name, graph.name);
	for (const [name, tensor] of graph.initializers) {
		pieces.message(field.graph.initializer, true, (inner) => writeTensor(inner, tensor, name, elsewhere(tensor, name)));
	}
	for (const value of graph.inputs) message(to, field.graph.input, (to) => writeValue(to, value));
	for (const value of graph.outputs) message(to, field.graph.output, (to) => writeValue(to, value));
	for (const value of graph.values ?? []) message(to, field.graph.valueInfo, (to) => writeValue(to, value));
}

/** Whether an attribute may hold many numbers. */
const hasNumbers = (value: OnnxAttribute) => 'tensor' in value || 'graph' in value;

function writeNode(pieces: Pieces, node: OnnxNode) {
	const { to } = pieces;
	for (const name of node.inputs) text(to, field.node.input, name);
	for (const name of node.outputs) text(to, field.node.output, name);
	const [domain, op] = domainAndOp(node.op);
	text(to, field.node.name, node.name);
	text(to, field.node.opType, op);
	if (domain) text(to, field.node.domain, domain);
	for (const [name, value] of Object.entries(node.attributes)) {
		pieces.message(field.node.attribute, hasNumbers(value), (inner) => {
			text(inner.to, field.attribute.name, name);
			writeAttribute(inner, value);
		});
	}
}

function writeAttribute(pieces: Pieces, value: OnnxAttribute) {
	const { to } = pieces;
	const type = (kind: keyof typeof field.attributeType) => integer(to, field.attribute.type, field.attributeType[kind]);
	if ('int' in value) {
		integer(to, field.attribute.i, value.int);
		type('int');
	} else if ('float' in value) {
		to.tag(field.attribute.f, WireType.Bit32).float(value.float);
		type('float');
	} else if ('string' in value) {
		text(to, field.attribute.s, value.string);
		type('string');
	} else if ('ints' in value) {
		for (const item of value.ints) integer(to, field.attribute.ints, item);
		type('ints');
	} else if ('floats' in value) {
		for (const item of value.floats) to.tag(field.attribute.floats, WireType.Bit32).float(item);
		type('floats');
	} else if ('strings' in value) {
		for (const item of value.strings) text(to, field.attribute.strings, item);
		type('strings');
	} else if ('tensor' in value) {
		pieces.message(field.attribute.t, true, (inner) => writeTensor(inner, value.tensor, ''));
		type('tensor');
	} else {
		pieces.message(field.attribute.g, true, (inner) => writeGraph(inner, value.graph, () => undefined));
		type('graph');
	}
}

function writeValue(to: BinaryWriter, value: OnnxValue) {
	text(to, field.valueInfo.name, value.name);
	message(to, field.valueInfo.type, (to) =>
		message(to, field.type.tensor, (to) => {
			integer(to, field.tensorType.elementType, dtypes[value.dtype].onnx);
			message(to, field.tensorType.shape, (to) => {
				for (const dim of value.shape) {
					message(to, field.shape.dim, (to) =>
						typeof dim === 'number' ? integer(to, field.dimension.value, dim) : text(to, field.dimension.name, dim),
					);
				}
			});
		}),
	);
}

function writeTensor(pieces: Pieces, tensor: Tensor, name: string, place?: Readonly<Record<string, string>>) {
	const { to } = pieces;
	for (const dim of tensor.shape) integer(to, field.tensor.dims, dim);
	integer(to, field.tensor.dataType, dtypes[tensor.dtype].onnx);
	text(to, field.tensor.name, name);
	if (place) {
		pairs(to, field.tensor.externalData, place);
		integer(to, field.tensor.dataLocation, 1);
		return;
	}
	const { buffer, byteOffset, byteLength } = tensor.data;
	pieces.bytes(field.tensor.rawData, new Uint8Array(buffer, byteOffset, byteLength));
}
