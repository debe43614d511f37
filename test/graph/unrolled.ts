// What `scan` means, written out step by step with plain operators: the oracle of its tests.
import { constant, ops, type ScanOptions, type Sequence, tensor, type Value } from 'textloom/graph';

const { concat, gather, less, unsqueeze, where } = ops;

const isReversed = (sequence: Sequence) => 'reversed' in sequence;
const plain = (sequence: Sequence) => ('reversed' in sequence ? sequence.reversed : sequence);
const index = (place: number) => constant(tensor('int32', [], [place]));

/** Options of the oracle: the mask of states and outputs goes by the direction that each depends on. */
export interface UnrolledOptions extends ScanOptions {
	/** Whether each state, and each output, goes from the last step to the first. Needed with lengths only. */
	readonly backwards?: { readonly states: readonly boolean[]; readonly outputs?: readonly boolean[] };
}

/** The same results as `scan`. The number of steps must be known. */
export function unrolled({ inputs, states: first, body, lengths, backwards }: UnrolledOptions): {
	states: readonly Value[];
	outputs: readonly Value[];
} {
	const steps = plain(inputs[0]!).shape[0] as number;
	/** The value where the step is within the lengths, `other` elsewhere. */
	const within = (value: Value, other: Value | number, place: number) => {
		if (!lengths) return value;
		const axes = value.shape.slice(1).map((_, axis) => axis + 1);
		return where(unsqueeze(less(index(place), lengths), axes), value, other);
	};
	let states = first;
	const kept: Value[][] = [];
	let turned: boolean[] = [];
	for (let step = 0; step < steps; step++) {
		const place = (back: boolean | undefined) => (back ? steps - 1 - step : step);
		const now = states;
		const made = body(
			now,
			inputs.map((sequence) => gather(plain(sequence), index(place(isReversed(sequence))))),
		);
		states = made.states.map((next, at) => within(next, now[at]!, place(backwards?.states[at])));
		turned = (made.outputs ?? []).map(isReversed);
		kept.push((made.outputs ?? []).map((output, at) => within(plain(output), 0, place(backwards?.outputs?.[at]))));
	}
	const outputs = turned.map((back, at) => {
		const each = kept.map((values) => unsqueeze(values[at]!, [0]));
		return concat(back ? each.reverse() : each, 0);
	});
	return { states, outputs };
}
