// Leaves out what nothing needs: a loop hands out only what is used, and takes in only what that needs. Here loops get their final form, too.

import type { Body, Node, Value } from '../value.js';
import { bodiesOf, nodesBefore, operands } from '../walk.js';
import { rewrite } from './rewrite.js';

/**
 * The same values, with every loop on the way to them cut down to what they need; `whole` keeps all that loops hand out. `given` values are there
 * from the start.
 */
export function pruned(outputs: readonly Value[], given: Iterable<Value>, { whole = false } = {}): readonly Value[] {
	const scans: Scans = { parts: new Map(), whole };
	const ends = new Set(given);
	liveValues(outputs, ends, scans);
	return rewrite(outputs, { given: new Map([...ends].map((value) => [value, value])), part: (node) => scans.parts.get(node) ?? node });
}

/** The final form of each loop that grows, and whether it is all of it. */
interface Scans {
	readonly parts: Map<Node, Node>;
	readonly whole: boolean;
}

/** The values that `outputs` need. A node is looked at after all that use it. */
function liveValues(outputs: readonly Value[], stop: ReadonlySet<Value>, scans: Scans): Set<Value> {
	const live = new Set(outputs);
	const order = nodesBefore(outputs, { stop: (value) => stop.has(value), next: operands });
	for (const node of order.reverse()) {
		if (node.outputs.some((value) => live.has(value))) for (const value of liveOperands(node, live, scans)) live.add(value);
	}
	return live;
}

function liveOperands(node: Node, live: ReadonlySet<Value>, scans: Scans): readonly Value[] {
	const bodies = bodiesOf(node);
	if (node.recurrence) {
		const part = liveScan(node, bodies[0]!, live, scans);
		scans.parts.set(node, part);
		return operands(part);
	}
	for (const body of bodies) liveValues(body.outputs, ends(body), scans);
	return operands(node);
}

const ends = ({ inputs, captures }: Body) => new Set([...inputs, ...captures.keys()]);

function liveScan(node: Node, body: Body, live: ReadonlySet<Value>, scans: Scans): Node {
	const { states, inputReversed, outputReversed } = node.recurrence!;
	const count = states.length;
	const isState = (place: number) => place < count;
	const kept = new Set(places(node.outputs, (value) => scans.whole || live.has(value)));
	const inner = () => liveValues(pick(body.outputs, kept), ends(body), scans);
	let needed = inner();
	// A state is needed, too, where a needed value depends on it.
	for (let before = -1; before < kept.size; needed = inner()) {
		before = kept.size;
		for (const place of places(body.inputs, (value, place) => isState(place) && needed.has(value))) kept.add(place);
	}
	const outputs = [...kept].sort((a, b) => a - b);
	const sequences = places(body.inputs, (value, place) => !isState(place) && needed.has(value));
	// A loop takes its length from a sequence.
	if (sequences.length === 0) sequences.push(count);
	const inputs = [...outputs.filter(isState), ...sequences];
	const bits = (reversed: readonly boolean[], list: readonly number[]) => list.map((place) => (reversed[place - count] ? 1 : 0));
	const { op, scope } = node;
	return {
		op,
		scope,
		inputs: pick(node.inputs, inputs),
		outputs: pick(node.outputs, outputs),
		attributes: {
			body: {
				body: {
					inputs: pick(body.inputs, inputs),
					outputs: pick(body.outputs, outputs),
					captures: new Map([...body.captures].filter(([value]) => needed.has(value))),
				},
			},
			num_scan_inputs: sequences.length,
			scan_input_directions: bits(inputReversed, sequences),
			scan_output_directions: bits(
				outputReversed,
				outputs.filter((place) => !isState(place)),
			),
		},
	};
}

const pick = <T>(list: readonly T[], places: Iterable<number>): T[] => [...places].map((place) => list[place]!);

function places<T>(list: readonly T[], holds: (item: T, place: number) => boolean): number[] {
	return list.flatMap((item, place) => (holds(item, place) ? [place] : []));
}
