// Brings a model from one opset to another.
import type { Kind } from '../../base/index.js';
import { type DType, dtypes, type Tensor } from '../../tensors/tensor.js';
import { operators as logic } from '../ops/logic.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode } from './model.js';
import { type Around, intOf } from './rewrite.js';
import { changesOf, constantOf } from './versions.js';

/** The opsets that are read and written. */
export const opsets = { oldest: 11, newest: 26 } as const;

/** An opset that a model is written in. */
export const opsetKind: Kind = {
	expected: `a whole number from ${opsets.oldest} to ${opsets.newest}`,
	fits: (value) => Number.isInteger(value) && (value as number) >= opsets.oldest && (value as number) <= opsets.newest,
};

/** The opset of the forms that the engine works in. */
export const engineOpset = 21;

/** The nodes that compute what `node` computes in the form of another opset. */
export function convertNode(node: OnnxNode, from: number, to: number, around: Around): readonly OnnxNode[] {
	const between = changesOf(node.op).filter(({ since }) => since > Math.min(from, to) && since <= Math.max(from, to));
	const next = from < to ? between[0] : between.at(-1);
	if (!next) return [node];
	const made = (from < to ? next.up : next.down)?.(node, around) ?? [node];
	// A node of the same operator has this change behind it; what a formula is made of has the newest form.
	return made.flatMap((part) =>
		convertNode(part, part.op === node.op ? (from < to ? next.since : next.since - 1) : from < to ? to : engineOpset, to, around),
	);
}

/** The lowest opset from `opset` on that can say what the model's nodes say. */
export function opsetFor({ nodes }: OnnxGraph, opset: number): number {
	return nodes.reduce((lowest, node) => {
		const own = changesOf(node.op)
			.filter(({ needs }) => needs?.(node))
			.map(({ since }) => since);
		const inner = Object.values(node.attributes).map((value) => ('graph' in value ? opsetFor(value.graph, opset) : 0));
		return Math.max(lowest, ...own, ...inner);
	}, opset);
}

/**
 * The model in the forms of an opset.
 *
 * @throws {RangeError} naming the operator that the opset does not have.
 */
export function convert(model: OnnxModel, opset: number): OnnxModel {
	// A graph of opset 21 may hold an operator that came later.
	const from = opsetFor(model.graph, model.opset);
	if (opset === from) return opset === model.opset ? model : { ...model, opset };
	const names = new Set(namesOf(model.graph));
	return { ...model, opset, graph: convertGraph(model.graph, { from, to: opset, names, types: new Map(), constants: new Map() }) };
}

/** What is known on the way through a model: names in use, element types and constants by name. */
interface Way {
	readonly from: number;
	readonly to: number;
	readonly names: Set<string>;
	readonly types: Map<string, NonNullable<ReturnType<Around['type']>>>;
	readonly constants: Map<string, Tensor>;
}

function convertGraph(graph: OnnxGraph, outer: Way): OnnxGraph {
	const way = { ...outer, types: new Map(outer.types), constants: new Map([...outer.constants, ...graph.initializers]) };
	const initializers = new Map(graph.initializers);
	for (const [name, value] of graph.initializers) way.types.set(name, value);
	for (const value of [...graph.inputs, ...(graph.values ?? [])]) way.types.set(value.name, value);
	const fresh = () => {
		let count = way.names.size;
		while (way.names.has(`v${count}`)) count++;
		way.names.add(`v${count}`);
		return `v${count}`;
	};
	const constant = (value: Tensor) => {
		const name = fresh();
		initializers.set(name, value);
		way.types.set(name, value);
		way.constants.set(name, value);
		return name;
	};
	const nodes = graph.nodes.flatMap((node) => {
		const around: Around = {
			fresh,
			constant,
			type: (name) => way.types.get(name),
			numbers: (name) => {
				const found = way.constants.get(name);
				return found && Array.from(found.data as ArrayLike<number | bigint>, Number);
			},
			fail: (reason) => {
				throw new RangeError(
					`writeOnnx: cannot write ${node.op}${node.name ? ` (node ${node.name})` : ''} in opset ${way.to}: ${reason}. Choose a higher opset.`,
				);
			},
		};
		if (node.op === 'Constant') way.constants.set(node.outputs[0]!, constantOf(node, around));
		const made = convertNode(withBodies(node, way), way.from, way.to, around);
		for (const { op, inputs, outputs, attributes } of [...made, node]) {
			for (const [place, name] of outputs.entries()) {
				const dtype = resultType(op, place, inputs, attributes, way.types);
				if (name && dtype && !way.types.has(name)) way.types.set(name, { dtype });
			}
		}
		return made;
	});
	// Axes that became attributes leave their constants unused.
	const used = new Set(namesOf({ ...graph, initializers: new Map(), nodes }));
	return { ...graph, initializers: new Map([...initializers].filter(([name]) => used.has(name))), nodes };
}

function withBodies(node: OnnxNode, way: Way): OnnxNode {
	const attributes = Object.entries(node.attributes).map(([name, value]): [string, OnnxAttribute] => [
		name,
		'graph' in value ? { graph: convertGraph(value.graph, way) } : value,
	]);
	return attributes.some(([, value]) => 'graph' in value) ? { ...node, attributes: Object.fromEntries(attributes) } : node;
}

/** Where the element type of a result comes from, if not from the first input. */
const resultTypes: Record<string, DType | number> = {
	...Object.fromEntries(['Shape', 'Size', 'ArgMax', 'ArgMin', 'NonZero'].map((op) => [op, 'int64' as const])),
	...Object.fromEntries(Object.keys(logic).map((op) => [op, 'bool' as const])),
	Where: 1,
	OneHot: 2,
};

function resultType(
	op: string,
	place: number,
	inputs: readonly string[],
	attributes: OnnxNode['attributes'],
	types: Way['types'],
): DType | undefined {
	if (op === 'Cast')
		return (Object.keys(dtypes) as DType[]).find((name) => dtypes[name].onnx === intOf({ attributes } as OnnxNode, 'to', 0));
	if (op === 'ConstantOfShape' || op === 'Constant')
		return attributes.value && 'tensor' in attributes.value ? attributes.value.tensor.dtype : 'float32';
	if (op === 'TopK' && place === 1) return 'int64';
	const from = Object.hasOwn(resultTypes, op) ? resultTypes[op]! : 0;
	return typeof from === 'string' ? from : types.get(inputs[from] ?? '')?.dtype;
}

/** Every name in a graph, those in bodies included. */
function* namesOf(graph: OnnxGraph): Generator<string> {
	for (const { name } of [...graph.inputs, ...graph.outputs]) yield name;
	yield* graph.initializers.keys();
	for (const { inputs, outputs, attributes } of graph.nodes) {
		yield* inputs;
		yield* outputs;
		for (const value of Object.values(attributes)) if ('graph' in value) yield* namesOf(value.graph);
	}
}
