// Programs as they run on a CPU: the same numbers by fewer operations, or nearly the same in bytes.
import { type OnnxModel, ops, type Pass, type Precision, passed, withLookups, withQuantized } from '../../graph/index.js';

/** How a program runs. */
export interface RunnableOptions {
	/** Whether it is changed to run faster. */
	readonly optimize: boolean;
	readonly precision: Precision;
}

/** A program whose products of words' vectors are looked up, whose logits, if it gives some, have their biases within their product, and, in `int8`, what products by weights are left in bytes. */
export function runnable(model: OnnxModel, { optimize, precision }: RunnableOptions): OnnxModel {
	return passed(model, [...(optimize ? [withLookups, withBiasWithin] : []), ...(precision === 'int8' ? [withQuantized] : [])]);
}

/**
 * x W + b as [x 1] [W b]: a bias that is added to the logits of all tokens is a pass over the largest tensor there is, as long as a tenth of the product
 * takes.
 */
const withBiasWithin: Pass = (program) => {
	const held = new Set(Object.values(program.initializers ?? {}).map(({ value }) => value));
	const { logits } = program.outputs;
	const [product, bias] = logits?.node?.op === 'Add' ? logits.node.inputs : [];
	const { op, inputs: [x, weights, addend] = [], attributes: { transA, transB, alpha, beta } = {} } = product?.node ?? {};
	const isPlain = (op === 'MatMul' || op === 'Gemm') && !addend && transA !== 1 && alpha === undefined && beta === undefined;
	if (!isPlain || !held.has(weights!) || !bias || !held.has(bias) || bias.shape.length !== 1 || x!.shape.length !== 2) return undefined;
	const one = ops.pad(x!, 1, 0, 1, 1);
	const whole = ops.concat([weights!, ops.unsqueeze(bias, [transB === 1 ? 1 : 0])], transB === 1 ? 1 : 0);
	const sum = transB === 1 ? ops.gemm(one, whole, undefined, { transB: true }) : ops.matMul(one, whole);
	return { ...program, outputs: { ...program.outputs, logits: sum } };
};
