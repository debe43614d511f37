// Shapes: what each operator refuses, with its name, the layer and the shapes in the message; and how named sizes add up.
import { addDim, ops, productDims, ShapeError, scope, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';
import { rows } from './operators/index.js';
import { f, i } from './operators/refusals.js';

/** The error of `build` inside a layer of a network. */
function errorOf(build: () => unknown): Error {
	try {
		scope('encoder', () => scope('attention', build));
	} catch (error) {
		return error as Error;
	}
	throw new Error('nothing was thrown');
}

describe('what operators refuse', () => {
	for (const [op, { refuses }] of Object.entries(rows)) {
		if (typeof refuses === 'string') {
			it(`${op}: ${refuses}`, () => expect(refuses).not.toBe(''));
			continue;
		}
		for (const [name, [build, ...says]] of Object.entries(refuses)) {
			it(`${op}: ${name}`, () => {
				const error = errorOf(build);
				expect(error).toBeInstanceOf(ShapeError);
				expect(error.name).toBe('ShapeError');
				expect(error.message.startsWith(`${op} in encoder.attention: `), error.message).toBe(true);
				expect(error.message).toMatch(/ \(inputs: .+\)\.$/);
				for (const part of says) expect(error.message).toContain(part);
			});
		}
	}

	it('outside of a layer the message names the operator alone', () => {
		expect(() => ops.add(f(2), f(3))).toThrow(/^Add: cannot broadcast 2 with 3/);
	});

	it('a layer that failed leaves no name behind', () => {
		errorOf(() => ops.add(f(2), f(3)));
		expect(() => ops.add(f(2), f(3))).toThrow(/^Add: /);
	});

	it('a fraction beside integers, which would be cut off', () => {
		expect(() => ops.less(i('batch'), 0.5)).toThrow(ShapeError);
		expect(() => ops.less(i('batch'), 0.5)).toThrow(/a whole number beside int32 batch, got 0\.5/);
	});
});

describe('what layers refuse', () => {
	const ids = i('batch', 'time');
	const layers: [name: string, build: () => unknown, ...says: string[]][] = [
		['linear', () => nn.linear({ in: 128, out: 2 }).apply(f('batch', 64)), 'linear: expected last dimension 128, got 64', 'input batch×64'],
		[
			'convMax, width',
			() => nn.convMax({ in: 4, out: 2, kernels: [3] }).apply(f('batch', 'time', 5), i('batch')),
			'convMax: ',
			'batch×time×5',
		],
		['convMax, rank', () => nn.convMax({ in: 4, out: 2, kernels: [3] }).apply(f('batch', 4), i('batch')), 'convMax: ', 'batch×4'],
		['convMax, lengths of another batch', () => nn.convMax({ in: 4, out: 2, kernels: [3] }).apply(f(2, 6, 4), i(3)), 'in convMax'],
		['embedding of floats', () => nn.embedding({ size: 5, width: 2 }).apply(f('batch')), 'Gather in embedding: ', 'float32 batch'],
		['cross-entropy of another batch', () => nn.crossEntropy(f('batch', 3), i('time')), 'crossEntropy: ', 'got time'],
		['cross-entropy of a column', () => nn.crossEntropy(f('batch', 3), i('batch', 1)), 'crossEntropy: ', 'got batch×1'],
		['cross-entropy of shares', () => nn.crossEntropy(f('batch', 3), f('batch')), 'crossEntropy: ', 'targets batch×3'],
	];
	for (const [name, build, ...says] of layers) {
		it(name, () => {
			expect(build).toThrow(ShapeError);
			for (const part of says) expect(build).toThrow(part);
		});
	}

	it('take what they should', () => {
		expect(nn.embedding({ size: 5, width: 2 }).apply(ids).shape).toEqual(['batch', 'time', 2]);
		expect(nn.convMax({ in: 4, out: 2, kernels: [2, 3] }).apply(f('batch', 'time', 4), i('batch')).shape).toEqual(['batch', 4]);
		expect(nn.convMax({ in: 4, out: 2, kernels: [2] }).apply(f('n2', 't2', 4), i('n2')).shape).toEqual(['n2', 2]);
		expect(nn.linear({ in: 3, out: 2 }).apply(f('batch', 'time', 3)).shape).toEqual(['batch', 'time', 2]);
		expect(nn.crossEntropy(f('batch', 3), i('batch')).sum.shape).toEqual([]);
	});
});

describe('named sizes', () => {
	it('add up to what they were', () => {
		for (const name of ['time', 't2', 'batch*3', 'a b', '(a+b)', 'time_1']) {
			for (const by of [1, 2, 30]) {
				expect(addDim(name, -by)).toBe(`${name}-${by}`);
				expect(addDim(addDim(name, -by), by)).toBe(name);
				expect(addDim(addDim(name, by), -by - 1)).toBe(`${name}-1`);
			}
			expect(addDim(name, 0)).toBe(name);
		}
		expect(addDim(7, -3)).toBe(4);
	});

	it('multiply: numbers into one factor', () => {
		expect(productDims(['batch', 'time'])).toBe('batch*time');
		expect(productDims([2, 'batch', 3])).toBe('batch*6');
		expect(productDims(['time-2', 4])).toBe('time*4-8');
		expect(productDims([2, 3])).toBe(6);
		expect(productDims([])).toBe(1);
		expect(productDims(['batch', 0])).toBe(0);
	});

	const shapes: [name: string, value: () => Value, shape: (number | string)[]][] = [
		['pad 2, cut 2', () => ops.slice(ops.pad(f('time', 3), 0, 1, 1), 0, 2), ['time', 3]],
		['cut at both ends', () => ops.slice(f('time'), 0, 1, -1), ['(-min(time,2)+time)']],
		['cut by one', () => ops.slice(f('time'), 0, 1), ['time-1']],
		['cut twice', () => ops.slice(ops.slice(f('time'), 0, 1), 0, 0, -1), ['(-min(time,2)+time)']],
		['the first', () => ops.slice(f('time'), 0, 0, 3), ['min(time,3)']],
		['the first one', () => ops.slice(f('time'), 0, 0, 1), [1]],
		['the first of a longer one', () => ops.slice(f('time+2'), 0, 0, 3), [3]],
		['the last', () => ops.slice(f('time'), 0, -2), ['min(time,2)']],
		['the last one', () => ops.slice(f('time'), 0, -1), [1]],
		['the two parts', () => ops.concat([ops.slice(f('time'), 0, 0, 3), ops.slice(f('time'), 0, 3)], 0), ['time']],
		['every second', () => ops.slice(f(5), 0, 1, undefined, 2), [2]],
		['every second of a name', () => ops.slice(f('time'), 0, 1, undefined, 2), ['windows(time-2/2)']],
		['turned round', () => ops.reverse(f('time', 2), 0), ['time', 2]],
		['backwards from the last but one', () => ops.slice(f('time'), 0, -2, undefined, -1), ['(-min(time,2)+time)+1']],
		['backwards down to the second', () => ops.slice(f(9), 0, 6, 0, -2), [3]],
		['flattened', () => ops.flatten(f('batch', 'time', 3), 2), ['batch*time', 3]],
		['a vector times a matrix', () => ops.matMul(f(3), f('batch', 3, 4)), ['batch', 4]],
		['lists of indices', () => ops.gatherND(f('batch', 4, 5), i('batch', 3, 1), { batch: 1 }), ['batch', 3, 5]],
		['half of them pooled, rounded up', () => ops.maxPool(f(1, 1, 6), 3, { stride: 2, ceil: true }), [1, 1, 3]],
		['padded before only', () => ops.conv(f(1, 1, 'time'), f(1, 1, 3), undefined, { padding: [[2, 0]] }), [1, 1, 'time']],
		[
			'recurrent states',
			() => ops.lstm(f('time', 'batch', 3), { input: f(2, 16, 3), recurrent: f(2, 16, 4) }, { direction: 'bidirectional' }).all,
			['time', 2, 'batch', 4],
		],
		['none of them', () => ops.slice(f('time'), 0, 3, 1), [0]],
		['none of known ones', () => ops.slice(f(5), 0, 3, 1), [0]],
		['more than there are', () => ops.slice(f(5), 0, 3, 9), [2]],
		['joined with a known size', () => ops.concat([f('time', 2), f(3, 2)], 0), ['time+3', 2]],
		['joined with another name', () => ops.concat([f('a'), f('b')], 0), ['(a+b)']],
		['known sizes joined', () => ops.concat([f(2), f(3)], 0), [5]],
		['broadcast against 1', () => ops.add(f('batch', 1, 3), f('time', 1)), ['batch', 'time', 3]],
		['broadcast against fewer axes', () => ops.mul(f('batch', 'time', 3), f(3)), ['batch', 'time', 3]],
		['reduced', () => ops.reduceMax(f('batch', 'time', 3), { axes: [1] }), ['batch', 3]],
		['reduced, kept', () => ops.reduceSum(f('batch', 'time'), { axes: [-1], keep: true }), ['batch', 1]],
		['all reduced', () => ops.reduceMean(f('batch', 'time')), []],
		['transposed', () => ops.transpose(f('batch', 'time', 3)), ['batch', 3, 'time']],
		['looked up', () => ops.gather(f(9, 4), i('batch', 'time')), ['batch', 'time', 4]],
		['a matrix product', () => ops.matMul(f('batch', 'time', 3), f(3, 'out')), ['batch', 'time', 'out']],
		['axes added and removed', () => ops.squeeze(ops.unsqueeze(f('batch'), [0, 2]), [-1]), [1, 'batch']],
		['counted', () => ops.places(f('batch', 'time'), -1), ['time']],
		['reshaped to the same', () => ops.reshape(f('batch', 2), ['batch', 2]), ['batch', 2]],
	];
	for (const [name, value, shape] of shapes) it(name, () => expect(value().shape).toEqual(shape));
});
