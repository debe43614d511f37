// Where an encoder drops in training: an export for prediction has no Dropout nodes, so that the places are found by what is around them.
import type { OnnxModel, OnnxNode } from '../graph/index.js';

/** The rates of a model. */
export interface DropoutRates {
	/** Behind its embeddings, and behind each map whose result is added to what went in. */
	readonly hidden: number;
	/** Of the shares that its attention gives. */
	readonly attention: number;
}

const products = new Set(['MatMul', 'Gemm']);

/** The rate behind each node. Fused nodes have places inside, which nothing comes between. */
export function dropoutPlaces({ graph }: OnnxModel, { hidden, attention }: DropoutRates): (node: OnnxNode) => number {
	const consumers = new Map<string, OnnxNode[]>();
	const same = new Map<string, string>();
	for (const node of graph.nodes) {
		for (const name of node.inputs) consumers.set(name, [...(consumers.get(name) ?? []), node]);
		if (node.op === 'Identity') same.set(node.outputs[0]!, node.inputs[0]!);
	}
	const stored = (name: string): boolean => graph.initializers.has(name) || (same.has(name) && stored(same.get(name)!));
	/** What depends on a product of activations: it is behind the embeddings. */
	const mixed = new Set<string>();
	const places = new Map<OnnxNode, number>();
	for (const node of graph.nodes) {
		const [output] = node.outputs as [string];
		const users = consumers.get(output) ?? [];
		const isMixed = products.has(node.op) || node.inputs.some((name) => mixed.has(name));
		if (isMixed) for (const name of node.outputs) mixed.add(name);
		if (node.op === 'Softmax') places.set(node, attention);
		else if (isMapBeforeSum(node, users) || (!isMixed && isLookedUp(node, users))) places.set(node, hidden);
	}
	return (node) => places.get(node) ?? 0;

	/** x W + b, whose only use is a sum with another activation: what it was made of. */
	function isMapBeforeSum({ op, inputs }: OnnxNode, [user, ...more]: readonly OnnxNode[]): boolean {
		const isMap = op === 'Gemm' || (op === 'Add' && inputs.some(stored));
		return isMap && user?.op === 'Add' && more.length === 0 && !user.inputs.some(stored);
	}

	/** The end of the embeddings: what they are normalized to goes into the first products. Transposed weights go there, too, but are of no sum. */
	function isLookedUp({ op, inputs }: OnnxNode, users: readonly OnnxNode[]): boolean {
		const ends = op === 'LayerNormalization' || (op === 'Add' && inputs.some(stored));
		return ends && users.some((user) => products.has(user.op));
	}
}
