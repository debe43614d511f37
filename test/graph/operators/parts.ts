// What is tested of each operator: what joins, cuts, fills up and repeats.
import { constant, ops, tensor } from 'textloom/graph';
import { axes, f, i } from './refusals.js';
import type { Rows } from './row.js';

export const parts = {
	Concat: {
		gradients: {
			three: {
				shapes: [
					[2, 1],
					[2, 3],
					[2, 2],
				],
				build: (...all) => ops.concat(all, 1),
			},
			'a named size': {
				shapes: [
					[2, 1],
					[2, 3],
				],
				named: [
					[2, 1],
					[2, 'time'],
				],
				build: (...all) => ops.concat(all, -1),
			},
			'two named sizes': {
				shapes: [
					[2, 1],
					[3, 1],
					[1, 1],
				],
				named: [
					['before', 1],
					['after', 1],
					[1, 1],
				],
				build: (...all) => ops.concat(all, 0),
			},
		},
		refuses: {
			...axes((x, axis) => ops.concat([x, x], axis)),
			'sizes beside the axis': [() => ops.concat([f(2, 3), f(3, 3)], 1), 'expected equal sizes but for axis 1', 'float32 2×3, float32 3×3'],
			'names beside the axis': [
				() => ops.concat([f('batch', 3), f('time', 3)], -1),
				'equal sizes but for axis 1',
				'batch×3, float32 time×3',
			],
			rank: [() => ops.concat([f(2, 3), f(3)], 0), 'expected equal sizes but for axis 0', 'float32 2×3, float32 3'],
			types: [() => ops.concat([f(2), i(2)], 0), 'expected operands of one type', 'float32 2, int32 2'],
		},
	},
	Split: {
		gradients: {
			'all parts': { shapes: [[2, 5]], build: (x) => ops.concat([...ops.split(x, [1, 3, 1], 1)].reverse(), 1) },
			'a part that nothing uses': { shapes: [[5, 2]], build: (x) => ops.split(x, [2, 3], 0)[1]! },
		},
		refuses: {
			...axes((x, axis) => ops.split(x, [1, 2], axis)[0]!),
			'another sum': [() => ops.split(f(5), [2, 2], 0), 'expected lengths that add up to 5, got 2 + 2', 'float32 5'],
		},
	},
	Slice: {
		gradients: {
			middle: { shapes: [[5, 2]], build: (x) => ops.slice(x, 0, 1, 3) },
			'from the end': { shapes: [[5]], build: (x) => ops.slice(x, 0, -3, -1) },
			'named, to the end': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, 2) },
			'named, cut both ends': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, 1, -2) },
			'named, the first': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, 0, 3) },
			'named, the last': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, -2) },
			'every second': { shapes: [[5, 2]], build: (x) => ops.slice(x, 0, 1, undefined, 2) },
			'backwards by two': { shapes: [[6]], build: (x) => ops.slice(x, 0, -1, 0, -2) },
			'turned round, named': { shapes: [[4, 2]], named: [['time', 2]], build: (x) => ops.reverse(x, 0) },
			'every second of a name': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, 0, undefined, 2) },
			'every second of a name, from its end': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, -2, 0, -2) },
			nothing: { shapes: [[3, 2]], build: (x) => ops.concat([ops.slice(x, 0, 1, 1), x], 0) },
		},
		refuses: {
			...axes((x, axis) => ops.slice(x, axis, 0, 1)),
			'a step of 0': [() => ops.slice(f(5), 0, 0, 3, 0), 'expected steps other than 0', 'float32 5'],
		},
	},
	Pad: {
		gradients: {
			both: { shapes: [[2, 3]], build: (x) => ops.pad(x, 1, 1, 2) },
			'named, one side': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.pad(x, 0, 2, 0) },
			'cut off': { shapes: [[4, 2]], build: (x) => ops.pad(x, 0, -1, 2) },
		},
		refuses: {
			...axes((x, axis) => ops.pad(x, axis, 1, 1)),
			'more cut than there is': [() => ops.pad(f(2, 3), 0, -2, -1), 'cannot cut more than there is', 'float32 2×3'],
			'the type of the value': [() => ops.pad(f(2), 0, 1, 0, constant(tensor('int32', [], [1]))), 'a value of the same type', 'float32 2'],
		},
	},
	Tile: {
		gradients: { 'both axes': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.tile(x, [2, 3]) } },
		refuses: { 'too few repeats': [() => ops.tile(f(2, 3), [2]), 'expected 2 repeats, got 1', 'float32 2×3'] },
	},
	Trilu: {
		gradients: {
			upper: { shapes: [[2, 3, 4]], build: (x) => ops.triangle(x, 'upper', 1) },
			lower: { shapes: [[3, 3]], build: (x) => ops.triangle(x, 'lower') },
		},
		refuses: { 'a vector': [() => ops.triangle(f(3), 'upper'), 'expected at least two dimensions', 'float32 3'] },
	},
} satisfies Rows;
