// Graphs as functions of their values: some values put in the place of others.
import { sameShape, showShape } from './dim.js';
import { ShapeError } from './errors.js';
import { Recurrence } from './scan/recurrence.js';
import { type Attributes, type Body, input, type Node, remake, scopeOf, type Value, withGradient } from './value.js';
import { bodiesOf, dependencies, nodesBefore, operands } from './walk.js';

/**
 * What `values` are where the keys of `replacements` are their values, all at once: the graph before them is made anew as far as it depends on
 * them, loops and their bodies included. A function with a gradient of its own keeps it, over the new values; where a value inside of it is
 * replaced it becomes what computes it.
 *
 * @example substitute([loss], new Map([[weight, ops.add(weight, ops.matMul(b, a))]]))
 * @throws {ShapeError} for a replacement of another dtype or shape.
 */
export function substitute(values: readonly Value[], replacements: ReadonlyMap<Value, Value>): readonly Value[] {
	for (const [before, after] of replacements) {
		if (before.dtype === after.dtype && sameShape(before.shape, after.shape)) continue;
		const [expected, got] = [before, after].map(({ dtype, shape }) => `${dtype} ${showShape(shape)}`);
		throw new ShapeError(
			`substitute: expected ${expected} in the place of ${before.name ?? before.node?.op ?? 'a value'}, got ${got}. Cast or reshape it.`,
		);
	}
	return anew(values, { made: new Map(replacements), replacements });
}

/** What stands for values: those of a graph, and around it those of the graph that it is the body of. */
interface Known {
	readonly made: Map<Value, Value>;
	readonly around?: Known;
	/** What was asked to be replaced. */
	readonly replacements: ReadonlyMap<Value, Value>;
}

function find({ made, around }: Known, value: Value): Value | undefined {
	return made.get(value) ?? (around && find(around, value));
}

function anew(values: readonly Value[], known: Known): readonly Value[] {
	const now = (value: Value) => find(known, value) ?? value;
	for (const node of nodesBefore(values, { stop: (value) => find(known, value) !== undefined, next: around })) {
		const results = again(node, now, known);
		for (const [place, value] of node.outputs.entries()) if (!known.made.has(value)) known.made.set(value, results[place]!);
	}
	return values.map(now);
}

/** All that a node is made of. */
function around(node: Node): readonly Value[] {
	if (node.custom) return [...node.inputs, node.custom.result];
	return node.recurrence instanceof Recurrence ? [...dependencies(node), ...node.recurrence.sources] : dependencies(node);
}

/** The outputs of the same node in the new graph. */
function again(node: Node, now: (value: Value) => Value, known: Known): readonly Value[] {
	if (node.custom) return [scopeOf(node, () => functionAnew(node, node.custom!, now, known))];
	const inputs = node.inputs.map(now);
	const bodies = new Map(bodiesOf(node).map((body) => [body, bodyAnew(body, now, known)]));
	const same = (before: readonly Value[], after: readonly Value[]) => before.every((value, place) => value === after[place]);
	const keeps = [...bodies].every(([before, after]) => same(before.outputs, after.outputs));
	if (same(node.inputs, inputs) && keeps) return node.outputs;
	if (node.recurrence instanceof Recurrence) return loopAnew(node, node.recurrence, now, [...bodies][0]!);
	const attributes: Attributes = Object.fromEntries(
		Object.entries(node.attributes).map(([name, value]) => [
			name,
			typeof value === 'object' && 'body' in value ? { body: bodies.get(value.body)! } : value,
		]),
	);
	return remake({ ...node, attributes }, inputs);
}

/** The body over what is captured now. */
function bodyAnew({ inputs, outputs, captures }: Body, now: (value: Value) => Value, known: Known): Body {
	const { replacements } = known;
	const made = new Map<Value, Value>(inputs.map((value) => [value, replacements.get(value) ?? value]));
	const outside = new Map(captures);
	for (const [inner, before] of captures) {
		const after = replacements.get(inner) ?? now(before);
		made.set(inner, after === before ? inner : after);
		if (after !== before && !after.constant) outside.set(after, after);
	}
	const results = anew(outputs, { made, around: known, replacements });
	const ends = new Set([...inputs, ...outside.keys()]);
	const order = nodesBefore(results, { stop: (value) => ends.has(value), next: operands });
	const used = new Set([...results, ...order.flatMap(operands)]);
	return { inputs, outputs: results, captures: new Map([...outside].filter(([value]) => used.has(value))) };
}

/** A loop that can be asked for more of its values, as the one before. */
function loopAnew(node: Node, loop: Recurrence, now: (value: Value) => Value, [before, body]: [Body, Body]): readonly Value[] {
	const count = loop.states.length;
	const place = new Map(before.inputs.slice(count).map((value, place) => [value, place]));
	const [first, ...more] = loop.sources.map(now);
	const made = new Recurrence({
		states: loop.states.map(({ first, inner }, place) => ({ first: now(first), inner, next: body.outputs[place]! })),
		leaf: (value) => {
			const at = place.get(value);
			if (at !== undefined) return { reversed: loop.inputReversed[at]!, sequence: () => now(node.inputs[count + at]!) };
			const outside = body.captures.get(value);
			return outside && { outside };
		},
		sources: [first!, ...more],
		scope: node.scope,
		lift: loop.lift,
	});
	const stacked = body.outputs.slice(count).map((value, place) => made.all(value, loop.outputReversed[place]!));
	return [...loop.states.map((_, place) => made.last(place)), ...stacked];
}

/** A function with a gradient of its own. Its gradient may use all that the graph before has, and more of it than was used until now. */
function functionAnew(node: Node, { result, gradient }: NonNullable<Node['custom']>, now: (value: Value) => Value, known: Known): Value {
	if (isReplacedInside(node, result, known.replacements)) return now(result);
	return withGradient(node.inputs.map(now), now(result), (dy, needed) => {
		const before = input('gradient', dy.dtype, dy.shape);
		const found = gradient(before, needed);
		const inner: Known = { made: new Map([[before, dy]]), around: known, replacements: known.replacements };
		const results = anew(
			found.filter((value) => value !== undefined),
			inner,
		);
		let at = 0;
		return found.map((value) => value && results[at++]);
	});
}

/** Whether a value between a function's inputs and its result is replaced: then its own gradient is that of another function. */
function isReplacedInside(node: Node, result: Value, replacements: ReadonlyMap<Value, Value>): boolean {
	const inside = new Set(node.inputs);
	const stop = (value: Value) => inside.has(value);
	for (const each of nodesBefore([result], { stop, next: operands })) {
		if (!operands(each).some((value) => inside.has(value))) continue;
		for (const value of each.outputs) {
			if (replacements.has(value) && !node.inputs.includes(value)) return true;
			inside.add(value);
		}
	}
	return false;
}

/** Equal to `x`, but no gradient flows through it: what comes before it counts as constant. No node of the file. */
export function stopGradient(x: Value): Value {
	return withGradient([x], x, () => [undefined]);
}
