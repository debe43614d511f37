// A Scan that a file holds, as one of ours: so that it can be differentiated, moved out of and written out.
import { ShapeError } from '../errors.js';
import { transpose } from '../ops/movement.js';
import { type Attributes, type Body, currentScope, type Value } from '../value.js';
import type { Leaf } from './kinds.js';
import { Recurrence } from './recurrence.js';

/** `x` with one axis brought to the front, or the first one to its place. */
function moved(x: Value, axis: number, way: 'front' | 'back'): Value {
	const rank = x.shape.length;
	const at = axis < 0 ? axis + rank : axis;
	if (at === 0) return x;
	const others = Array.from({ length: rank }, (_, place) => place).filter((place) => place !== (way === 'front' ? at : 0));
	return transpose(x, way === 'front' ? [at, ...others] : [...others.slice(0, at), 0, ...others.slice(at)]);
}

/** The outputs of ONNX's Scan: the last states, then the stacked values. The body's own inputs stand for states and elements. */
export function scanOfBody(inputs: readonly Value[], body: Body, attributes: Attributes): readonly Value[] {
	const list = (name: string) => (attributes[name] as readonly number[] | undefined) ?? [];
	const count = inputs.length - (attributes.num_scan_inputs as number);
	const sequences = inputs.slice(count).map((value, place) => moved(value, list('scan_input_axes')[place] ?? 0, 'front'));
	const [first, ...more] = sequences;
	if (!first || body.inputs.length !== inputs.length || body.outputs.length < count) {
		throw new ShapeError(
			`Scan: expected a body of ${inputs.length} inputs and at least ${count} outputs, got ${body.inputs.length} and ${body.outputs.length}. Export the model again.`,
		);
	}
	const leaves = new Map<Value, Leaf>(
		sequences.map((sequence, place) => [
			body.inputs[count + place]!,
			{ reversed: list('scan_input_directions')[place] === 1, sequence: () => sequence },
		]),
	);
	const states = inputs.slice(0, count).map((first, place) => ({ first, inner: body.inputs[place]!, next: body.outputs[place]! }));
	const loop = new Recurrence({
		states,
		leaf: (value) => leaves.get(value),
		sources: [first, ...more, ...inputs.slice(0, count)],
		scope: currentScope(),
	});
	const stacked = body.outputs
		.slice(count)
		.map((value, place) =>
			moved(loop.all(value, list('scan_output_directions')[place] === 1), list('scan_output_axes')[place] ?? 0, 'back'),
		);
	return [...states.map((_, place) => loop.last(place)), ...stacked];
}
