// Which tensors of a file are weights, and how they are called in PyTorch where the file has lost it.

import { isFloat } from '../../tensors/tensor.js';
import type { OnnxGraph, OnnxModel, OnnxNode } from '../onnx/model.js';
import { intOf } from '../onnx/rewrite.js';

/** A weight in a file. */
export interface StoredWeight {
	readonly name: string;
	/** Whether the file has it with rows and columns exchanged. */
	readonly transposed: boolean;
}

/** Names that exporters make up for what they have computed beforehand. */
const madeUp = /^onnx::|^val_\d+$|^\d+$|^\/.*_output_\d+$/;

/** What operators take as weights, by the place of the input: what it is called; '' for what PyTorch has in another form. */
const weightsOf: Readonly<Record<string, readonly (string | undefined)[]>> = {
	MatMul: ['', 'weight'],
	Gemm: ['', 'weight', 'bias'],
	Conv: [undefined, 'weight', 'bias'],
	ConvTranspose: [undefined, 'weight', 'bias'],
	PRelu: [undefined, 'weight'],
	Gather: ['weight'],
	...Object.fromEntries(['GRU', 'LSTM', 'RNN'].map((op) => [op, [undefined, '', '', '']])),
};

interface Use {
	readonly node: OnnxNode;
	readonly place: number;
}

/**
 * The weights among a model's tensors of floating-point numbers, by their names in the file. Scalars are none, nor are those with a name that
 * was made up (`onnx::MatMul_295`) that no operator takes as a weight: helper constants. The others with such a name are called by the layer of
 * the node that uses them first, as `encoder.layer.0.query.weight`, or else as the bias that is added next; each name is given once.
 */
export function storedWeights({ graph }: OnnxModel): ReadonlyMap<string, StoredWeight> {
	const uses = new Map<string, Use[]>();
	collect(graph, uses);
	const floats = [...graph.initializers].filter(([, { dtype, shape }]) => isFloat(dtype) && shape.length > 0);
	const taken = new Set(floats.map(([name]) => name));
	const found = new Map<string, StoredWeight>();
	for (const [name, { shape }] of floats) {
		if (!madeUp.test(name)) {
			found.set(name, { name, transposed: false });
			continue;
		}
		const [use] = usesOf(name, uses);
		const part = use && weightsOf[use.node.op]![use.place]!;
		const layer = part && (layerOf(use.node) ?? layerOfBias(use.node, uses));
		const own = layer && `${layer}.${part}`;
		if (own && !taken.has(own)) {
			taken.add(own);
			found.set(name, { name: own, transposed: part === 'weight' && shape.length === 2 && isTransposed(use.node) });
		} else if (use) found.set(name, { name, transposed: false });
	}
	return found;
}

function collect({ nodes }: OnnxGraph, uses: Map<string, Use[]>): void {
	for (const node of nodes) {
		for (const [place, name] of node.inputs.entries()) uses.set(name, [...(uses.get(name) ?? []), { node, place }]);
		for (const attribute of Object.values(node.attributes)) if ('graph' in attribute) collect(attribute.graph, uses);
	}
}

/** Where a tensor is taken as a weight: by itself, or under another name (layers that share it). */
function usesOf(name: string, uses: ReadonlyMap<string, readonly Use[]>): Use[] {
	const all = uses.get(name) ?? [];
	const own = all.filter(({ node, place }) => Object.hasOwn(weightsOf, node.op) && weightsOf[node.op]![place] !== undefined);
	return [...own, ...all.flatMap(({ node }) => (node.op === 'Identity' ? usesOf(node.outputs[0]!, uses) : []))];
}

/** A linear layer is x Wᵀ: a MatMul has Wᵀ. A Gemm may say that it transposes. */
const isTransposed = (node: OnnxNode) => node.op === 'MatMul' || (node.op === 'Gemm' && intOf(node, 'transB', 0) === 0);

/** The layer of a node by PyTorch's exporter: `/encoder/layer.0/MatMul` is in `encoder.layer.0`. */
function layerOf({ name }: OnnxNode): string | undefined {
	const path = name.split('/').filter(Boolean).slice(0, -1);
	return path.length > 0 ? path.join('.') : undefined;
}

/** The layer whose bias is added to what a node gives. */
function layerOfBias({ outputs: [y] }: OnnxNode, uses: ReadonlyMap<string, readonly Use[]>): string | undefined {
	const bias = (uses.get(y!) ?? []).flatMap(({ node }) => (node.op === 'Add' ? node.inputs : [])).find((name) => name.endsWith('.bias'));
	return bias?.slice(0, -'.bias'.length);
}
