// Graphs as functions of their values: some values put in the place of others.
import { sameShape, showShape } from './dim.js';
import { ShapeError } from './errors.js';
import { identity } from './ops/elementwise.js';
import { wholeScan } from './passes/prune.js';
import { rewrite } from './passes/rewrite.js';
import { scanOfBody } from './scan/from-body.js';
import { type Body, type Node, scopeOf, type Value, withGradient } from './value.js';
import { bodiesOf, dependencies, nodesBefore } from './walk.js';

/**
 * The same values computed from others: each that `replacements` has is the other one from there on, in the bodies of loops and choices, too.
 * What does not depend on them stays as it is. A function with a gradient of its own keeps it, computed from the other values as well.
 *
 * @example const again = substitute([logits], new Map([[ids, otherIds]])); // the same network over another input
 * @throws {ShapeError} for a value of another type or shape than the one that it stands for.
 */
export function substitute(values: readonly Value[], replacements: ReadonlyMap<Value, Value>): readonly Value[] {
	for (const [before, after] of replacements) {
		if (before.dtype === after.dtype && before.shape.length === after.shape.length && fits(before, after)) continue;
		throw new ShapeError(
			`substitute: expected ${before.dtype} ${showShape(before.shape)} in the place of ${before.name ?? before.node?.op ?? 'a value'}, got ${after.dtype} ${showShape(after.shape)}. Cast or reshape it.`,
		);
	}
	return replaced(values, replacements);
}

/** Values without a check of the replacements. */
function replaced(values: readonly Value[], replacements: ReadonlyMap<Value, Value>): readonly Value[] {
	const around = (node: Node) => (node.custom ? [node.custom.result, ...node.inputs] : dependencies(node));
	const changed = new Set(replacements.keys());
	const given = new Map(replacements);
	for (const node of nodesBefore(values, { stop: (value) => replacements.has(value), next: around })) {
		if (around(node).some((value) => changed.has(value))) for (const value of node.outputs) changed.add(value);
		else for (const value of node.outputs) given.set(value, value);
	}
	const loops = new Map<Node, Node>();
	const part = (node: Node) => {
		if (!node.recurrence) return node;
		if (!loops.has(node)) loops.set(node, wholeScan(node));
		return loops.get(node)!;
	};
	return rewrite(values, {
		given,
		part,
		change: (node, { before }) =>
			node.op === 'Scan' && loops.size > 0 && before.op === 'Scan' ? scopeOf(node, () => loopOf(node)) : undefined,
		custom: (node, now) => {
			const { result, gradient } = node.custom!;
			const inputs = node.inputs.map(now);
			return scopeOf(node, () =>
				withGradient(inputs, now(result), (dy) => {
					// The rule is built over the old values, with something in the place of dy; then all of it is replaced.
					const place: Value = { dtype: dy.dtype, shape: dy.shape };
					const found = gradient(place);
					const known = found.flatMap((value) => (value ? [value] : []));
					const anew = replaced(known, new Map([...replacements, [place, dy]]));
					return found.map((value) => value && anew[known.indexOf(value)]);
				}),
			);
		},
	});
}

/** A plain loop as one that can be differentiated again. What its body captures comes from outside by itself. */
function loopOf(node: Node): readonly Value[] {
	const { inputs, outputs, captures } = bodiesOf(node)[0]! as Body;
	const anew = rewrite(outputs, { given: new Map([...inputs.map((value) => [value, value] as const), ...captures]) });
	return scanOfBody(node.inputs, { inputs, outputs: anew, captures: new Map() }, node.attributes);
}

/** A size with a name may become any that its value has; a number stays. */
const fits = (before: Value, after: Value) =>
	sameShape(before.shape, after.shape) || before.shape.every((dim, axis) => typeof dim === 'string' || dim === after.shape[axis]);

/** The same value, through which no gradient flows: what comes before it counts as constant. It costs nothing in the file. */
export function stopGradient(value: Value): Value {
	return withGradient([value], identity(value), () => [undefined]);
}
