// Activations computed again where gradients need them, instead of kept until then (Chen et al. 2016, "Training deep nets with sublinear memory cost").
import {
	dependencies,
	isValue,
	type Node,
	nodesBefore,
	ops,
	pullback,
	scope,
	substitute,
	type Value,
	withGradient,
} from '../graph/index.js';
import type { Layer } from './layer.js';

/**
 * The same layer in less memory: of what it computes only its inputs are kept for the backward pass, which computes the rest once more. A
 * step of a network of such layers takes a quarter to a third more time. Dropout masks are the same both times.
 *
 * @example const blocks = nn.sequential(Array.from({ length: 12 }, () => nn.recompute(nn.encoderBlock({ width: 256, heads: 4 }))));
 */
export function recompute<Inputs extends readonly unknown[]>({ parameters, apply }: Layer<Inputs>): Layer<Inputs> {
	return {
		parameters,
		apply: (...inputs) => {
			const result = apply(...inputs);
			if (!isValue(result))
				throw new TypeError('recompute: expected a layer that gives one value, got several. Wrap the part that gives one.');
			return again(result, valuesIn(inputs));
		},
	};
}

/** The result as a function of what was given, and of what else it comes from: parameters, masks. */
function again(result: Value, given: ReadonlySet<Value>): Value {
	const leaves = new Set<Value>();
	const use = (value: Value) => {
		if (given.has(value) || (!value.node && !value.constant)) leaves.add(value);
	};
	use(result);
	for (const node of nodesBefore([result], { stop: (value) => given.has(value), next: operandsOf })) operandsOf(node).forEach(use);
	const sources = [...leaves];
	return withGradient(sources, result, (dy, needed) => {
		const copies = new Map(sources.flatMap((value) => (given.has(value) && value.dtype !== 'bool' ? [[value, after(value, dy)]] : [])));
		const copyOf = (value: Value) => copies.get(value) ?? value;
		const [copy] = substitute([result], copies);
		const wanted = sources.filter((_, place) => needed[place]);
		const ends = new Set(sources.map(copyOf));
		const gradients = pullback([[copy!, dy]], wanted.map(copyOf), (value) => ends.has(value));
		return sources.map((value) => gradients[wanted.indexOf(value)]);
	});
}

/** All that a node comes from; of a function with a gradient of its own what computes it, too. */
const operandsOf = (node: Node) => (node.custom ? [...node.inputs, node.custom.result] : dependencies(node));

/**
 * The value, but not before `dy` is there: x − 0, where 0 is the sum of no elements of dy. So what is computed of it is another node than in the
 * forward pass, for our passes as for ONNX Runtime's, which do not know the difference to be 0; x − 0 is x for every number, −0 and NaN included.
 */
function after(x: Value, dy: Value): Value {
	return scope('recompute', () => {
		const none = ops.slice(dy.shape.length > 0 ? dy : ops.reshape(dy, [1]), 0, 0, 0);
		return ops.sub(x, ops.cast(ops.reduceSum(none), x.dtype));
	});
}

/** The values among arguments, in options, too. */
function valuesIn(given: unknown, found = new Set<Value>()): ReadonlySet<Value> {
	if (isValue(given)) found.add(given);
	else if (typeof given === 'object' && given !== null) for (const inner of Object.values(given)) valuesIn(inner, found);
	return found;
}
