// Loops over sequences: the one recurrence of the library.
import { sameShape, showShape } from '../dim.js';
import { expectSync } from '../expect-sync.js';
import { isValue } from '../given.js';
import { currentScope, input, scope, type Value } from '../value.js';
import { bodyOf } from '../walk.js';
import { apart } from './apart.js';
import { fail } from './fail.js';
import { direction, Kinds, type Leaf } from './kinds.js';
import { atOwnEnd, type Within, withinLengths } from './lengths.js';
import { Recurrence } from './recurrence.js';

/** A sequence, its steps along the first axis; `reversed` ones go from the last step to the first. */
export type Sequence = Value | { readonly reversed: Value };

/** The same sequence from its last step to its first. */
export function reversed(sequence: Value): Sequence {
	return { reversed: sequence };
}

const sequenceOf = (sequence: Sequence) => ('reversed' in sequence ? sequence.reversed : sequence);
const isReversed = (sequence: Sequence) => 'reversed' in sequence;

/** What one step computes. */
export interface ScanStep {
	/** The states after it, in the shapes they had before. */
	readonly states: readonly Value[];
	/** Values to keep of every step; `reversed` ones are stacked from the last step to the first. */
	readonly outputs?: readonly Sequence[];
}

/** A loop over sequences. */
export interface ScanOptions {
	/** At least one; all have as many steps. A body that reads from both ends at once is a bidirectional layer in one loop. */
	readonly inputs: readonly Sequence[];
	/** The states before the first step. */
	readonly states: readonly Value[];
	/** One step: from the states and an element of each sequence. Values of the graph around may be used. */
	readonly body: (states: readonly Value[], inputs: readonly Value[]) => ScanStep;
	/**
	 * The steps of each element of the batch, int32 `[batch]`; the batch is the first axis of states and outputs. Beyond them states stay
	 * as they are, and outputs are 0: a reversed sequence so begins at its own end, as in a packed sequence of PyTorch.
	 */
	readonly lengths?: Value;
	/**
	 * With lengths: states of sequences that are read forward run on beyond their end, and the last state is taken from the own last step. It
	 * spares a choice in each step, and is for bodies whose states stay finite whatever they read. Default false: they stay as they are.
	 */
	readonly runOn?: boolean;
	/** False leaves in the loop what could be computed for all steps at once outside. Default true. */
	readonly lift?: boolean;
}

/**
 * Runs `body` over the first axis of sequences: ONNX Scan, with a gradient. Gives the states after the last step, and the outputs stacked
 * `[steps, …]`. What does not depend on the states (an input projection), and what the states do not depend on (an output projection), is
 * moved out of the loop and computed for all steps at once: a cell can be written plainly.
 *
 * @example A recurrent layer: `scan({ inputs: [x], states: [h], body: ([h], [x]) => { const next = tanh(add(matMul(x, w), matMul(h, u)));
 * return { states: [next], outputs: [next] }; } })`
 */
export function scan({ inputs, states, body, lengths, runOn = false, lift = true }: ScanOptions): {
	readonly states: readonly Value[];
	readonly outputs: readonly Value[];
} {
	const values = inputs.map(sequenceOf);
	checkSequences(values);
	const leaves = new Map<Value, Leaf>();
	const element = (name: string, sequence: Value, reversed: boolean) => {
		const value = input(name, sequence.dtype, sequence.shape.slice(1));
		leaves.set(value, { reversed, sequence: () => sequence });
		return value;
	};
	const elements = values.map((sequence, place) => element(`input${place}`, sequence, isReversed(inputs[place]!)));
	const inner = states.map(({ dtype, shape }, place) => input(`state${place}`, dtype, shape));
	const step = scope('scan', () => expectSync('scan: body', body(inner, elements)));
	const { outputs = [] } = step;
	checkStates(states, step.states);
	for (const [place, output] of outputs.entries())
		checkValue(`output ${place}`, (output as Partial<Record<'reversed', Value>>)?.reversed ?? output);

	const leaf = (value: Value) => leaves.get(value);
	const kinds = new Kinds(
		inner.map((value, place) => ({ inner: value, next: step.states[place]! })),
		leaf,
		({ op }) => op === 'Shape',
	);
	const built = [...step.states, ...outputs.map(sequenceOf)];
	const results = lift ? apart(built, kinds) : built;
	const within: Within = lengths ? withinLengths({ lengths, sequence: values[0]!, kinds, element }) : (value) => value;
	// The direction of what no sequence is in: that of the loop, if it has one.
	const loop = inputs.every(isReversed) ? true : inputs.some(isReversed) ? undefined : false;
	const running = inner.map((state, place) => {
		const { carried, directions } = kinds.of(results[place]!);
		return lengths !== undefined && runOn && carried && directions === direction.forward && results[place] !== state;
	});
	const nexts = inner.map((state, place) => {
		const next = results[place]!;
		return next === state || running[place] ? next : within(next, state, { what: `state ${place}`, reversed: loop });
	});
	const kept = outputs.map((output, place) =>
		within(results[inner.length + place]!, 0, { what: `output ${place}`, reversed: loop ?? isReversed(output) }),
	);
	const recurrence = new Recurrence({
		states: states.map((first, place) => ({ first, inner: inner[place]!, next: nexts[place]! })),
		leaf,
		// Named sizes come from sequences and states, and from what the body uses of the graph around it.
		sources: [values[0]!, ...values.slice(1), ...states, ...bodyOf([...inner, ...leaves.keys()], [...nexts, ...kept]).captures.keys()],
		scope: currentScope(),
		lift,
	});
	return {
		states: states.map((first, place) =>
			lengths && running[place] ? atOwnEnd(recurrence.all(nexts[place]!, false), { first, lengths }) : recurrence.last(place),
		),
		outputs: kept.map((output, place) => recurrence.all(output, isReversed(outputs[place]!))),
	};
}

function checkSequences(values: readonly Value[]) {
	const [first] = values;
	if (!first) fail('at least one sequence', 'none. Pass what the steps go over');
	for (const { shape } of values) {
		if (shape.length === 0 || shape[0] !== first!.shape[0])
			fail(
				`sequences of one number of steps`,
				`${values.map((value) => showShape(value.shape)).join(', ')}. The first axis is that of the steps`,
			);
	}
}

/** A number is easily returned in the place of a value. */
function checkValue(what: string, value: unknown) {
	if (!isValue(value)) fail(`${what} to be a value`, `${value}. Make a constant of it, or use it as an operand`);
}

function checkStates(before: readonly Value[], after: readonly Value[] | undefined) {
	if (!Array.isArray(after))
		fail('a body that returns { states }', 'none. Return the states after the step, an array in the order of those before');
	if (after.length !== before.length)
		fail(`a body that returns ${before.length} states`, `${after.length}. Return each state in its place`);
	for (const [place, { dtype, shape }] of before.entries()) {
		checkValue(`state ${place}`, after[place]);
		const next = after[place]!;
		if (next.dtype !== dtype || !sameShape(next.shape, shape))
			fail(
				`state ${place} to stay ${dtype} ${showShape(shape)}`,
				`${next.dtype} ${showShape(next.shape)}. Return the shape it had before the step`,
			);
	}
}
