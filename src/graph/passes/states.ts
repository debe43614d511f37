// A loop that hands out a state after every step need not copy the state before it, too: that is the same one step later.
import { unsqueeze } from '../ops/movement.js';
import { concat, slice } from '../ops/parts.js';
import { type Attributes, type Node, remake, scopeOf, type Value } from '../value.js';
import { bodiesOf } from '../walk.js';
import { rewrite } from './rewrite.js';

/** The same values from loops that hand out each state once. `given` values are there from the start. */
export function handedOutOnce(outputs: readonly Value[], given: readonly Value[]): readonly Value[] {
	return rewrite(outputs, {
		given: new Map(given.map((value) => [value, value])),
		change: (node) => (node.op === 'Scan' ? scopeOf(node, () => once(node)) : undefined),
	});
}

/** What stands for the outputs of a Scan; undefined where no state is handed out twice. */
function once(node: Node): readonly Value[] | undefined {
	const [body] = bodiesOf(node);
	const { num_scan_inputs: sequences, scan_output_directions: directions } = node.attributes as { [name: string]: unknown } & {
		num_scan_inputs: number;
		scan_output_directions?: readonly number[];
	};
	const count = node.inputs.length - sequences;
	const turned = (place: number) => directions?.[place - count] === 1;
	// For the place of a state before every step: the state, and the place of that after it, in the same order.
	const later = new Map<number, { readonly state: number; readonly after: number }>();
	for (const [place, value] of body!.outputs.entries()) {
		const state = place < count ? -1 : body!.inputs.slice(0, count).indexOf(value);
		const isAfter = (other: Value, at: number) =>
			at >= count && at !== place && other === body!.outputs[state] && turned(at) === turned(place);
		const after = state < 0 || body!.outputs[state] === value ? -1 : body!.outputs.findIndex(isAfter);
		if (after >= 0) later.set(place, { state, after });
	}
	if (later.size === 0) return undefined;

	const kept = node.outputs.flatMap((_, place) => (later.has(place) ? [] : [place]));
	const attributes: Attributes = {
		...node.attributes,
		body: { body: { ...body!, outputs: kept.map((place) => body!.outputs[place]!) } },
		scan_output_directions: kept.filter((place) => place >= count).map((place) => (turned(place) ? 1 : 0)),
	};
	const results = remake({ ...node, attributes, outputs: kept.map((place) => node.outputs[place]!) }, node.inputs);
	const at = new Map(kept.map((place, index) => [place, results[index]!]));
	return node.outputs.map((_, place) => {
		const { state, after } = later.get(place) ?? {};
		if (state === undefined) return at.get(place)!;
		const [first, all] = [unsqueeze(node.inputs[state]!, [0]), at.get(after!)!];
		return concat(turned(place) ? [slice(all, 0, 1), first] : [first, slice(all, 0, 0, -1)], 0);
	});
}
