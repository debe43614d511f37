// Loops. A body is a graph of its own that may use values of the outer graph.
import { scalar } from '../constant.js';
import { sameShape, showShape, unknownDim } from '../dim.js';
import { expectSync } from '../expect-sync.js';
import { input, node, recorded, type Value } from '../value.js';
import { bodyOf } from '../walk.js';
import { identity } from './elementwise.js';
import { squeeze } from './movement.js';
import { type Operator, operator } from './operator.js';

export const operators = {
	/** Inputs: trip count, condition, states. Outputs: final states, then each further output of the body stacked over the trips. */
	Loop: operator(
		(inputs, { body: attribute }, fail) => {
			const body = typeof attribute === 'object' && 'body' in attribute ? attribute.body : fail('expected a body');
			const states = inputs.length - 2;
			if (body.inputs.length !== states + 2) fail(`expected a body of ${states + 2} inputs, got ${body.inputs.length}`);
			for (const [place, state] of inputs.slice(2).entries()) {
				const [before, after] = [body.inputs[place + 2]!, body.outputs[place + 1] ?? fail(`expected a next value for state ${place}`)];
				for (const value of [before, after]) {
					if (value.dtype !== state.dtype || !sameShape(value.shape, state.shape))
						fail(`expected state ${place} to stay ${state.dtype} ${showShape(state.shape)}, got ${value.dtype} ${showShape(value.shape)}`);
				}
			}
			const steps = unknownDim('steps');
			return body.outputs.slice(1).map((value, place) => ({
				dtype: value.dtype,
				shape: place < states ? value.shape : [steps, ...value.shape],
			}));
		},
		{ inputs: [0, Infinity], kind: 'moving' },
	),
	/** Input: a bool scalar. Outputs: those of the body that it chooses; both give the same types. */
	If: operator(
		([condition], { then_branch, else_branch }, fail) => {
			if (condition!.dtype !== 'bool' || condition!.shape.length > 0) fail('expected a bool scalar. Compare first');
			const [yes, no] = [then_branch, else_branch].map((branch) =>
				typeof branch === 'object' && 'body' in branch ? branch.body : fail('expected a body for each case'),
			);
			if (yes!.outputs.length !== no!.outputs.length)
				fail(`expected as many results in both cases, got ${yes!.outputs.length} and ${no!.outputs.length}`);
			return yes!.outputs.map(({ dtype, shape }, place) => {
				const other = no!.outputs[place]!;
				if (other.dtype !== dtype || other.shape.length !== shape.length)
					fail(
						`expected result ${place} of one type and rank, got ${dtype} ${showShape(shape)} and ${other.dtype} ${showShape(other.shape)}`,
					);
				return { dtype, shape: shape.map((dim, axis) => (dim === other.shape[axis] ? dim : unknownDim('if'))) };
			});
		},
		{ inputs: 1, kind: 'moving' },
	),
	/** Made by `scan` (see scan/recurrence.ts), which knows its types: this rule is for those that are read from files. */
	Scan: operator(
		(inputs, { body: attribute, num_scan_inputs: sequences }, fail) => {
			const body = typeof attribute === 'object' && 'body' in attribute ? attribute.body : fail('expected a body');
			const states = inputs.length - (sequences as number);
			if (body.inputs.length !== inputs.length) fail(`expected a body of ${inputs.length} inputs, got ${body.inputs.length}`);
			const steps = inputs[states]!.shape[0]!;
			return body.outputs.map(({ dtype, shape }, place) => ({ dtype, shape: place < states ? shape : [steps, ...shape] }));
		},
		{ inputs: [1, Infinity], kind: 'moving' },
	),
} satisfies Record<string, Operator>;

/** The values of one of two cases, chosen when the graph runs; the other is not computed. Not differentiable: for training see `where`. */
export function choose(
	condition: Value,
	cases: { readonly yes: () => readonly Value[]; readonly no: () => readonly Value[] },
): readonly Value[] {
	const body = (build: () => readonly Value[]) => {
		const { result, nodes } = recorded(() => expectSync('choose', build()));
		return { body: bodyOf([], result, nodes) };
	};
	return node('If', operators.If, [condition], { then_branch: body(cases.yes), else_branch: body(cases.no) });
}

/** A loop written out: `inner` values stand for the states inside the body, `next` computes the states that follow, `outputs` what to keep. */
export interface LoopParts {
	/** How often it runs: int64 of one element. */
	readonly trips: Value;
	/** The number of the trip inside the body: an int64 scalar input. */
	readonly trip: Value;
	readonly states: readonly Value[];
	readonly inner: readonly Value[];
	readonly next: readonly Value[];
	readonly outputs: readonly Value[];
}

/** Runs a body `trips` times over states; returns the final states, and the outputs of all trips stacked. */
export function loop({ trips, trip, states, inner, next, outputs }: LoopParts): { states: readonly Value[]; outputs: readonly Value[] } {
	const go = input('go', 'bool', []);
	const body = bodyOf([trip, go, ...inner], [identity(go), ...next, ...outputs]);
	const all = node('Loop', operators.Loop, [squeeze(trips, [0]), scalar(1, 'bool'), ...states], { body: { body } });
	return { states: all.slice(0, states.length), outputs: all.slice(states.length) };
}
