// Runs the body of a Loop or Scan step by step, as a model of its own: what a step was fed is then known.

import { isFloat, sizeOf, type Tensor, tensor } from '../../tensors/tensor.js';
import type { OnnxGraph, OnnxModel, OnnxNode } from '../onnx/model.js';
import { writeOnnx } from '../onnx/write.js';
import { openSession } from './open-session.js';
import { allFinite } from './range.js';

/** One step: the body as an ONNX file, and what it is fed. */
export interface LoopStep {
	/** From 1. */
	readonly step: number;
	readonly body: Uint8Array;
	readonly feeds: Readonly<Record<string, Tensor>>;
}

/** The body of a loop; undefined for any other node. */
export function loopBody({ op, attributes: { body } }: OnnxNode): OnnxGraph | undefined {
	return (op === 'Loop' || op === 'Scan') && body && 'graph' in body ? body.graph : undefined;
}

/** The names of the graphs around that a graph uses. */
export function namesAround({ nodes, inputs, outputs, initializers }: OnnxGraph): string[] {
	const own = new Set([...inputs.map(({ name }) => name), ...initializers.keys(), ...nodes.flatMap(({ outputs }) => outputs)]);
	const inner = nodes.flatMap(({ attributes }) =>
		Object.values(attributes).flatMap((value) => ('graph' in value ? namesAround(value.graph) : [])),
	);
	const used = [...nodes.flatMap(({ inputs }) => inputs), ...inner, ...outputs.map(({ name }) => name)];
	return [...new Set(used)].filter((name) => name !== '' && !own.has(name));
}

const ints = ({ attributes }: OnnxNode, name: string) => {
	const value = attributes[name];
	return value && 'ints' in value ? value.ints : [];
};

/** One element of a tensor along its first axis. */
function element({ dtype, shape, data }: Tensor, place: number): Tensor {
	const size = sizeOf(shape.slice(1));
	return { dtype, shape: shape.slice(1), data: data.slice(place * size, (place + 1) * size) };
}

/** The steps of a loop that give NaN or infinity, in their order; `around` has what it is given and what its body uses of the graph around. */
export async function* badSteps(model: OnnxModel, node: OnnxNode, around: ReadonlyMap<string, Tensor>): AsyncGenerator<LoopStep> {
	const graph = loopBody(node)!;
	const captured = namesAround(graph).map((name) => ({ name, ...around.get(name)! }));
	const body = writeOnnx({ ...model, graph: { ...graph, inputs: [...graph.inputs, ...captured] } });
	const fixed = Object.fromEntries(captured.map(({ name }) => [name, around.get(name)!]));
	const given = node.inputs.map((name) => around.get(name));
	const session = await openSession(body, { optimize: false });
	try {
		const { first, steps, states, before, after } = node.op === 'Scan' ? scanned(node, given) : looped(given);
		let now = given.slice(first, first + states) as Tensor[];
		for (let step = 0; step < steps; step++) {
			const own = [...before(step), ...now, ...after(step)];
			const feeds = { ...fixed, ...Object.fromEntries(graph.inputs.map(({ name }, place) => [name, own[place]!])) };
			const results = await session.run(feeds, { outputs: graph.outputs.map(({ name }) => name) });
			const made = graph.outputs.map(({ name }) => results[name]!);
			if (made.some((value) => isFloat(value.dtype) && !allFinite(value))) yield { step: step + 1, body, feeds };
			if (node.op === 'Loop' && made[0]!.data[0] === 0) return;
			now = made.slice(node.op === 'Loop' ? 1 : 0).slice(0, states);
		}
	} finally {
		await session.release();
	}
}

/** How a loop feeds its body: where its states are among its inputs, and what comes before and after them at each step. */
interface Feeding {
	readonly first: number;
	readonly states: number;
	readonly steps: number;
	before(step: number): readonly Tensor[];
	after(step: number): readonly Tensor[];
}

/** Loop: trip count, condition, states; its body takes the number of the trip and the condition first. */
function looped(given: readonly (Tensor | undefined)[]): Feeding {
	const [count, condition] = given;
	const go = condition?.data[0] !== 0;
	return {
		first: 2,
		states: given.length - 2,
		steps: go ? Number(count?.data[0] ?? Number.POSITIVE_INFINITY) : 0,
		before: (step) => [tensor('int64', [], [step]), tensor('bool', [], [1])],
		after: () => [],
	};
}

/** Scan: states, then sequences, each from its beginning or its end. */
function scanned(node: OnnxNode, given: readonly (Tensor | undefined)[]): Feeding {
	const count = node.attributes.num_scan_inputs;
	const states = given.length - (count && 'int' in count ? count.int : 0);
	const sequences = given.slice(states) as Tensor[];
	const steps = sequences[0]!.shape[0]!;
	const directions = ints(node, 'scan_input_directions');
	return {
		first: 0,
		states,
		steps,
		before: () => [],
		after: (step) => sequences.map((sequence, place) => element(sequence, directions[place] === 1 ? steps - 1 - step : step)),
	};
}
