// Loops. A body is a graph of its own that may use values of the outer graph.
import { scalar } from '../constant.js';
import { input, node, type Rule, type Value } from '../value.js';
import { identity } from './elementwise.js';
import { squeeze } from './movement.js';

export const control = {
	/** Inputs: trip count, condition, states. Outputs: final states, then each further output of the body stacked over the trips. */
	Loop: (inputs, { body: attribute }, fail) => {
		const body = typeof attribute === 'object' && 'body' in attribute ? attribute.body : fail('expected a body');
		const states = inputs.length - 2;
		if (body.inputs.length !== states + 2) fail(`expected a body of ${states + 2} inputs, got ${body.inputs.length}`);
		return body.outputs.slice(1).map((value, place) => ({
			dtype: value.dtype,
			shape: place < states ? value.shape : [inputs[0]!.name ?? 'trips', ...value.shape],
		}));
	},
} satisfies Record<string, Rule>;

/**
 * Runs `step` `trips` times over states; returns the final states and the stacked outputs.
 * `trips` is an int64 value of one element; `step` gets the trip's number (int64 scalar) and the states.
 */
export function loop(
	trips: Value,
	states: readonly Value[],
	step: (trip: Value, states: readonly Value[]) => { states: readonly Value[]; outputs: readonly Value[] },
): { states: readonly Value[]; outputs: readonly Value[] } {
	const trip = input('trip', 'int64', []);
	const go = input('go', 'bool', []);
	const inner = states.map((state, place) => input(`state.${place}`, state.dtype, state.shape));
	const result = step(trip, inner);
	const body = { inputs: [trip, go, ...inner], outputs: [identity(go), ...result.states, ...result.outputs] };
	const all = node('Loop', control.Loop, [squeeze(trips, [0]), scalar(1, 'bool'), ...states], { body: { body } });
	return { states: all.slice(0, states.length), outputs: all.slice(states.length) };
}
