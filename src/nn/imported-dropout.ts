// Dropout put into a graph that was imported: what the named layers give is dropped from in training.
import { nodesBefore, ops, scope, substitute, type Value } from '../graph/index.js';
import type { Mode } from './layer.js';

/** The same values with elements dropped behind the layers named: of what a layer gives the last value, which others take. */
export function withDropout(outputs: readonly Value[], rates: Readonly<Record<string, number>>, mode: Mode): readonly Value[] {
	const ends = new Map<string, Value>();
	for (const node of nodesBefore(outputs)) if (Object.hasOwn(rates, node.scope)) ends.set(node.scope, node.outputs[0]!);
	const missing = Object.keys(rates).find((layer) => !ends.has(layer));
	if (missing !== undefined)
		throw new RangeError(
			`imported: expected dropout behind layers of the model, got ${missing}, which is none. Name them as its nodes are.`,
		);
	if (!mode.training) return outputs;
	// The last layer first: what was put behind it stays when an earlier one is replaced.
	return [...ends].reverse().reduce((values, [layer, end]) => {
		const dropped = scope(layer, () => ops.mul(ops.identity(end), mode.mask(rates[layer]!, end.shape)));
		return replacedBehind(values, end, dropped);
	}, outputs);
}

/** Values with `after` in the place of `before` wherever it is used, but in `after` itself. */
function replacedBehind(values: readonly Value[], before: Value, after: Value): readonly Value[] {
	const place: Value = { dtype: before.dtype, shape: before.shape };
	return substitute(substitute(values, new Map([[before, place]])), new Map([[place, after]]));
}
