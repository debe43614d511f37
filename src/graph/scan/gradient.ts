// The gradient of a loop: its body's backward pass, run over the saved values from the last step to the first.

import { isFloat } from '../../tensors/tensor.js';
import { ShapeError } from '../errors.js';
import { type Gradient, zerosLike } from '../gradients/rule.js';
import { add, mul } from '../ops/elementwise.js';
import { currentScope, input, type Node, type Value } from '../value.js';
import { bodiesOf, nodesBefore, operands } from '../walk.js';
import type { Leaf } from './kinds.js';
import { gathered } from './linear.js';
import { Recurrence, type State } from './recurrence.js';
import { sumOverSteps } from './sum.js';

/** A new value of the same type. */
const like = ({ dtype, shape }: Value, name: string) => input(name, dtype, shape);

/**
 * The states of the loop backward are the gradients of the forward loop's states. What a step needs of the forward pass comes in as sequences;
 * `Recurrence` computes outside all that depends on them alone. The gradient of a captured value is a sum over the steps: outside where
 * it is a sum of products (see `sum.ts`), else carried as one state more.
 */
export const scanGradient: Gradient = (_dy, _inputs, _y, node, _all, { found, needed, pullback }) => {
	const forward = node.recurrence;
	if (!(forward instanceof Recurrence))
		throw new ShapeError('Scan: expected a loop made by scan or fromOnnx for its gradient, got a plain node. Build it by scan.');
	const [body] = bodiesOf(node);
	const count = forward.states.length;
	const captures = [...body!.captures];
	const sequences = body!.inputs.slice(count);

	const leaves = new Map<Value, Leaf>();
	const gradients = forward.states.map(({ inner }, place) => (isFloat(inner.dtype) ? like(inner, `gradient${place}`) : undefined));
	const seeds = forward.states.flatMap(({ next }, place) => (gradients[place] ? [[next, gradients[place]] as const] : []));
	for (const [place, output] of body!.outputs.slice(count).entries()) {
		const gradient = found[count + place];
		if (!gradient) continue;
		const element = like(output, `output${place}`);
		leaves.set(element, { reversed: !forward.outputReversed[place], sequence: () => gradient });
		seeds.push([output, element]);
	}
	const ends = new Set([...body!.inputs, ...body!.captures.keys()]);
	const wantedSequences = sequences.map((_, place) => needed(node.inputs[count + place]!));
	const wantedCaptures = captures.map(([, outside]) => needed(outside));
	const wanted = [
		...forward.states.map(({ inner }) => inner),
		...sequences.filter((_, place) => wantedSequences[place]),
		...captures.flatMap(([inner], place) => (wantedCaptures[place] ? [inner] : [])),
	];
	const starts = seeds.map(([, gradient]) => gradient);
	const pulled = pullback(seeds, wanted, (value) => ends.has(value));
	const { order, own: touched } = dividedBy(pulled, starts, ends);
	const linear = gathered(pulled, order, (value) => touched.has(value));
	const results = new Map(linear.map((gradient, place) => [wanted[place]!, gradient]));

	// What depends on the gradients is this loop's to compute; the rest is the forward loop's, which has it for all steps.
	const { own, borrowed } = dividedBy(linear, starts, ends);
	const isConstant = (value: Value) => !own.has(value) && forward.isConstant(value);
	const leaf = (value: Value): Leaf | undefined => {
		if (!borrowed.has(value)) return leaves.get(value);
		if (forward.isConstant(value)) return { outside: forward.outside(value) };
		return { reversed: !forward.isReversed(value), sequence: () => forward.all(value) };
	};

	const states: State[] = forward.states.flatMap(({ inner, first }, place) => {
		const gradient = gradients[place];
		if (!gradient) return [];
		return { first: found[place] ?? zerosLike(first), inner: gradient, next: results.get(inner) ?? mul(gradient, 0) };
	});
	const from = [...node.inputs, ...captures.map(([, outside]) => outside)];
	const sums = captures.map(([inner, outside]) => {
		const gradient = results.get(inner);
		if (!gradient) return undefined;
		const sum = sumOverSteps(gradient, { isConstant, from });
		if (sum) return (back: Recurrence) => sum((value) => back.all(value, back.isReversed(gradient)));
		const carried = like(outside, 'sum');
		const place = states.push({ first: zerosLike(outside), inner: carried, next: add(carried, gradient) }) - 1;
		return (back: Recurrence) => back.last(place);
	});

	const back = new Recurrence({ states, leaf, sources: forward.sources, scope: currentScope(), lift: forward.lift });
	let carried = 0;
	return [
		...gradients.map((gradient) => gradient && back.last(carried++)),
		...sequences.map((inner, place) => {
			const gradient = results.get(inner);
			return gradient && back.all(gradient, !forward.inputReversed[place]);
		}),
		...sums.map((sum) => sum?.(back)),
	];
};

/** Divides what `values` need by whether it depends on `starts`; `order` has the nodes that do, first ones first. */
function dividedBy(values: readonly (Value | undefined)[], starts: readonly Value[], ends: ReadonlySet<Value>) {
	const own = new Set(starts);
	const borrowed = new Set(ends);
	const order: Node[] = [];
	const stop = (value: Value) => own.has(value) || ends.has(value);
	for (const node of nodesBefore(
		values.filter((value) => value !== undefined),
		{ stop, next: operands },
	)) {
		const mine = operands(node).some((value) => own.has(value));
		if (mine) order.push(node);
		for (const value of node.outputs) (mine ? own : borrowed).add(value);
	}
	return { order, own, borrowed };
}
