// What loops keep: only the outputs, states, sequences and captured values that something needs, in nested ones, too.
import {
	backward,
	emit,
	input,
	type OnnxGraph,
	type OnnxNode,
	ops,
	type Program,
	type ScanOptions,
	scan,
	type Value,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { bothWays } from './both-ways.js';

const { add, exp, identity, loop, mul, neg, reduceSum, sub, tanh } = ops;
const x = input('x', 'float32', ['time', 2]);
const y = input('y', 'float32', ['time', 2]);
const [a, b, c] = ['a', 'b', 'c'].map((name) => input(name, 'float32', [2])) as [Value, Value, Value];
const inputs = { x, y, a, b, c };

/** What a loop is cut down to. */
interface Kept {
	readonly states: number;
	readonly sequences: number;
	readonly outputs: number;
	/** The inputs of the program that are used. */
	readonly inputs: readonly string[];
}

const intOf = ({ attributes }: OnnxNode, name: string) => {
	const value = attributes[name];
	return value && 'int' in value ? value.int : 0;
};
const loopsIn = ({ nodes }: OnnxGraph): OnnxNode[] =>
	nodes.flatMap((node) => {
		const inner = Object.values(node.attributes).flatMap((value) => ('graph' in value ? loopsIn(value.graph) : []));
		return node.op === 'Scan' ? [node, ...inner] : inner;
	});

/** The Scans of a program, those around others first. */
function keptBy(program: Program): Kept[] {
	const { graph } = emit(program);
	return loopsIn(graph).map((node) => {
		const sequences = intOf(node, 'num_scan_inputs');
		const states = node.inputs.length - sequences;
		return { states, sequences, outputs: node.outputs.length - states, inputs: graph.inputs.map(({ name }) => name) };
	});
}

/** A loop of three states; `lift: false` leaves all in it. State 1 takes from state 2, which takes from nothing but itself. */
const run = (options: Partial<ScanOptions> = {}) =>
	scan({
		inputs: [x, y],
		states: [a, b, neg(a)],
		lift: false,
		body: ([first, second, third], [left, right]) => ({
			states: [tanh(add(first!, left!)), mul(second!, third!), add(third!, c)],
			outputs: [exp(first!), sub(second!, right!), mul(right!, c)],
		}),
		...options,
	});

const cases: Readonly<Record<string, readonly [outputs: () => readonly Value[], kept: Kept]>> = {
	'one state: what only others need goes': [() => [run().states[0]!], { states: 1, sequences: 1, outputs: 0, inputs: ['x', 'a'] }],
	'a state and the one that it takes from': [
		() => [run().states[1]!],
		{ states: 2, sequences: 1, outputs: 0, inputs: ['x', 'a', 'b', 'c'] },
	],
	'an output of a state that nobody asked for': [() => [run().outputs[0]!], { states: 1, sequences: 1, outputs: 1, inputs: ['x', 'a'] }],
	'an output of a sequence and a captured value': [() => [run().outputs[2]!], { states: 0, sequences: 1, outputs: 1, inputs: ['y', 'c'] }],
	'all of it': [
		() => {
			const { states, outputs } = run();
			return [...states, ...outputs];
		},
		{ states: 3, sequences: 2, outputs: 3, inputs: ['x', 'y', 'a', 'b', 'c'] },
	],
	'no more than the length of a sequence': [
		() => [run({ body: ([first, second, third]) => ({ states: [exp(first!), second!, third!] }) }).states[0]!],
		{ states: 1, sequences: 1, outputs: 0, inputs: ['x', 'a'] },
	],
};

const named = (values: readonly Value[]) => Object.fromEntries(values.map((value, place) => [`out${place}`, value]));

describe('pruned', () => {
	for (const [name, [build, kept]] of Object.entries(cases)) {
		it(name, async () => {
			const program = { inputs, outputs: named(build()) };
			expect(keptBy(program)).toEqual([kept]);
			await bothWays(program);
		});
	}

	it('a loop in a loop keeps what the outer one needs of it', async () => {
		const nested = scan({
			inputs: [x],
			states: [b],
			lift: false,
			body: ([state], [element]) => {
				const { states, outputs } = scan({
					inputs: [y],
					states: [state!, a],
					lift: false,
					body: ([first, second], [inner]) => ({
						states: [tanh(add(first!, element!)), mul(second!, inner!)],
						outputs: [exp(second!), mul(inner!, c)],
					}),
				});
				return { states: [states[0]!], outputs: [add(states[1]!, state!), outputs[0]!] };
			},
		});
		const only = { inputs, outputs: { last: nested.states[0]! } };
		expect(keptBy(only)).toEqual([
			{ states: 1, sequences: 1, outputs: 0, inputs: ['x', 'y', 'b'] },
			{ states: 1, sequences: 1, outputs: 0, inputs: ['x', 'y', 'b'] },
		]);
		await bothWays(only);
		const both = { inputs, outputs: { last: nested.states[0]!, all: nested.outputs[0]! } };
		expect(keptBy(both)).toEqual([
			{ states: 1, sequences: 1, outputs: 1, inputs: ['x', 'y', 'a', 'b'] },
			{ states: 2, sequences: 1, outputs: 0, inputs: ['x', 'y', 'a', 'b'] },
		]);
		await bothWays(both);
	});

	it('a loop in a Loop of trips', async () => {
		const trip = input('trip', 'int64', []);
		const state = input('state', 'float32', [2]);
		const { states } = run({ states: [state, b, neg(a)] });
		const trips = input('trips', 'int64', [1]);
		const all = loop({ trips, trip, states: [a], inner: [state], next: [identity(states[0]!)], outputs: [] });
		const program = { inputs: { ...inputs, trips }, outputs: { last: all.states[0]! } };
		expect(keptBy(program)).toEqual([{ states: 1, sequences: 1, outputs: 0, inputs: ['x', 'a', 'trips'] }]);
	});

	it('the gradient of one captured value leaves out those of the others', async () => {
		const { states } = run();
		const loss = reduceSum(states[1]!);
		const [, , dc] = backward(loss, [a, b, c]);
		const [forward, back] = keptBy({ inputs, outputs: { dc: dc! } });
		expect(forward).toMatchObject({ states: 2, sequences: 1 });
		expect(back).toMatchObject({ states: 3, outputs: 0 });
		await bothWays({ inputs, outputs: { loss, dc: dc! } }, 1e-6);
	});
});
