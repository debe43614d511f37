// What `emit` writes: only what outputs need, equal things once, under names that cannot clash.
import {
	backward,
	constant,
	createSession,
	emit,
	fromOnnx,
	input,
	type OnnxGraph,
	ops,
	type Program,
	parameter,
	scalar,
	scan,
	scope,
	type Tensor,
	tensor,
	type Value,
	withGradient,
	writeOnnx,
	writeOnnxFile,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';

const { add, exp, identity, loop, matMul, mul, neg, reduceSum, relu, sub } = ops;
const x = input('x', 'float32', ['n']);
const y = input('y', 'float32', ['n']);
const vector = (...values: number[]): Tensor => tensor('float32', [values.length], values);

/** Runs a program; the feeds it does not take are left out. */
async function run(program: Program, feeds: Record<string, Tensor>): Promise<Record<string, number[]>> {
	const session = await createSession(writeOnnx(emit(program)), { threads: 1 });
	const taken = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
	const results = await session.run(taken);
	await session.release();
	return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float32Array, Number)]));
}

const opsOf = (graph: OnnxGraph) => graph.nodes.map(({ op }) => op);

describe('what is emitted', () => {
	it('no unused input, no dead node, no dead constant', () => {
		const unused = input('unused', 'float32', []);
		mul(exp(x), add(unused, 7));
		const { graph } = emit({ inputs: { x, y, unused }, outputs: { out: relu(x) } });
		expect(graph.inputs.map(({ name }) => name)).toEqual(['x']);
		expect(opsOf(graph)).toEqual(['Relu']);
		expect(graph.initializers.size).toBe(0);
	});

	it('no unused initializer', () => {
		const [w, dead] = [input('w', 'float32', [1]), input('dead', 'float32', [1])];
		const initializers = { w: { value: w, data: vector(1) }, dead: { value: dead, data: vector(2) } };
		expect([...emit({ inputs: { x }, outputs: { out: add(x, w) }, initializers }).graph.initializers.keys()]).toEqual(['w']);
	});

	it('an input in the middle of a graph leaves out what computes it', async () => {
		const middle = exp(x);
		const program = { inputs: { x, middle }, outputs: { out: add(middle, 1) } };
		expect(emit(program).graph.inputs.map(({ name }) => name)).toEqual(['middle']);
		expect(await run(program, { middle: vector(1, 2) })).toEqual({ out: [2, 3] });
	});

	it('each draw of random numbers by itself, equal as they may be', () => {
		const [first, second] = [ops.dropout(x, { training: true }), ops.dropout(x, { training: true })];
		expect(opsOf(emit({ inputs: { x }, outputs: { out: sub(first, second) } }).graph)).toEqual(['Dropout', 'Dropout', 'Sub']);
	});

	it('equal nodes and equal constants once', () => {
		const sum = add(mul(add(x, 2), add(x, 2)), mul(add(x, 2), 2));
		const { graph } = emit({ inputs: { x }, outputs: { out: sum } });
		expect(opsOf(graph).sort()).toEqual(['Add', 'Add', 'Mul', 'Mul']);
		expect(graph.initializers.size).toBe(1);
	});

	it('unequal things apart: type, shape, attributes, 0 and −0', async () => {
		const constants = [scalar(1), constant(tensor('float32', [1], [1])), constant(tensor('float32', [1, 1], [1]))];
		const values = [
			...constants.map((one) => reduceSum(add(x, one))),
			reduceSum(ops.cast(add(ops.cast(x, 'float64'), 1), 'float32')),
			reduceSum(ops.div(scalar(1), scalar(0))),
			reduceSum(ops.div(scalar(1), scalar(-0))),
		];
		const outputs = Object.fromEntries(values.map((value, i) => [`out${i}`, value]));
		const { graph } = emit({ inputs: { x }, outputs });
		expect(graph.initializers.size).toBe(6);
		const found = await run({ inputs: { x }, outputs }, { x: vector(2, 3) });
		expect(Object.values(found).flat()).toEqual([7, 7, 7, 7, Infinity, -Infinity]);
	});

	it('large constants once if they are one value, though not compared number for number', () => {
		const large = constant(
			tensor(
				'float32',
				[100],
				Array.from({ length: 100 }, (_, i) => i),
			),
		);
		const { graph } = emit({ inputs: {}, outputs: { out: add(mul(large, 2), large) } });
		expect(graph.initializers.size).toBe(2);
	});

	it('the order of the graph is one in which nodes can run', () => {
		const deep = add(mul(exp(x), neg(x)), relu(exp(x)));
		const { graph } = emit({ inputs: { x }, outputs: { a: deep, b: exp(x) } });
		const known = new Set(['x', ...graph.initializers.keys()]);
		for (const node of graph.nodes) {
			for (const name of node.inputs) expect(known).toContain(name);
			for (const name of node.outputs) known.add(name);
		}
	});
});

describe('outputs', () => {
	it('an input, a constant, an initializer', async () => {
		const w = input('w', 'float32', [2]);
		const program = {
			inputs: { x },
			outputs: { same: x, number: scalar(3), stored: w },
			initializers: { w: { value: w, data: vector(8, 9) } },
		};
		expect(await run(program, { x: vector(1, 2) })).toEqual({ same: [1, 2], number: [3], stored: [8, 9] });
	});

	it('one value under two names, and used by other nodes', async () => {
		const sum = add(x, y);
		const program = { inputs: { x, y }, outputs: { first: sum, second: sum, third: neg(sum), fourth: identity(sum) } };
		expect(await run(program, { x: vector(1), y: vector(2) })).toEqual({ first: [3], second: [3], third: [-3], fourth: [3] });
	});

	it('nothing stands between a node and its output', () => {
		expect(opsOf(emit({ inputs: { x }, outputs: { out: exp(x) } }).graph)).toEqual(['Exp']);
	});

	it('the result of a function with a gradient of its own', async () => {
		const twice = withGradient([x], add(x, x), (gradient) => [mul(gradient, 2)]);
		expect(await run({ inputs: { x }, outputs: { twice, more: neg(twice) } }, { x: vector(4) })).toEqual({ twice: [8], more: [-8] });
	});
});

describe('names', () => {
	it('inputs, initializers and outputs may be called as the emitter calls things', async () => {
		const [c0, c1, add0] = ['c0', 'c1', 'Add_0'].map((name) => input(name, 'float32', [1]));
		const sum = add(add(add(c0!, 10), add(c1!, 20)), add(add0!, 30));
		const program = {
			inputs: { c0: c0!, 'scope/Mul_0': add0! },
			outputs: { Add_1: sum, c2: scope('scope', () => mul(sum, 2)), give_c2: neg(sum) },
			initializers: { c1: { value: c1!, data: vector(2) } },
		};
		const found = await run(program, { c0: vector(1), 'scope/Mul_0': vector(3) });
		expect(found).toEqual({ Add_1: [66], c2: [132], give_c2: [-66] });
	});

	it('a comma in a name joins no two nodes', async () => {
		const [a, b, ab, bc] = ['a', 'b,c', 'a,b', 'c'].map((name) => input(name, 'float32', [1]));
		const program = { inputs: { a: a!, 'b,c': b!, 'a,b': ab!, c: bc! }, outputs: { first: add(a!, b!), second: add(ab!, bc!) } };
		const found = await run(program, { a: vector(1), 'b,c': vector(2), 'a,b': vector(10), c: vector(20) });
		expect(found).toEqual({ first: [3], second: [30] });
	});

	it('a layer called as the emitter calls outputs is no output', async () => {
		const inner = scope('give_a', () => identity(exp(x)));
		const found = await run({ inputs: { x }, outputs: { out: inner, more: neg(inner) } }, { x: vector(0) });
		expect(found).toEqual({ out: [1], more: [-1] });
	});

	it('hard names work', async () => {
		const names = ['__proto__', 'constructor', 'né 文', 'a/b', ' '];
		const inputs = names.map((name) => input(name, 'float32', ['n']));
		const outputs = inputs.map((value, i): [string, Value] => [`${names[i]}!`, neg(value)]);
		const { graph } = emit({
			inputs: Object.fromEntries(inputs.map((value, i) => [names[i]!, value])),
			outputs: Object.fromEntries(outputs),
		});
		expect(graph.inputs.map(({ name }) => name)).toEqual(names);
		expect(graph.outputs.map(({ name }) => name)).toEqual(names.map((name) => `${name}!`));
	});

	it('one name for two things is refused', () => {
		expect(() => emit({ inputs: { x }, outputs: { x: neg(x) } })).toThrow(TypeError);
		expect(() => emit({ inputs: { x }, outputs: { x: neg(x) } })).toThrow(/^emit: .*x is the name of two/);
		const w = input('w', 'float32', [1]);
		const initializers = { x: { value: w, data: vector(1) } };
		expect(() => emit({ inputs: { x }, outputs: { out: add(x, w) }, initializers })).toThrow(/x is the name of two/);
	});

	it('an input that is not listed is named', () => {
		expect(() => emit({ inputs: { x }, outputs: { out: add(x, y) } })).toThrow(TypeError);
		expect(() => emit({ inputs: { x }, outputs: { out: add(x, y) } })).toThrow(
			/^emit: expected every value that nodes need .*, got none for input y of Add, float32 n\. Add it to inputs to feed it/,
		);
	});

	it('a weight that is not listed is told by its shape and the layer that uses it', () => {
		const weight = parameter([2, 3], () => new Float32Array(6));
		const deep = (w: Value) => scope('encoder', () => scope('layer.0', () => matMul(input('h', 'float32', ['n', 2]), w)));
		const says = (value: Value) => {
			const y = deep(value);
			return () => emit({ inputs: { h: y.node!.inputs[0]! }, outputs: { out: relu(y) } });
		};
		expect(says(weight)).toThrow(/got none for a parameter of MatMul in encoder\.layer\.0, float32 2×3\. Add it to inputs/);
		expect(says({ dtype: 'float32', shape: [2, 5] })).toThrow(/got none for a weight of MatMul in encoder\.layer\.0, float32 2×5\. /);
	});

	it('one value under two names is given as one, and may be several outputs', () => {
		const w = input('w', 'float32', [1]);
		const data = vector(1);
		const out = add(x, w);
		const both = (program: Omit<Program, 'outputs'>) => () => emit({ ...program, outputs: { out } });
		expect(both({ inputs: { a: x, b: x, w } })).toThrow(/^emit: .* but a and b are one value\. Keep one name/);
		expect(both({ inputs: { x, w }, initializers: { weight: { value: w, data } } })).toThrow(/but w and weight are one value/);
		expect(both({ inputs: { x }, initializers: { v: { value: w, data }, w: { value: w, data } } })).toThrow(/but v and w are one value/);
	});

	it('one value as several outputs is given under each name', async () => {
		const minus = neg(x);
		expect(await run({ inputs: { x }, outputs: { one: minus, two: minus, same: x } }, { x: vector(1, 2) })).toEqual({
			one: [-1, -2],
			two: [-1, -2],
			same: [1, 2],
		});
	});

	it('names that are numbers keep their order, where it is told', () => {
		const inputs = { b: x, '9': input('9', 'float32', ['n']), '10': input('10', 'float32', ['n']) };
		const outputs = { '2': add(inputs['10'], inputs['9']), '1': neg(add(inputs.b, inputs['9'])) };
		const { graph } = emit({ inputs, outputs, order: ['10', 'b', '9', '2', '1'] });
		expect(graph.inputs.map(({ name }) => name)).toEqual(['10', 'b', '9']);
		expect(graph.outputs.map(({ name }) => name)).toEqual(['2', '1']);
		expect(emit({ inputs, outputs, order: ['b'] }).graph.inputs.map(({ name }) => name)).toEqual(['b', '9', '10']);
	});
});

describe('what is no program', () => {
	const refused: Record<string, [build: () => unknown, says: RegExp]> = {
		'outputs alone': [() => emit({ y: x } as never), /^emit: expected an option that it has, got y\. It has inputs, outputs, /],
		'no outputs': [() => emit({ inputs: { x } } as never), /^emit: expected outputs to be values by name, .*got nothing\./],
		nothing: [() => emit(undefined as never), /^emit: expected an object of options, got nothing\./],
		'a number as an output': [() => emit({ inputs: {}, outputs: { y: 3 as never } }), /^emit: expected outputs to be values by name/],
		'a tensor as an input': [() => emit({ inputs: { x: vector(1) as never }, outputs: {} }), /^emit: expected inputs to be values by name/],
		'weights without numbers': [
			() => emit({ inputs: {}, outputs: {}, initializers: { w: x as never } }),
			/^emit: expected initializers to be values with their numbers by name/,
		],
		'numbers of another shape': [
			() => emit({ inputs: {}, outputs: { out: neg(y) }, initializers: { y: { value: { ...y, shape: [2] }, data: vector(1) } } }),
			/^emit: expected the data of initializer y to be float32 2, as its value is, got float32 1\. Pass the tensor of that value\.$/,
		],
		'numbers that do not fill their shape': [
			() => emit({ inputs: {}, outputs: {}, initializers: { y: { value: y, data: { ...vector(1), shape: [3] } } } }),
			/^emit: expected the data of initializer y to be a tensor \{ dtype, shape, data \} with as many numbers/,
		],
		'an option that is misspelled': [
			() => emit({ inputs: { x }, outputs: { x } }, { simplfy: false } as never),
			/^emit: expected an option that it has, got simplfy\. Did you mean simplify\?/,
		],
		'bytes that are not read': [() => fromOnnx(new Uint8Array(9) as never), /^fromOnnx: expected model to be .* by readOnnx\(bytes\)\.$/],
		'a program that is not made a model': [
			() => writeOnnx({ inputs: { x }, outputs: { x } } as never),
			/^writeOnnx: expected model to be a model as plain data, .*by emit\(program\)\.$/,
		],
		'no loss': [() => backward(undefined as never, []), /^backward: expected loss to be a value of a graph, got nothing\. /],
		'one value for a list': [() => backward(reduceSum(x), x as never), /^backward: expected values to be an array, /],
	};
	it.each(Object.entries(refused))('%s', (_, [build, says]) => expect(build).toThrow(says));
	it('no model for a file', async () => {
		await expect(writeOnnxFile('no.onnx', {} as never)).rejects.toThrow(/^writeOnnxFile: expected model to be a model as plain data/);
	});
});

describe('what is built at once', () => {
	const later: Record<string, () => unknown> = {
		scope: () => scope('layer', async () => x),
		scan: () => scan({ inputs: [x], states: [], body: (async () => ({ states: [] })) as never }),
		choose: () => ops.choose(input('go', 'bool', []), { yes: (async () => [x]) as never, no: () => [x] }),
	};
	it.each(Object.entries(later))('%s refuses an async function', (_, build) => {
		expect(build).toThrow(TypeError);
		expect(build).toThrow(/expected a function that builds at once, got a promise\. Load what it needs before/);
	});

	it('the names of scopes are right after it', () => {
		expect(() => scope('outer', async () => scope('inner', () => x))).toThrow(/^scope outer: /);
		expect(neg(x).node!.scope).toBe('');
	});
});

describe('simplify: false', () => {
	it('writes equal nodes apart, and nodes that change nothing', () => {
		const out = add(neg(neg(x)), neg(neg(x)));
		expect(opsOf(emit({ inputs: { x }, outputs: { out } }, { simplify: false }).graph)).toEqual(['Neg', 'Neg', 'Neg', 'Neg', 'Add']);
		expect(opsOf(emit({ inputs: { x }, outputs: { out } }).graph)).toEqual(['Add']);
	});

	it('and without it: a graph is written the same whatever else its loops were asked for', () => {
		const w = input('w', 'float32', [4]);
		const h = input('h', 'float32', [4]);
		const xs = input('xs', 'float32', ['time', 4]);
		const { outputs, states } = scan({
			inputs: [xs],
			states: [h],
			body: ([h], [x]) => {
				const next = ops.tanh(add(mul(h!, w), x!));
				return { states: [next], outputs: [exp(next)] };
			},
		});
		const written = () => writeOnnx(emit({ inputs: { xs, h, w }, outputs: { out: outputs[0]! } }));
		const before = written();
		const [dw, dh] = backward(reduceSum(states[0]!), [w, h]);
		expect(written()).toEqual(before);
		writeOnnx(emit({ inputs: { xs, h, w }, outputs: { dw: dw!, dh: dh! } }));
		expect(written()).toEqual(before);
	});

	it('writes all that a loop hands out', () => {
		const { outputs } = scan({
			inputs: [x],
			states: [scalar(0)],
			body: ([h], [element]) => {
				const next = ops.tanh(add(h!, element!));
				return { states: [next], outputs: [next, h!] };
			},
		});
		const written = (options: Parameters<typeof emit>[1]) =>
			emit({ inputs: { x }, outputs: { out: outputs[0]! } }, options).graph.nodes[0]!;
		expect(written({ simplify: false }).outputs.length).toBe(3);
		expect(written({}).outputs.length).toBeLessThan(3);
	});
});

describe('bodies', () => {
	const trip = input('trip', 'int64', []);
	const counts = constant(tensor('int64', [1], [3]));

	it('use values of the graph around them, one of which is an output, too', async () => {
		const outer = mul(x, 2);
		const state = input('state', 'float32', ['n']);
		const {
			states: [last],
			outputs: [all],
		} = loop({
			trips: counts,
			trip,
			states: [y],
			inner: [state],
			next: [add(state, add(outer, 1))],
			outputs: [sub(state, x)],
		});
		const program = { inputs: { x, y }, outputs: { last: last!, outer, all: all! } };
		const found = await run(program, { x: vector(1, 10), y: vector(0, 0) });
		expect(found).toEqual({ last: [9, 63], outer: [2, 20], all: [-1, -10, 2, 11, 5, 32] });
	});

	it('capture an input of the graph that nothing else needs', async () => {
		const state = input('state', 'float32', ['n']);
		const made = loop({ trips: counts, trip, states: [y], inner: [state], next: [mul(state, x)], outputs: [] });
		expect(await run({ inputs: { x, y }, outputs: { last: made.states[0]! } }, { x: vector(2), y: vector(1) })).toEqual({ last: [8] });
	});

	it('states may pass through unchanged, change places, and have one name', async () => {
		const [a, b] = [input('state', 'float32', ['n']), input('state', 'float32', ['n'])];
		const made = loop({ trips: counts, trip, states: [x, y], inner: [a, b], next: [b, a], outputs: [a] });
		const program = { inputs: { x, y }, outputs: { first: made.states[0]!, second: made.states[1]!, all: made.outputs[0]! } };
		expect(await run(program, { x: vector(1), y: vector(2) })).toEqual({ first: [2], second: [1], all: [1, 2, 1] });
	});

	it('nest, and see through two walls', async () => {
		const [inner, outer] = [input('state', 'float32', ['n']), input('state', 'float32', ['n'])];
		const step = exp(mul(x, 0));
		const within = loop({
			trips: counts,
			trip: input('trip', 'int64', []),
			states: [outer],
			inner: [inner],
			next: [add(inner, step)],
			outputs: [],
		});
		const made = loop({ trips: counts, trip, states: [y], inner: [outer], next: [within.states[0]!], outputs: [] });
		const program = { inputs: { x, y }, outputs: { last: made.states[0]!, step } };
		expect(await run(program, { x: vector(5), y: vector(0) })).toEqual({ last: [9], step: [1] });
	});
});

describe('deep graphs', () => {
	it('20,000 nodes in a chain are differentiated and written', async () => {
		let value: Value = x;
		for (let i = 0; i < 20_000; i++) value = i % 2 === 0 ? add(value, 1) : mul(value, 1.0001);
		const loss = reduceSum(value);
		const [gradient] = backward(loss, [x]);
		const model = emit({ inputs: { x }, outputs: { loss, gradient: gradient! } });
		const bytes = writeOnnx(model);
		expect(model.graph.nodes.length).toBeGreaterThan(30_000);
		expect(bytes.length).toBeGreaterThan(1e6);
	});

	it('wide ones, too: 5,000 uses of one value', () => {
		const w = input('w', 'float32', [2, 2]);
		const terms = Array.from({ length: 5000 }, (_, i) => reduceSum(matMul(mul(w, i + 1), w)));
		const loss = terms.reduce((sum, term) => add(sum, term));
		const [gradient] = backward(loss, [w]);
		emit({ inputs: { w }, outputs: { gradient: gradient! } });
	});

	it('doubling 200 times visits each node once', () => {
		let value: Value = x;
		for (let i = 0; i < 200; i++) value = add(value, value);
		const [gradient] = backward(reduceSum(value), [x]);
		expect(emit({ inputs: { x }, outputs: { gradient: gradient! } }).graph.nodes.length).toBeLessThan(1000);
	});
});
