// Values by values: a graph over others equals the graph that is built over them, with its gradients.
import { backward, emit, input, ops, reversed, scalar, scan, stopGradient, substitute, type Value, withGradient } from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { difference, type Evaluated, evaluate } from './evaluate.js';

const { add, cast, choose, exp, greater, loop, matMul, mul, reduceMean, reduceSum, tanh } = ops;
const [T, B, H, E] = [4, 2, 3, 2];

/** The same graph built over stand-ins, which then become the inputs, each changed a little. */
function bySubstitution({ build, ...rest }: Evaluated): Evaluated {
	return {
		...rest,
		build: (...inputs) => {
			const stand = inputs.map(({ dtype, shape }, place) => input(`stand${place}`, dtype, shape));
			return substitute(build(...stand), new Map(stand.map((value, place) => [value, changed(inputs[place]!)])));
		},
	};
}
const changed = (value: Value) => add(tanh(value), mul(value, 0.5));
const directly = ({ build, ...rest }: Evaluated): Evaluated => ({ ...rest, build: (...inputs) => build(...inputs.map(changed)) });

const cubed = (x: Value) => withGradient([x], mul(mul(x, x), x), (dy) => [mul(dy, mul(mul(x, x), 3))]);
const cell = (h: Value, x: Value, w: Value, u: Value) => tanh(add(matMul(x, w), matMul(h, u)));
const sequence = [T, B, E];
const weights = [
	[B, H],
	[E, H],
	[H, H],
];

const cases: Readonly<Record<string, Evaluated>> = {
	'plain operators': { shapes: [[2, 3], [3]], build: (x, b) => [tanh(add(x, b)), mul(x, x), b] },
	'a loop, what it captures and what it hands out': {
		shapes: [sequence, ...weights],
		build: (x, h, w, u) => {
			const { states, outputs } = scan({
				inputs: [x],
				states: [h],
				body: ([h], [x]) => {
					const next = cell(h!, x!, w, u);
					return { states: [next], outputs: [next, reversed(mul(next, x!.shape.length)), exp(x!)] };
				},
			});
			return [...states, ...outputs];
		},
	},
	'a loop from both ends, whose lengths are outside': {
		shapes: [sequence, ...weights],
		named: [['time', 'batch', E], ['batch', H], ...weights.slice(1)],
		build: (x, h, w, u) => {
			const lengths = cast(add(reduceSum(mul(x, 0), { axes: [0, 2] }), 3), 'int32');
			const { states, outputs } = scan({
				inputs: [x, reversed(x)],
				states: [h, h],
				lengths,
				body: ([a, b], [x, y]) => {
					const [one, two] = [cell(a!, x!, w, u), cell(b!, y!, w, u)];
					return { states: [one, two], outputs: [one, reversed(two)] };
				},
			});
			return [...states, ...outputs];
		},
	},
	'a loop inside a loop, which captures what is around both': {
		shapes: [sequence, [B, E], [E, E]],
		build: (x, h, w) => {
			const inner = (h: Value, x: Value) =>
				scan({ inputs: [ops.unsqueeze(x, [0])], states: [h], body: ([h], [x]) => ({ states: [tanh(add(matMul(h!, w), mul(x!, h!)))] }) });
			const { states, outputs } = scan({
				inputs: [x],
				states: [h],
				body: ([h], [x]) => {
					const next = inner(h!, x!).states[0]!;
					return { states: [next], outputs: [next] };
				},
			});
			return [...states, ...outputs];
		},
	},
	'a function with a gradient of its own': { shapes: [[2, 3]], build: (x) => [cubed(x), mul(cubed(tanh(x)), x)] },
	'such a function in a loop': {
		shapes: [sequence, [B, E], [E, E]],
		build: (x, h, u) => {
			const { states, outputs } = scan({
				inputs: [x],
				states: [h],
				body: ([h], [x]) => ({ states: [tanh(add(cubed(matMul(h!, u)), cubed(x!)))], outputs: [cubed(u), cubed(x!), h!] }),
			});
			return [...states, ...outputs];
		},
	},
	'a value that does not learn': { shapes: [[2, 3]], build: (x) => [mul(stopGradient(x), x)] },
};

describe('substitute', () => {
	for (const [name, graph] of Object.entries(cases)) {
		it(name, async () => {
			const tolerance = graph.dtype === 'float32' ? 1e-6 : 1e-12;
			expect(difference(await evaluate(directly(graph)), await evaluate(bySubstitution(graph)))).toBeLessThan(tolerance);
		});
	}

	it('cases of a choice, and loops without a gradient', async () => {
		const graph: Evaluated = {
			shapes: [[2, 3], [3]],
			gradients: false,
			build: (x, b) => {
				const [chosen] = choose(greater(reduceSum(x), 100), { yes: () => [x], no: () => [tanh(add(x, b))] });
				const [trip, h] = [input('trip', 'int64', []), input('h', 'float64', [3])];
				const { states } = loop({ trips: ops.sizeAt(x, 0), trip, states: [b], inner: [h], next: [add(h, reduceMean(x))], outputs: [] });
				return [chosen!, ...states];
			},
		};
		expect(difference(await evaluate(directly(graph)), await evaluate(bySubstitution(graph)))).toBeLessThan(1e-12);
	});

	it('replaces all at once', async () => {
		const build = (x: Value, y: Value) =>
			substitute(
				[ops.sub(x, y)],
				new Map([
					[x, y],
					[y, x],
				]),
			);
		const graph = { shapes: [[3], [3]] };
		expect(difference(await evaluate({ ...graph, build }), await evaluate({ ...graph, build: (x, y) => [ops.sub(y, x)] }))).toBe(0);
	});

	it('what is replaced inside a function takes its own gradient away', async () => {
		const squared = (x: Value, replaced: boolean) => {
			const inner = tanh(x);
			// The rule of tanh(x)², which is not that of (2 x)².
			const y = withGradient([x], mul(inner, inner), (dy) => [mul(dy, mul(mul(inner, 2), ops.sub(1, mul(inner, inner))))]);
			return replaced ? substitute([y], new Map([[inner, mul(x, 2)]])) : [mul(mul(x, 2), mul(x, 2))];
		};
		const [one, two] = [true, false].map((replaced) => ({ shapes: [[3]], build: (x: Value) => squared(x, replaced) }));
		expect(difference(await evaluate(one!), await evaluate(two!))).toBeLessThan(1e-12);
	});

	it('keeps what does not depend on what is replaced', () => {
		const [x, y] = [input('x', 'float32', [2]), input('y', 'float32', [2])];
		const [kept, made] = [tanh(x), tanh(y)];
		const [same, other] = substitute([kept, made], new Map([[y, x]]));
		expect(same).toBe(kept);
		expect(other).not.toBe(made);
	});

	it('refuses another type in one line', () => {
		const x = input('x', 'float32', ['batch', 2]);
		expect(() => substitute([x], new Map([[x, input('y', 'float64', ['batch', 2])]]))).toThrow(
			'substitute: expected float32 batch×2 in the place of x, got float64 batch×2. Cast or reshape it.',
		);
		expect(() => substitute([x], new Map([[x, scalar(1)]]))).toThrow(/got float32 .*\. Cast or reshape/);
	});
});

describe('stopGradient', () => {
	it('has no gradient and no node', () => {
		const x = input('x', 'float32', [3]);
		const stopped = stopGradient(tanh(x));
		expect(backward(reduceSum(stopped), [x])).toEqual([undefined]);
		for (const simplify of [true, false]) {
			const { graph } = emit({ inputs: { x }, outputs: { y: exp(stopped) } }, { simplify });
			expect(graph.nodes.map(({ op }) => op)).toEqual(['Tanh', 'Exp']);
		}
	});

	it('is a constant for gradients, in a loop, too', async () => {
		const graph = (stop: (value: Value) => Value): Evaluated => ({
			shapes: [
				[T, B, E],
				[B, E],
			],
			build: (x, h) =>
				scan({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [add(stop(mul(h!, h!)), mul(x!, stop(x!)))] }) }).states,
		});
		const [stopped, plain] = [await evaluate(graph(stopGradient)), await evaluate(graph((value) => value))];
		expect(stopped.y0).toEqual(plain.y0);
		expect(stopped.g1?.every((number) => number === 0) ?? true).toBe(true);
		expect(stopped.g0).not.toEqual(plain.g0);
	});
});
