// Reads an ONNX model (protobuf) into plain data.
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { argumentOf } from '../../base/index.js';
import { someBytes } from '../../tensors/given.js';
import type { Tensor } from '../../tensors/tensor.js';
import { called, miscountOf } from './counts.js';
import * as field from './fields.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './model.js';
import { readAttribute } from './read-attribute.js';
import { type Outside, readTensor } from './read-tensor.js';
import { readHint, readValue } from './read-value.js';
import { integer, message, nested, pairs, Unsupported, unsupported } from './wire.js';

/** Graphs nest through the bodies of loops; deeper than this is no model but an attack. */
const deepest = 32;

const nowhere: Outside = ({ tensor }) =>
	unsupported(`${tensor} with its numbers in another file`, 'Read it by readOnnxFile, or save it as one file.');

/**
 * Reads an ONNX model.
 *
 * @throws {RangeError} for bytes that are not a whole ONNX model, and for one that uses what the engine does not know: opsets but 11 to 26,
 * functions, strings, sequences, sparse tensors, and numbers kept in another file, which `readOnnxFile` reads.
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
	argumentOf('readOnnx', 'the file', bytes, someBytes);
	return readModelBytes(bytes, { length: bytes.length, outside: nowhere });
}

/** Reads a model of which these bytes are the part without large numbers; `length` is that of the whole. */
export function readModelBytes(bytes: Uint8Array, { length, outside }: { length: number; outside: Outside }): OnnxModel {
	try {
		return readModel(new BinaryReader(bytes), bytes.length, outside);
	} catch (error) {
		throw refusal(error, length);
	}
}

/** The error of `readOnnx` for what went wrong in a file of this length. */
export function refusal(error: unknown, length: number): RangeError {
	if (error instanceof Unsupported) return new RangeError(error.message);
	const reason = error instanceof Error ? error.message : String(error);
	return new RangeError(
		`readOnnx: expected a whole ONNX model, got ${length} bytes that are not one (${reason}). Export or copy it again.`,
	);
}

function readModel(from: BinaryReader, length: number, outside: Outside): OnnxModel {
	let graph: OnnxGraph | undefined;
	let producer = '';
	const versions = new Map<string, number>();
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
			versions.set(domain === 'ai.onnx' ? '' : domain, version);
		},
		[field.model.graph]: (from) => {
			graph = readGraph(from, 0, outside);
		},
		[field.model.metadataProps]: pairs(metadata, field.property),
		[field.model.functions]: () => unsupported('functions of its own', 'Write them out (onnx.inliner.inline_local_functions).'),
	});
	if (!graph) throw new RangeError('it has no graph');
	const opset = versions.get('') ?? 0;
	if (opset < 11 || opset > 26) unsupported(`opset ${opset || 'none'}, known are 11 to 26`, 'Export it with another opset, such as 21.');
	versions.delete('');
	return { opset, producer, graph, metadata, ...(versions.size > 0 && { domains: Object.fromEntries(versions) }) };
}

function readGraph(from: BinaryReader, depth: number, outside: Outside): OnnxGraph {
	if (depth > deepest) throw new RangeError(`graphs nest deeper than ${deepest}`);
	let name = '';
	const nodes: OnnxNode[] = [];
	const inputs: OnnxValue[] = [];
	const outputs: OnnxValue[] = [];
	const values: OnnxValue[] = [];
	const initializers = new Map<string, Tensor>();
	nested(from, {
		[field.graph.node]: (from) => nodes.push(readNode(from, depth, outside)),
		[field.graph.name]: (from) => {
			name = from.string();
		},
		[field.graph.initializer]: (from) => {
			const { name, value } = readTensor(from, outside);
			if (initializers.has(name)) throw new RangeError(`two initializers are called ${name}`);
			initializers.set(name, value);
		},
		[field.graph.input]: (from) => inputs.push(readValue(from)),
		[field.graph.output]: (from) => outputs.push(readValue(from)),
		[field.graph.valueInfo]: (from) => {
			const hint = readHint(from);
			if (hint) values.push(hint);
		},
		[field.graph.sparseInitializer]: () => unsupported('a sparse tensor', 'Store it dense.'),
	});
	return { name, nodes, inputs, outputs, initializers, ...(values.length > 0 && { values }) };
}

function readNode(from: BinaryReader, depth: number, outside: Outside): OnnxNode {
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
			const [key, value] = readAttribute(from, outside, (from) => readGraph(from, depth + 1, outside));
			attributes[key] = value;
		},
	});
	if (op.includes('::')) unsupported(`an operator called ${op} in node ${name}`, 'Export it with ONNX operators only.');
	// Without its domain an operator would be taken for another of the same name.
	const node = { op: domain === '' || domain === 'ai.onnx' ? op : `${domain}::${op}`, name, inputs, outputs, attributes };
	const wrong = miscountOf(node);
	if (wrong) unsupported(`${called(node)} with ${wrong}`, 'Export it again.');
	return node;
}
