// Finds where NaN and infinity come from: runs the model again with its intermediate values as outputs, and follows the bad ones back.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { isFloat, type Tensor } from '../../tensors/tensor.js';
import { showShape } from '../dim.js';
import * as field from '../onnx/fields.js';
import type { OnnxGraph, OnnxModel, OnnxNode } from '../onnx/model.js';
import { readOnnx } from '../onnx/read.js';
import { readOnnxFile } from '../onnx/read-file.js';
import { writeOnnx } from '../onnx/write.js';
import { badSteps, loopBody, namesAround } from './loop-steps.js';
import { openSession } from './open-session.js';
import { allFinite, type NumberRange, rangeOf, showRange } from './range.js';
import { layerOf, showNode } from './run-error.js';

/** Where the first NaN or infinity of a run came from. */
export interface NonFinite {
	/** The operator of the node that made it, and the layer that asked for it; undefined where it was fed or stored. */
	readonly op?: string;
	readonly layer?: string;
	/** The name of the value that has it. */
	readonly value: string;
	readonly range: NumberRange;
	/** The step of the loop that the node is in, from 1. */
	readonly step?: number;
	/** What the node was given. */
	readonly inputs: Readonly<Record<string, NumberRange>>;
	/** All this as one sentence. */
	readonly message: string;
}

/** Values looked at in one run: all at once would need the memory of all. */
const together = 128;

/**
 * The first node that makes NaN of numbers or infinity of finite numbers, on the way to an output that is not finite; undefined where all
 * outputs are finite. What a node makes and no bad output takes up, such as the branch that a Where leaves out, does not count. Inside of a
 * loop it is a node of the body, at the first step. The model is its bytes, or the path of its file.
 */
export async function findNonFinite(model: Uint8Array | string, feeds: Readonly<Record<string, Tensor>>): Promise<NonFinite | undefined> {
	// From a path, numbers that are in other files are put into the model.
	const whole = typeof model === 'string' ? writeOnnx(await readOnnxFile(model)) : model;
	return findIn(whole, feeds);
}

async function findIn(model: Uint8Array, feeds: Readonly<Record<string, Tensor>>): Promise<NonFinite | undefined> {
	const read = readOnnx(model);
	const { graph } = read;
	const ranges = new Map<string, NumberRange>();
	const keep = (values: Iterable<readonly [string, Tensor]>) => {
		for (const [name, value] of values) if (isFloat(value.dtype)) ranges.set(name, rangeOf(value));
	};
	keep(graph.initializers);
	keep(Object.entries(feeds));
	const names = graph.nodes.flatMap(({ outputs }) => outputs.filter((name) => name !== ''));
	for (let from = 0; from < names.length; from += together) keep(await valuesOf(model, graph, names.slice(from, from + together), feeds));
	const { found, node } = firstBad(graph, ranges) ?? {};
	return (node && (await insideLoop({ model, read }, node, feeds))) ?? found;
}

/** The values of these names in a run. */
async function valuesOf(
	model: Uint8Array,
	graph: OnnxGraph,
	names: readonly string[],
	feeds: Readonly<Record<string, Tensor>>,
): Promise<[string, Tensor][]> {
	const given = new Set(graph.outputs.map(({ name }) => name));
	const bytes = withOutputs(
		model,
		names.filter((name) => !given.has(name)),
	);
	const session = await openSession(bytes, { optimize: false });
	try {
		return Object.entries(await session.run(feeds, { outputs: names }));
	} finally {
		await session.release();
	}
}

/** For a loop: the node of its body that made the first, and the step. */
async function insideLoop(
	{ model, read }: { model: Uint8Array; read: OnnxModel },
	node: OnnxNode,
	feeds: Readonly<Record<string, Tensor>>,
): Promise<NonFinite | undefined> {
	const body = loopBody(node);
	if (!body) return undefined;
	const { initializers } = read.graph;
	const known = new Map([...initializers, ...Object.entries(feeds)]);
	const wanted = [...new Set([...node.inputs, ...namesAround(body)])].filter((name) => name !== '' && !known.has(name));
	if (wanted.length > 0) for (const [name, value] of await valuesOf(model, read.graph, wanted, feeds)) known.set(name, value);
	for await (const { step, body, feeds } of badSteps(read, node, known)) {
		const found = await findIn(body, feeds);
		if (found?.op) return { ...found, step, message: found.message.replace(' made the first', ` at step ${step} made the first`) };
	}
	return undefined;
}

/** Throws where a float result is not finite, and says where that began. */
export async function expectFinite(
	results: Readonly<Record<string, Tensor>>,
	{ model, feeds }: { model: Uint8Array | string; feeds: Readonly<Record<string, Tensor>> },
): Promise<void> {
	const bad = Object.entries(results).find(([, value]) => isFloat(value.dtype) && !allFinite(value));
	if (!bad) return;
	const [name, value] = bad;
	const where = await findNonFinite(model, feeds).then(
		(found) =>
			found?.message ?? 'Run node by node it is finite: nodes that ONNX Runtime joins lose digits, so look for very large numbers.',
		// What keeps it from being found must not take the place of what happened.
		(error: Error) => `Where it began cannot be told: ${error.message}`,
	);
	throw new RangeError(`session: expected finite numbers, got ${name} with ${showRange(rangeOf(value))}. ${where}`);
}

/** The model with more outputs: messages of protobuf add up where one follows the other, and ONNX Runtime infers types that are not stated. */
function withOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
	const to = new BinaryWriter();
	to.tag(field.model.graph, WireType.LengthDelimited).fork();
	for (const name of names) {
		to.tag(field.graph.output, WireType.LengthDelimited).fork();
		to.tag(field.valueInfo.name, WireType.LengthDelimited).string(name).join();
	}
	return Buffer.concat([model, to.join().finish()]);
}

/** Follows bad values back from the outputs; of the nodes that made one, the first in order. */
function firstBad(graph: OnnxGraph, ranges: ReadonlyMap<string, NumberRange>): { found: NonFinite; node?: OnnxNode } | undefined {
	const makers = new Map(graph.nodes.flatMap((node, place) => node.outputs.map((name) => [name, { node, place }] as const)));
	const isBad = (name: string) => (ranges.get(name)?.nonFinite ?? 0) > 0;
	const seen = new Set<string>();
	const stack = graph.outputs.map(({ name }) => name).filter(isBad);
	let first: { value: string; node?: OnnxNode; place: number } | undefined;
	for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
		if (seen.has(value)) continue;
		seen.add(value);
		const range = ranges.get(value)!;
		// Infinity that is fed or stored may be meant, as a mask is: it counts where nothing else does.
		const { node, place } = makers.get(value) ?? { place: range.nan > 0 ? -1 : Number.POSITIVE_INFINITY };
		const before = node ? readsOf(node).filter(isBad) : [];
		stack.push(...before);
		const given = before.map((name) => ranges.get(name)!);
		// A node that hands infinity on did not make it; one that makes NaN of infinity did.
		const made = before.length === 0 || (range.nan > 0 && given.every(({ nan }) => nan === 0));
		if (made && (!first || place < first.place)) first = { value, place, ...(node && { node }) };
	}
	return first && { found: explain(first.value, first.node, ranges), ...(first.node && { node: first.node }) };
}

function explain(value: string, node: OnnxNode | undefined, ranges: ReadonlyMap<string, NumberRange>): NonFinite {
	const range = ranges.get(value)!;
	if (!node) {
		return {
			value,
			range,
			inputs: {},
			message: `It was there before the run: ${value} ${showShape(range.shape)} has ${showRange(range)}.`,
		};
	}
	const inputs = Object.fromEntries(readsOf(node).flatMap((name) => (ranges.has(name) ? [[name, ranges.get(name)!]] : [])));
	const given = Object.entries(inputs).map(([name, range]) => `${name} ${showShape(range.shape)} with ${showRange(range)}`);
	const message = `${showNode(node)} made the first: ${showShape(range.shape)} with ${showRange(range)}, of ${given.join(', ') || 'no numbers'}.`;
	return { op: node.op, layer: layerOf(node.name), value, range, inputs, message };
}

/** The values that a node reads, those that its bodies use included. */
function readsOf({ inputs, attributes }: OnnxNode): string[] {
	const inner = Object.values(attributes).flatMap((value) => ('graph' in value ? namesAround(value.graph) : []));
	return [...new Set([...inputs, ...inner])].filter((name) => name !== '');
}
