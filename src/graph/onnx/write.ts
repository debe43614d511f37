// Writes a model as an ONNX file (protobuf).
import { optionsOf } from '../../base/index.js';
import { dtypes, type Tensor } from '../../tensors/tensor.js';
import { modelOf } from '../given.js';
import { convert, opsetFor, opsetKind } from './convert.js';
import * as field from './fields.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './model.js';
import { joined, Message } from './pieces.js';

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

/** Writes messages of two texts, such as metadata. */
function pairs(to: Message, at: number, record: Readonly<Record<string, string>>) {
	for (const [key, value] of Object.entries(record)) {
		to.message(at, (to) => {
			to.text(field.property.key, key);
			to.text(field.property.value, value);
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
	const { opset = opsetFor(graph, model.opset) } = optionsOf('writeOnnx', options, { opset: opsetKind });
	return joined(modelPieces(convert(model, opset)));
}

/** The bytes of a model as it stands, in pieces of which the large ones are the numbers of its tensors themselves. */
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
	const to = new Message();
	to.integer(field.model.irVersion, irVersions.find(([opset]) => opset <= model.opset)![1]);
	to.text(field.model.producerName, model.producer);
	for (const [domain, version] of [['', model.opset] as const, ...Object.entries(domainsOf(model))]) {
		to.message(field.model.opsetImport, (to) => {
			to.text(field.opset.domain, domain);
			to.integer(field.opset.version, version);
		});
	}
	to.apart(field.model.graph, (to) => writeGraph(to, model.graph, elsewhere));
	pairs(to, field.model.metadataProps, model.metadata);
	return to.finish();
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

function writeGraph(to: Message, graph: OnnxGraph, elsewhere: Elsewhere) {
	for (const node of graph.nodes)
		to[Object.values(node.attributes).some(hasNumbers) ? 'apart' : 'message'](field.graph.node, (to) => writeNode(to, node));
	to.text(field.graph.name, graph.name);
	for (const [name, tensor] of graph.initializers) {
		to.apart(field.graph.initializer, (to) => writeTensor(to, tensor, name, elsewhere(tensor, name)));
	}
	for (const value of graph.inputs) to.message(field.graph.input, (to) => writeValue(to, value));
	for (const value of graph.outputs) to.message(field.graph.output, (to) => writeValue(to, value));
	for (const value of graph.values ?? []) to.message(field.graph.valueInfo, (to) => writeValue(to, value));
}

/** Whether an attribute may hold many numbers. */
const hasNumbers = (value: OnnxAttribute) => 'tensor' in value || 'graph' in value;

function writeNode(to: Message, node: OnnxNode) {
	for (const name of node.inputs) to.text(field.node.input, name);
	for (const name of node.outputs) to.text(field.node.output, name);
	const [domain, op] = domainAndOp(node.op);
	to.text(field.node.name, node.name);
	to.text(field.node.opType, op);
	if (domain) to.text(field.node.domain, domain);
	for (const [name, value] of Object.entries(node.attributes)) {
		to[hasNumbers(value) ? 'apart' : 'message'](field.node.attribute, (to) => {
			to.text(field.attribute.name, name);
			writeAttribute(to, value);
		});
	}
}

function writeAttribute(to: Message, value: OnnxAttribute) {
	const type = (kind: keyof typeof field.attributeType) => to.integer(field.attribute.type, field.attributeType[kind]);
	if ('int' in value) {
		to.integer(field.attribute.i, value.int);
		type('int');
	} else if ('float' in value) {
		to.float(field.attribute.f, value.float);
		type('float');
	} else if ('string' in value) {
		to.text(field.attribute.s, value.string);
		type('string');
	} else if ('ints' in value) {
		for (const item of value.ints) to.integer(field.attribute.ints, item);
		type('ints');
	} else if ('floats' in value) {
		for (const item of value.floats) to.float(field.attribute.floats, item);
		type('floats');
	} else if ('strings' in value) {
		for (const item of value.strings) to.text(field.attribute.strings, item);
		type('strings');
	} else if ('tensor' in value) {
		to.apart(field.attribute.t, (to) => writeTensor(to, value.tensor, ''));
		type('tensor');
	} else {
		to.apart(field.attribute.g, (to) => writeGraph(to, value.graph, () => undefined));
		type('graph');
	}
}

function writeValue(to: Message, value: OnnxValue) {
	to.text(field.valueInfo.name, value.name);
	to.message(field.valueInfo.type, (to) =>
		to.message(field.type.tensor, (to) => {
			to.integer(field.tensorType.elementType, dtypes[value.dtype].onnx);
			to.message(field.tensorType.shape, (to) => {
				for (const dim of value.shape) {
					to.message(field.shape.dim, (to) =>
						typeof dim === 'number' ? to.integer(field.dimension.value, dim) : to.text(field.dimension.name, dim),
					);
				}
			});
		}),
	);
}

function writeTensor(to: Message, tensor: Tensor, name: string, place?: Readonly<Record<string, string>>) {
	for (const dim of tensor.shape) to.integer(field.tensor.dims, dim);
	to.integer(field.tensor.dataType, dtypes[tensor.dtype].onnx);
	to.text(field.tensor.name, name);
	if (place) {
		pairs(to, field.tensor.externalData, place);
		to.integer(field.tensor.dataLocation, 1);
		return;
	}
	const { buffer, byteOffset, byteLength } = tensor.data;
	to.bytes(field.tensor.rawData, new Uint8Array(buffer, byteOffset, byteLength));
}
