// What `simplify` leaves out: for each rule the operators before and after, and cases in which it must leave a node alone.
import { constant, emit, fromOnnx, input, type OnnxNode, ops, type Tensor, tensor, type Value } from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { bothWays, opsOf } from './both-ways.js';

const {
	add,
	cast,
	div,
	dropout,
	equal,
	expand,
	identity,
	mul,
	neg,
	pad,
	pow,
	reduceSum,
	reshape,
	scatterElements,
	sizeAt,
	sub,
	transpose,
	where,
} = ops;
const x = input('x', 'float32', [2, 3]);
const row = input('row', 'float32', [3]);
const named = input('named', 'float32', ['n', 3]);
const flat = input('flat', 'float32', ['n+2']);
const whole = input('whole', 'int32', [2, 3]);
const pair = input('pair', 'float32', ['m', 'n']);
const inputs = { x, row, pair, named, flat, whole };

const filled = (value: number, ...shape: number[]) =>
	constant(tensor('float32', shape, new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(value)));
const repeated = (value: Value) => expand(value, [2, 3], []);

/** One number for each row, at a place in it. */
const picked = (reduction: 'add' | 'none' = 'add', around = 0) => {
	const places = constant(tensor('int32', [2, 1], [2, 0]));
	return scatterElements(
		expand(constant(tensor('float32', [], [around])), [2, 3], []),
		places,
		constant(tensor('float32', [2, 1], [5, 7])),
		1,
		reduction,
	);
};

/** What is built, its operators, and those that are written; the same where there is nothing to leave out. */
type Case = readonly [build: () => Value, before: string, after?: string];

const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
	'neutral numbers': {
		'a sum with 0': [() => neg(add(x, 0)), 'Add Neg', 'Neg'],
		'a sum with 0 in front': [() => neg(add(filled(0), x)), 'Add Neg', 'Neg'],
		'a difference to zeros': [() => neg(sub(x, filled(0, 2, 3))), 'Sub Neg', 'Neg'],
		'a product with a 1 of more dimensions': [() => neg(mul(filled(1, 1, 1), x)), 'Mul Neg', 'Neg'],
		'a quotient of whole numbers by 1': [() => cast(div(whole, 1), 'float32'), 'Div Cast', 'Cast'],
		'a power by 1': [() => neg(pow(x, 1)), 'Pow Neg', 'Neg'],
		'a power by a whole 1': [() => neg(pow(x, constant(tensor('int64', [], [1])))), 'Pow Neg', 'Neg'],
		'stays: a 0 that repeats the value': [() => add(row, filled(0, 2, 3)), 'Add'],
		'stays: a constant that is not all 0': [() => add(x, constant(tensor('float32', [3], [0, 0, 1]))), 'Add'],
		'stays: 0 less a value': [() => sub(filled(0), x), 'Sub'],
		'stays: 1 by a value': [() => div(filled(1), x), 'Div'],
		'stays: 1 to a power': [() => pow(filled(1), x), 'Pow'],
	},
	signs: {
		'the negative of a negative': [() => add(neg(neg(x)), row), 'Neg Neg Add', 'Add'],
		'a negative added': [() => add(x, neg(row)), 'Neg Add', 'Sub'],
		'a negative taken away': [() => sub(x, neg(row)), 'Neg Sub', 'Add'],
		'stays: a negative from which a value is taken': [() => sub(neg(x), row), 'Neg Sub'],
	},
	'the same again': {
		identities: [() => neg(identity(identity(x))), 'Identity Identity Neg', 'Neg'],
		'transposes that cancel': [() => neg(transpose(transpose(x))), 'Transpose Transpose Neg', 'Neg'],
		'transposes that make another one': [
			() => transpose(transpose(reshape(x, [1, 2, 3]), [1, 0, 2]), [1, 2, 0]),
			'Reshape Transpose Transpose',
			'Reshape Transpose',
		],
		'shapes one after another': [() => reshape(reshape(x, [6]), [3, 2]), 'Reshape Reshape', 'Reshape'],
		'a shape and the way back': [() => neg(reshape(reshape(x, [6]), [2, 3])), 'Reshape Reshape Neg', 'Neg'],
		'stays: one transpose': [() => transpose(x), 'Transpose'],
		'stays: another type': [() => cast(x, 'float64'), 'Cast'],
	},
	'repetition that broadcasting does anyway': {
		'in a product': [() => mul(x, repeated(row)), 'Expand Mul', 'Mul'],
		'in a comparison': [() => cast(equal(repeated(row), x), 'float32'), 'Expand Equal Cast', 'Equal Cast'],
		'in a choice': [() => where(equal(x, row), repeated(row), x), 'Equal Expand Where', 'Equal Where'],
		'stays: of both sides, on one of them': [() => mul(repeated(row), repeated(filled(2, 2, 1))), 'Expand Expand Mul', 'Mul'],
		'stays: of both sides, to a size that none has': [
			() => mul(repeated(row), repeated(neg(row))),
			'Expand Neg Expand Mul',
			'Neg Expand Mul',
		],
		'stays: where it is the result': [() => repeated(row), 'Expand'],
	},
	'zeros that few updates are added to': {
		'their sum': [() => reduceSum(picked(), { axes: [-1] }), 'Expand ScatterElements ReduceSum', 'ReduceSum'],
		'what is taken from them': [() => sub(picked(), ops.exp(x)), 'Expand ScatterElements Exp Sub', 'Exp Neg ScatterElements'],
		'a product with something small taken from them': [
			() => sub(picked(), mul(x, reduceSum(x, { axes: [-1], keep: true }))),
			'Expand ScatterElements ReduceSum Mul Sub',
			'ReduceSum Neg Mul ScatterElements',
		],
		'stays: a sum along the other axis': [() => reduceSum(picked(), { axes: [0] }), 'Expand ScatterElements ReduceSum'],
		'stays: a sum of fewer rows than there are zeros': [
			() =>
				reduceSum(scatterElements(repeated(filled(0)), constant(tensor('int32', [1, 1], [2])), filled(5, 1, 1), 1, 'add'), { axes: [-1] }),
			'Expand ScatterElements ReduceSum',
		],
		'stays: updates that are put, not added': [() => reduceSum(picked('none'), { axes: [-1] }), 'Expand ScatterElements ReduceSum'],
		'stays: ones': [() => reduceSum(picked('add', 1), { axes: [-1] }), 'Expand ScatterElements ReduceSum'],
		'stays: what makes them larger': [() => sub(picked(), reshape(x, [2, 1, 3])), 'Expand ScatterElements Reshape Sub'],
	},
	sizes: {
		'read from an input, not from a value of the middle': [() => cast(sizeAt(mul(named, 2), 0), 'float32'), 'Mul Shape Cast', 'Shape Cast'],
		'of an input are read where they are': [() => cast(sizeAt(named, 0), 'float32'), 'Shape Cast'],
		'computed from sizes of inputs: m*n+2 is not m times n+2': [
			() => cast(sizeAt(pad(reshape(pair, ['m*n']), 0, 0, 2), 0), 'float32'),
			'Reshape Pad Shape Cast',
			'Shape Shape Mul Add Cast',
		],
	},
	results: {
		'stays: two draws of one dropout': [
			() => reduceSum(mul(add(dropout(x, { training: true }), dropout(x, { training: true })), 0)),
			'Dropout Dropout Add Mul ReduceSum',
		],
	},
};

describe('simplified', () => {
	for (const [group, table] of Object.entries(cases)) {
		for (const [name, [build, before, after = before]] of Object.entries(table)) {
			it(`${group}: ${name}`, async () => expect(await bothWays({ inputs, outputs: { y: build() } })).toEqual({ before, after }));
		}
	}

	it('no numbers are not all 1', () => {
		const none = input('none', 'float32', [0]);
		expect(opsOf(emit({ inputs: { none }, outputs: { y: mul(none, filled(1, 0)) } }).graph)).toBe('Mul');
	});

	it('not beyond the inputs of a program', async () => {
		const middle = neg(x);
		expect(await bothWays({ inputs: { middle }, outputs: { y: neg(middle) } })).toEqual({ before: 'Neg', after: 'Neg' });
	});
});

describe('simplified, from files', () => {
	const node = (op: string, inputs: readonly string[], output: string, attributes: OnnxNode['attributes'] = {}): OnnxNode => ({
		op,
		name: output,
		inputs,
		outputs: [output],
		attributes,
	});
	const list = (...numbers: number[]) => tensor('int64', [numbers.length], numbers);
	const program = (dtype: 'float32' | 'float16', nodes: readonly OnnxNode[], constants: Readonly<Record<string, Tensor>>) =>
		fromOnnx({
			opset: 21,
			producer: '',
			metadata: {},
			graph: {
				name: 'g',
				inputs: [{ name: 'x', dtype, shape: ['n', 4] }],
				outputs: [{ name: 'y', dtype, shape: ['any'] }],
				initializers: new Map(Object.entries(constants)),
				nodes,
			},
		});

	it('stays: a 0 in a computed shape, which copies a size of the value before', async () => {
		const nodes = [
			node('Reshape', ['x', 'first'], 'middle'),
			node('Shape', ['x'], 'sizes'),
			node('Gather', ['sizes', 'zero'], 'n'),
			node('Concat', ['zero', 'two', 'n'], 'second', { axis: { int: 0 } }),
			node('Reshape', ['middle', 'second'], 'y'),
		];
		const { after } = await bothWays(program('float32', nodes, { first: list(2, -1, 2), zero: list(0), two: list(2) }));
		expect(after).toBe('Reshape Shape Gather Concat Reshape');
	});

	it('stays: a product with 16-bit floats whose bits are those of 1', () => {
		const tiny: Tensor = { dtype: 'float16', shape: [4], data: new Uint16Array(4).fill(1) };
		expect(opsOf(emit(program('float16', [node('Mul', ['x', 'tiny'], 'y')], { tiny })).graph)).toBe('Mul');
	});
});
