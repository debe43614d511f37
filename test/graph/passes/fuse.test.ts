// What `fuse` joins: for each rule the operators before and after, and cases in which it must leave nodes alone.
import { input, ops, type Program, scan, type Value } from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { bothWays } from './both-ways.js';

const { add, gemm, matMul, mul, neg, reduceSum, tanh, transpose } = ops;
const a = input('a', 'float32', [2, 3]);
const b = input('b', 'float32', [3, 4]);
const turned = input('turned', 'float32', [4, 3]);
const addend = input('addend', 'float32', [2, 4]);
const column = input('column', 'float32', [2, 1]);
const row = input('row', 'float32', [4]);
const deep = input('deep', 'float32', [5, 2, 4]);
const batch = input('batch', 'float32', [5, 2, 3]);
const many = input('many', 'float32', ['n', 300, 4]);
const long = input('long', 'float64', [256, 2]);
const short = input('short', 'float32', [255, 2]);
const [wholeA, wholeB, wholeC, wholeLong] = [
	input('wholeA', 'int32', [2, 3]),
	input('wholeB', 'int32', [4, 3]),
	input('wholeC', 'int32', [2, 4]),
	input('wholeLong', 'int32', [300, 2]),
];
const inputs = { a, b, turned, addend, column, row, deep, batch, many, long, short, wholeA, wholeB, wholeC, wholeLong };

type Case = readonly [build: () => Value | readonly Value[], before: string, after?: string];

const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
	'a product and a matrix added': {
		'on either side': [() => add(addend, matMul(a, b)), 'MatMul Add', 'Gemm'],
		'a column': [() => add(matMul(a, b), column), 'MatMul Add', 'Gemm'],
		'transposed, too': [() => add(matMul(a, transpose(turned)), addend), 'Transpose MatMul Add', 'Gemm'],
		'of a Gemm': [() => add(gemm(a, turned, undefined, { transB: true }), addend), 'Gemm Add', 'Gemm'],
		'of two products one': [() => add(matMul(a, b), matMul(neg(a), b)), 'MatMul Neg MatMul Add', 'Neg MatMul Gemm'],
		'stays: a vector, which an Add adds faster': [() => add(matMul(a, b), row), 'MatMul Add'],
		'stays: a product that is used twice': [
			() => {
				const product = matMul(a, b);
				return [add(product, addend), neg(product)];
			},
			'MatMul Add Neg',
		],
		'stays: an addend that is larger': [() => add(matMul(a, b), deep), 'MatMul Add'],
		'stays: products of batches': [() => add(matMul(batch, b), addend), 'MatMul Add'],
		'stays: a Gemm that has an addend': [() => add(gemm(a, b, addend), column), 'Gemm Add'],
		'stays: whole numbers, which Gemm does not take': [() => add(matMul(wholeA!, transpose(wholeB!)), wholeC!), 'Transpose MatMul Add'],
	},
	'a vector in a Gemm': {
		'is added by an Add': [() => gemm(a, b, row), 'Gemm', 'Gemm Add'],
		'stays: a matrix': [() => gemm(a, b, addend), 'Gemm'],
	},
	'a product with a transpose': {
		'on the right': [() => matMul(a, transpose(turned)), 'Transpose MatMul', 'Gemm'],
		'on both sides': [() => matMul(transpose(b), transpose(a)), 'Transpose Transpose MatMul', 'Gemm'],
		'stays: of batches': [() => matMul(transpose(batch), deep), 'Transpose MatMul'],
		'stays: of whole numbers': [() => matMul(wholeA!, transpose(wholeB!)), 'Transpose MatMul'],
	},
	'a sum over rows': {
		'of a named number': [() => reduceSum(many, { axes: [0, 1] }), 'ReduceSum', 'Shape Mul Concat Expand Reshape Gemm Reshape'],
		'kept as axes of 1': [() => reduceSum(long, { axes: [0], keep: true }), 'ReduceSum', 'Expand Gemm'],
		'stays: few rows': [() => reduceSum(short, { axes: [0] }), 'ReduceSum'],
		'stays: some of the axes': [() => reduceSum(many, { axes: [1] }), 'ReduceSum'],
		'stays: over the last axis': [() => reduceSum(long, { axes: [1] }), 'ReduceSum'],
		'stays: over all': [() => reduceSum(long), 'ReduceSum'],
		'stays: whole numbers': [() => reduceSum(wholeLong!, { axes: [0] }), 'ReduceSum'],
	},
};

describe('fused', () => {
	for (const [group, table] of Object.entries(cases)) {
		for (const [name, [build, before, after = before]] of Object.entries(table)) {
			it(`${group}: ${name}`, async () => {
				const outputs = [build()].flat().map((value, place) => [`y${place}`, value] as const);
				const program: Program = { inputs, outputs: Object.fromEntries(outputs) };
				expect(await bothWays(program, 1e-5)).toEqual({ before, after });
			});
		}
	}

	it('in a loop a vector, too, is added by the Gemm', async () => {
		const [x, h, u, bias] = [
			input('x', 'float32', ['time', 'batch', 4]),
			input('h', 'float32', ['batch', 4]),
			input('u', 'float32', [4, 4]),
			input('bias', 'float32', [4]),
		];
		const { states } = scan({
			inputs: [x],
			states: [h],
			lift: false,
			body: ([h], [x]) => ({ states: [tanh(mul(add(matMul(h!, u), bias), x!))] }),
		});
		const found = await bothWays({ inputs: { x, h, u, bias }, outputs: { last: states[0]! } }, 1e-5);
		expect(found).toEqual({ before: 'Scan[MatMul Add Mul Tanh]', after: 'Scan[Gemm Mul Tanh]' });
	});
});
