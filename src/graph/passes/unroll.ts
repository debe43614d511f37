// Writes loops out step by step, for devices that have no loops (WebGPU has neither Scan nor Loop): one graph for each length.
import { scalar } from '../constant.js';
import { type Sizes, sizeOfDim } from '../dim-size.js';
import { gather } from '../ops/index-ops.js';
import { unsqueeze } from '../ops/movement.js';
import { concat } from '../ops/parts.js';
import { type Node, scopeOf, type Value } from '../value.js';
import { bodiesOf } from '../walk.js';
import { rewrite } from './rewrite.js';

/** The same values without Scan. `sizes` tells the numbers of steps by name; `given` values are there from the start. */
export function unrolled(outputs: readonly Value[], given: readonly Value[], sizes: Sizes): readonly Value[] {
	return rewrite(outputs, {
		given: new Map(given.map((value) => [value, value])),
		change: (node) => (node.op === 'Scan' ? scopeOf(node, () => steps(node, sizes)) : undefined),
	});
}

function steps(node: Node, sizes: Sizes): readonly Value[] {
	const [body] = bodiesOf(node);
	const {
		num_scan_inputs: sequenceCount,
		scan_input_directions: from,
		scan_output_directions: to,
	} = node.attributes as unknown as Directions;
	const count = node.inputs.length - sequenceCount;
	const sequences = node.inputs.slice(count);
	const length = lengthOf(sequences[0]!, sizes);
	const at = (reversed: number | undefined, step: number) => (reversed === 1 ? length - 1 - step : step);

	let states = node.inputs.slice(0, count);
	const stacks: Value[][] = body!.outputs.slice(count).map(() => []);
	for (let step = 0; step < length; step++) {
		const elements = sequences.map((sequence, place) => gather(sequence, scalar(at(from?.[place], step), 'int64')));
		const given = new Map([...body!.captures, ...body!.inputs.map((inner, place) => [inner, [...states, ...elements][place]!] as const)]);
		const results = rewrite(body!.outputs, { given });
		states = results.slice(0, count);
		for (const [place, value] of results.slice(count).entries()) stacks[place]![at(to?.[place], step)] = unsqueeze(value, [0]);
	}
	return [...states, ...stacks.map((values) => concat(values, 0))];
}

/** The attributes of a Scan; sequences and outputs without directions go forward. */
interface Directions {
	readonly num_scan_inputs: number;
	readonly scan_input_directions?: readonly number[];
	readonly scan_output_directions?: readonly number[];
}

function lengthOf(sequence: Value, sizes: Sizes): number {
	const [dim] = sequence.shape;
	const missing = new Set<string>();
	const length = sizeOfDim(dim!, sizes, missing);
	if (length === undefined || !(length >= 1)) {
		throw new RangeError(
			`emit: expected the number of steps of every loop to write it out, got ${length ?? `none for ${[...missing].join(', ')}`}. Set unroll: { ${[...missing, dim][0]}: … }.`,
		);
	}
	return length;
}
