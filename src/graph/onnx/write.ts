// Writes a model as an ONNX file (protobuf).
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { dtypes, type Tensor } from '../tensor.js';
import * as field from './fields.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './model.js';

/** The IR version written: the one that goes with opset 21. */
const irVersion = 10;

const text = (to: BinaryWriter, at: number, value: string) => to.tag(at, WireType.LengthDelimited).string(value);
const integer = (to: BinaryWriter, at: number, value: number) => to.tag(at, WireType.Varint).int64(value);

function message(to: BinaryWriter, at: number, write: (to: BinaryWriter) => void) {
	to.tag(at, WireType.LengthDelimited).fork();
	write(to);
	to.join();
}

/** The bytes of an ONNX model file. */
export function writeOnnx(model: OnnxModel): Uint8Array {
	const to = new BinaryWriter();
	integer(to, field.model.irVersion, irVersion);
	text(to, field.model.producerName, model.producer);
	message(to, field.model.opsetImport, (to) => {
		text(to, field.opset.domain, '');
		integer(to, field.opset.version, model.opset);
	});
	message(to, field.model.graph, (to) => writeGraph(to, model.graph));
	for (const [key, value] of Object.entries(model.metadata)) {
		message(to, field.model.metadataProps, (to) => {
			text(to, field.property.key, key);
			text(to, field.property.value, value);
		});
	}
	return to.finish();
}

function writeGraph(to: BinaryWriter, graph: OnnxGraph) {
	for (const node of graph.nodes) message(to, field.graph.node, (to) => writeNode(to, node));
	text(to, field.graph.name, graph.name);
	for (const [name, tensor] of graph.initializers) message(to, field.graph.initializer, (to) => writeTensor(to, tensor, name));
	for (const value of graph.inputs) message(to, field.graph.input, (to) => writeValue(to, value));
	for (const value of graph.outputs) message(to, field.graph.output, (to) => writeValue(to, value));
}

function writeNode(to: BinaryWriter, node: OnnxNode) {
	for (const name of node.inputs) text(to, field.node.input, name);
	for (const name of node.outputs) text(to, field.node.output, name);
	text(to, field.node.name, node.name);
	text(to, field.node.opType, node.op);
	for (const [name, value] of Object.entries(node.attributes)) {
		message(to, field.node.attribute, (to) => {
			text(to, field.attribute.name, name);
			writeAttribute(to, value);
		});
	}
}

function writeAttribute(to: BinaryWriter, value: OnnxAttribute) {
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
	} else if ('tensor' in value) {
		message(to, field.attribute.t, (to) => writeTensor(to, value.tensor, ''));
		type('tensor');
	} else {
		message(to, field.attribute.g, (to) => writeGraph(to, value.graph));
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

function writeTensor(to: BinaryWriter, tensor: Tensor, name: string) {
	for (const dim of tensor.shape) integer(to, field.tensor.dims, dim);
	integer(to, field.tensor.dataType, dtypes[tensor.dtype].onnx);
	text(to, field.tensor.name, name);
	const { buffer, byteOffset, byteLength } = tensor.data;
	to.tag(field.tensor.rawData, WireType.LengthDelimited).bytes(new Uint8Array(buffer, byteOffset, byteLength));
}
