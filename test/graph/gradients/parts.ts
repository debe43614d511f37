// Gradient cases: parts.
import { ops } from 'textloom/graph';
import type { Cases } from '../check-gradient.js';

export const parts = {
	Concat: {
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
	Split: {
		'all parts': { shapes: [[2, 5]], build: (x) => ops.concat([...ops.split(x, [1, 3, 1], 1)].reverse(), 1) },
		'a part that nothing uses': { shapes: [[5, 2]], build: (x) => ops.split(x, [2, 3], 0)[1]! },
	},
	Slice: {
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
	Pad: {
		both: { shapes: [[2, 3]], build: (x) => ops.pad(x, 1, 1, 2) },
		'named, one side': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.pad(x, 0, 2, 0) },
		'cut off': { shapes: [[4, 2]], build: (x) => ops.pad(x, 0, -1, 2) },
	},
	Tile: { 'both axes': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.tile(x, [2, 3]) } },
	Trilu: {
		upper: { shapes: [[2, 3, 4]], build: (x) => ops.triangle(x, 'upper', 1) },
		lower: { shapes: [[3, 3]], build: (x) => ops.triangle(x, 'lower') },
	},
} satisfies Cases;
