// Gradients of normalizations; each under its formula.
import { type Dim, productDims } from '../dim.js';
import { isTurned } from '../ops/axis-order.js';
import { add, cast, div, exp, mul, neg, reciprocal, sqrt, sub } from '../ops/elementwise.js';
import { matMul } from '../ops/matmul.js';
import { reshape, unsqueeze } from '../ops/movement.js';
import type { operators as normalization } from '../ops/normalization.js';
import { reduceMean, reduceSum } from '../ops/reduce.js';
import type { Node, Value } from '../value.js';
import { axisAttribute, countAlong, floatAttribute, type Gradient } from './rule.js';

const alongAxis = (node: Node, y: Value) => ({ axes: [axisAttribute(node, y.shape.length, -1)], keep: true });

/** `[channels]` beside `[batch, channels, …]`. */
const perChannel = (value: Value, { shape }: Value) =>
	unsqueeze(
		value,
		shape.slice(2).map((_, at) => at + 1),
	);

/** Summed over all axes but the channels. */
const sumChannels = (value: Value) => reduceSum(value, { axes: value.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])) });

const inverseDeviation = (variance: Value, node: Node) => reciprocal(sqrt(add(variance, floatAttribute(node, 'epsilon', 1e-5))));

/** Back through x̂ = (x − μ)/σ with μ and σ over `axes`: dx = (g − mean g − x̂ mean(g x̂)) / σ. Without μ the first mean is left out. */
function throughNormal(g: Value, normal: Value, inverse: Value, axes: readonly number[], { centred = true } = {}): Value {
	const over = { axes, keep: true };
	const centre = centred ? sub(g, reduceMean(g, over)) : g;
	return mul(sub(centre, mul(normal, reduceMean(mul(g, normal), over))), inverse);
}

/** x̂ and 1/σ over `axes`. */
function normalize(x: Value, axes: readonly number[], node: Node): [normal: Value, inverse: Value] {
	const over = { axes, keep: true };
	const distance = sub(x, reduceMean(x, over));
	const inverse = inverseDeviation(reduceMean(mul(distance, distance), over), node);
	return [mul(distance, inverse), inverse];
}

/** Groups of channels made one axis, as a layer normalization of `[batch, groups, rest]` has it; scale and bias by channel. */
const grouped =
	(groupsOf: (node: Node, x: Value) => Dim): Gradient =>
	(dy, [x, scale], _y, node) => {
		const groups = groupsOf(node, x!);
		const [batch, channels, ...sizes] = x!.shape;
		const apart = (value: Value) =>
			reshape(value, [batch!, groups, productDims([channels === groups ? 1 : (channels as number) / (groups as number), ...sizes])], [x!]);
		const [normal, inverse] = normalize(apart(x!), [2], node);
		const dx = throughNormal(apart(mul(dy, perChannel(scale!, x!))), normal, inverse, [2]);
		return [reshape(dx, x!.shape, [x!]), sumChannels(mul(dy, reshape(normal, x!.shape, [x!]))), sumChannels(dy)];
	};

/** X and V of X Vᵀ. */
function turnedProduct({ node }: Value): readonly [x: Value, v: Value] | undefined {
	const [x, right] = node?.op === 'MatMul' ? node.inputs : [];
	return x && x.shape.length > 1 && isTurned(right!) ? [x, right!.node!.inputs[0]!] : undefined;
}

/**
 * Σ dy y over the last axis. In attention dy is dO Vᵀ, with dropout times the mask: then it is Σ dO (y V), over the width of the values instead of
 * all keys, and y V is the forward pass's own result (Dao et al. 2022, FlashAttention, appendix B.2).
 */
function weightedSum(dy: Value, y: Value): Value {
	const last = { axes: [y.shape.length - 1], keep: true };
	const [masked, mask] = dy.node?.op === 'Mul' ? dy.node.inputs : [dy];
	const product = turnedProduct(masked!);
	if (!product) return reduceSum(mul(dy, y), last);
	return reduceSum(mul(product[0], matMul(mask ? mul(y, mask) : y, product[1])), last);
}

export const normalizationGradients = {
	// dx = y (dy − Σ dy y)
	Softmax: (dy, _inputs, y, node) => {
		const along = alongAxis(node, y);
		const sum = along.axes[0] === y.shape.length - 1 ? weightedSum(dy, y) : reduceSum(mul(dy, y), along);
		return [mul(y, sub(dy, sum))];
	},
	// dx = dy − softmax(x) Σ dy
	LogSoftmax: (dy, _inputs, y, node) => [sub(dy, mul(exp(y), reduceSum(dy, alongAxis(node, y))))],
	// g = dy γ, dγ = Σ dy x̂, dβ = Σ dy
	LayerNormalization: (dy, [x, scale], _y, node, _all, { found: [, dMean, dInverse] }) => {
		const axes = axesFrom(node, x!);
		const [mean, inverse] = node.outputs.slice(1).map((value) => cast(value, x!.dtype)) as [Value, Value];
		const normal = mul(sub(x!, mean), inverse);
		const dx = throughNormal(mul(dy, scale!), normal, inverse, axes);
		// What μ and 1/σ are used for beside: dμ/dx = 1/n, d(1/σ)/dx = −x̂ / (n σ²)
		const shares = [dMean, dInverse && neg(mul(mul(dInverse, normal), mul(inverse, inverse)))].filter((share) => share !== undefined);
		const whole = shares.reduce((sum, share) => add(sum, div(cast(share, x!.dtype), countAlong(x!, axes))), dx);
		return [whole, mul(dy, normal), dy];
	},
	// 1/σ = 1/√(mean x² + ε)
	RMSNormalization: (dy, [x, scale], _y, node) => {
		const axes = axesFrom(node, x!);
		const inverse = inverseDeviation(reduceMean(mul(x!, x!), { axes, keep: true }), node);
		const normal = mul(x!, inverse);
		return [throughNormal(mul(dy, scale!), normal, inverse, axes, { centred: false }), mul(dy, normal)];
	},
	// In training μ and σ are the batch's; the running ones are moved without a gradient, as PyTorch has it.
	// Else x̂ = (x − μ) r with r = 1/√(v + ε): dx = g r, dμ = −Σ g r, dv = −½ Σ g x̂ r²
	BatchNormalization: (dy, [x, scale, , mean, variance], _y, node) => {
		const g = mul(dy, perChannel(scale!, x!));
		if (node.attributes.training_mode === 1) {
			const axes = x!.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
			const [normal, inverse] = normalize(x!, axes, node);
			return [throughNormal(g, normal, inverse, axes), sumChannels(mul(dy, normal)), sumChannels(dy)];
		}
		const inverse = inverseDeviation(variance!, node);
		const dx = mul(g, perChannel(inverse, x!));
		const normal = mul(sub(x!, perChannel(mean!, x!)), perChannel(inverse, x!));
		const half = div(mul(mul(dx, normal), perChannel(inverse, x!)), -2);
		return [dx, sumChannels(mul(dy, normal)), sumChannels(dy), neg(sumChannels(dx)), sumChannels(half)];
	},
	GroupNormalization: grouped(({ attributes }) => attributes.num_groups as number),
	InstanceNormalization: grouped((_node, x) => x.shape[1]!),
} satisfies Record<keyof typeof normalization, Gradient | null>;

/** The axes from a node's own on. */
function axesFrom(node: Node, x: Value): number[] {
	const first = axisAttribute(node, x.shape.length, -1);
	return x.shape.flatMap((_, axis) => (axis < first ? [] : [axis]));
}
