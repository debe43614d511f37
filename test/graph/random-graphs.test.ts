// Random graphs of twenty operators in ONNX Runtime, against the interpreter: forward values, and gradients by its central differences.
import fc from 'fast-check';
import { backward, createSession, emit, input, ops, tensor, type Value, writeOnnx } from 'textloom/graph';
import { randomUint32 } from 'textloom/stream';
import { expect, it } from 'vitest';
import { interpret, type Numbers } from './interpreter.js';
import { makerNames, type RandomGraph, randomGraph } from './random-graphs.js';

const tolerances = { float64: { forward: 1e-9, gradient: 1e-5 }, float32: { forward: 2e-4, gradient: 5e-3 } } as const;
const graphs = 200;
const step = 1e-6;

/** The loss: a weighted sum of the outputs, so that no gradient hides behind another. Weights are inputs. */
function lossOf({ outputs, known }: RandomGraph): { loss: Value; weights: Value[] } {
	const weights = outputs.map((value, place) => {
		const weight = input(`w${place}`, value.dtype, value.shape);
		const { shape, data } = known.get(value)!;
		known.set(weight, { shape, data: data.map((_, i) => Math.fround(Math.cos(i + place))) });
		return weight;
	});
	const sums = outputs.map((value, place) => ops.reduceSum(ops.mul(value, weights[place]!)));
	return { loss: sums.reduce((a, b) => ops.add(a, b)), weights };
}

/** Central differences of the loss; undefined where it has a bend: there the two sides differ. */
function slopes(loss: Value, input: Value, fed: ReadonlyMap<Value, Numbers>): (number | undefined)[] {
	const { shape, data } = fed.get(input)!;
	const lossAt = (place: number, by: number) => {
		const moved = { shape, data: data.map((number, i) => (i === place ? number + by : number)) };
		return interpret(loss, new Map([...fed, [input, moved]])).data[0]!;
	};
	return data.map((_, place) => {
		const [below, middle, above] = [lossAt(place, -step), lossAt(place, 0), lossAt(place, step)];
		const [left, right] = [(middle - below) / step, (above - middle) / step];
		return Math.abs(left - right) > 1e-3 * (1 + Math.abs(left)) ? undefined : (left + right) / 2;
	});
}

function expectClose(name: string, got: ArrayLike<number | bigint>, expected: readonly (number | undefined)[], tolerance: number) {
	expect(got.length, name).toBe(expected.length);
	const scale = 1 + Math.max(0, ...expected.map((number) => Math.abs(number ?? 0)));
	for (const [i, number] of expected.entries()) {
		if (number === undefined) continue;
		const difference = Math.abs(Number(got[i]) - number) / scale;
		if (!(difference <= tolerance)) throw new Error(`${name}[${i}]: expected ${number}, got ${got[i]}`);
	}
}

it.each(['float64', 'float32'] as const)('%s', async (dtype) => {
	const seen = new Set<string>();
	let [elements, bends] = [0, 0];
	// A graph that fails is cut shorter: the first operators of a seed are the same whatever their count.
	const counts = fc.integer({ min: 1, max: 60 }).map((count) => Math.min(count, 20));
	await fc.assert(
		fc.asyncProperty(fc.noShrink(fc.nat()), counts, async (seed, count) => {
			let drawn = 0;
			const graph = randomGraph((below) => randomUint32(seed, 1, drawn++) % below, { count, dtype });
			for (const name of graph.made) seen.add(name);
			const { loss, weights } = lossOf(graph);
			const gradients = backward(loss, graph.inputs);
			const fed = new Map([...graph.inputs, ...weights].map((value) => [value, graph.known.get(value)!]));
			const program = {
				inputs: Object.fromEntries([...fed.keys()].map((value) => [value.name!, value])),
				outputs: {
					...Object.fromEntries(graph.outputs.map((value, place) => [`y${place}`, value])),
					...Object.fromEntries(gradients.flatMap((value, place) => (value ? [[`g${place}`, value]] : []))),
				},
			};
			// ONNX Runtime joins a scaled product into one node, which keeps the scale in float32 even between float64.
			const session = await createSession(writeOnnx(emit(program)), { threads: 1, optimize: dtype === 'float32' });
			try {
				const feeds = Object.fromEntries([...fed].map(([value, { shape, data }]) => [value.name!, tensor(dtype, shape, data)]));
				const results = await session.run(feeds);
				for (const [place, value] of graph.outputs.entries()) {
					const { shape, data } = graph.known.get(value)!;
					expect(results[`y${place}`]!.shape).toEqual(shape);
					expectClose(`y${place}`, results[`y${place}`]!.data, data, tolerances[dtype].forward);
				}
				for (const [place, value] of graph.inputs.entries()) {
					const expected = slopes(loss, value, fed);
					elements += expected.length;
					bends += expected.filter((slope) => slope === undefined).length;
					const got = results[`g${place}`]?.data ?? expected.map(() => 0);
					expectClose(`gradient of x${place}`, got, expected, tolerances[dtype].gradient);
				}
			} finally {
				await session.release();
			}
		}),
		{ seed: 4, numRuns: graphs },
	);
	// Every operator came up, and hardly any element was left out.
	expect(makerNames(dtype).filter((name) => !seen.has(name))).toEqual([]);
	expect(bends).toBeLessThan(elements / 50);
});
