// A model's graph with one output more for each lookup of tokens: the gradient of chosen logits with respect to the rows that were looked up, times
// these rows, summed over their width. Of models of weighted terms: the gradient with respect to the weights, times the weights.
import { backward, emit, fromOnnx, input, nodesBefore, ops, readOnnx, ShapeError, type Value, writeOnnx } from '../../graph/index.js';

/** The input that says how much each logit counts: like `logits`. */
export const chosenName = 'explain.chosen';

/** A model that gives logits and saliencies. */
export interface SaliencyModel {
	readonly onnx: Uint8Array;
	/** Its outputs `[batch, time]`, of which a document's saliency is the sum. */
	readonly saliencies: readonly string[];
}

/** Adds the outputs to the bytes of a model; throws a TypeError where gradients do not come as far as its tokens. */
export function saliencyModel(onnx: Uint8Array): SaliencyModel {
	const model = fromOnnx(readOnnx(onnx));
	const { logits } = model.outputs;
	const found = tokenValues(model.inputs, logits!);
	if (found.length === 0) throw refusal('it looks up nothing by its ids');
	const chosen = input(chosenName, logits!.dtype, logits!.shape);
	const gradients = gradientsOf(
		ops.reduceSum(ops.mul(logits!, chosen)),
		found.map(({ value }) => value),
	);
	const saliencies = found.flatMap(({ value, toTokens }, place) => {
		const gradient = gradients[place];
		if (!gradient) return [];
		const product = ops.mul(gradient, value);
		return [toTokens(product.shape.length > 2 ? ops.reduceSum(product, { axes: [2] }) : product)];
	});
	if (saliencies.length === 0) throw refusal('its logits do not depend on its tokens');
	const outputs = Object.fromEntries(saliencies.map((value, place) => [`explain.saliency.${place}`, value]));
	const { inputs, initializers, domains } = model;
	const program = { inputs: { ...inputs, [chosenName]: chosen }, initializers, domains, outputs: { logits: logits!, ...outputs } };
	return { onnx: writeOnnx(emit(program)), saliencies: Object.keys(outputs) };
}

function gradientsOf(loss: Value, values: readonly Value[]) {
	try {
		return backward(loss, values);
	} catch (error) {
		if (error instanceof ShapeError) throw refusal(error.message.replace(/^backward: /, '').replace(/[.:,][^.]*\.?$/, ''));
		throw error;
	}
}

const refusal = (got: string) =>
	new TypeError(
		`explain: expected a model whose gradients come as far as its tokens, got one of which ${got}. Take method: 'occlusion', which any model allows.`,
	);

/** Numbers `[batch, time]` or with a width behind, in the order of a lookup, and how what is like its ids comes back to the order of tokens. */
interface TokenValue {
	readonly value: Value;
	toTokens(value: Value): Value;
}

/** What stands for tokens in a graph: the weights of terms where it has such, else the rows that are looked up by `ids`. */
function tokenValues({ input_ids, ids = input_ids, weights }: Readonly<Record<string, Value>>, logits: Value): TokenValue[] {
	if (weights) return [{ value: weights, toTokens: (value) => value }];
	return nodesBefore([logits]).flatMap(({ op, inputs: [table, indices], outputs: [value] }) => {
		if (op !== 'Gather' || table!.shape.length !== 2 || value!.shape.length !== 3) return [];
		const toTokens = wayFrom(ids, indices!);
		return toTokens ? [{ value: value!, toTokens }] : [];
	});
}

/** Operators that keep the order of what they are given. */
const keeping = new Set(['Identity', 'Cast', 'Pad', 'Slice', 'Concat', 'Clip', 'Max', 'Min']);

/** How a value in the order of `indices` comes back to that of `ids`, where indices are these: padded, cut at their end, or with axes exchanged. */
function wayFrom(ids: Value | undefined, indices: Value): TokenValue['toTokens'] | undefined {
	let exchanged = false;
	for (let at = indices; ids; at = at.node.inputs[0]!) {
		if (at === ids) return (value) => (exchanged ? ops.transpose(value) : value);
		if (!at.node) return undefined;
		if (at.node.op === 'Transpose') exchanged = !exchanged;
		else if (!keeping.has(at.node.op) || !fromTheStart(at)) return undefined;
	}
	return undefined;
}

/** Whether a padded or cut value begins where what it was made of begins. */
function fromTheStart({ node }: Value): boolean {
	const [x, first] = node!.inputs;
	if (node!.op === 'Slice') return Array.from(first?.constant?.data ?? [], Number).every((start) => start === 0);
	if (node!.op !== 'Pad') return true;
	const pads = Array.from(first?.constant?.data ?? [], Number);
	return pads.slice(0, x!.shape.length).every((pad) => pad === 0);
}
