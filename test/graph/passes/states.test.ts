// States that a loop hands out after every step: the ones before are the same a step later, whatever the order they are stacked in.
import { input, ops, reversed, type Sequence, scan, type Value } from 'textloom/graph';
import { expect, it } from 'vitest';
import { bothWays } from './both-ways.js';

const { mul, tanh } = ops;
const x = input('x', 'float32', ['time', 'batch', 4]);
const one = input('one', 'float32', [1, 'batch', 4]);
const h = input('h', 'float32', ['batch', 4]);

/** The program of a loop of one state; what it hands out of a step, from the state before and that after. */
function program(sequence: Sequence, outputs: (before: Value, after: Value) => readonly Sequence[]) {
	const made = scan({
		inputs: [sequence],
		states: [h],
		body: ([h], [x]) => {
			const next = tanh(mul(h!, x!));
			return { states: [next], outputs: outputs(h!, next) };
		},
	});
	return { inputs: { x, one, h }, outputs: Object.fromEntries(made.outputs.map((value, place) => [`y${place}`, value])) };
}

const twice = 'Scan[Mul Tanh Identity Identity]';
const once = 'Scan[Mul Tanh Identity]';

it.each([
	['forward', x, (before: Value, after: Value) => [before, after], twice, `Unsqueeze ${once} Slice Concat`],
	['one step', one, (before: Value, after: Value) => [before, after], twice, `Unsqueeze ${once} Slice Concat`],
	['from the last step', reversed(x), (before: Value, after: Value) => [before, after], twice, `Unsqueeze ${once} Slice Concat`],
	[
		'stacked from the last step',
		x,
		(before: Value, after: Value) => [reversed(before), reversed(after)],
		twice,
		`${once} Slice Unsqueeze Concat`,
	],
	['in two orders: both stay', x, (before: Value, after: Value) => [before, reversed(after)], twice, twice],
	['only before: stays', x, (before: Value) => [before], once, once],
] as const)('%s', async (_name, sequence, outputs, before, after) => {
	expect(await bothWays(program(sequence, outputs))).toEqual({ before, after });
});
