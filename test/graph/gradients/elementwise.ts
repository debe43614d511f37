// Gradient cases: elementwise.
import { ops } from 'textloom/graph';
import { type Cases, int32, positive } from '../check-gradient.js';

export const elementwise = {
	Add: {
		'same shape': {
			shapes: [
				[2, 3],
				[2, 3],
			],
			build: ops.add,
		},
		'broadcast both ways': {
			shapes: [
				[2, 1, 3],
				[4, 1],
			],
			build: ops.add,
		},
		'a scalar': { shapes: [[2, 3], []], build: ops.add },
		'named sizes': { shapes: [[2, 3], [3]], named: [['batch', 3], [3]], build: ops.add },
		'one value twice': { shapes: [[3]], build: (x) => ops.add(x, x) },
	},
	Sub: {
		broadcast: {
			shapes: [
				[2, 3],
				[2, 1],
			],
			build: ops.sub,
		},
	},
	Mul: { broadcast: { shapes: [[3], [2, 3]], build: ops.mul }, squared: { shapes: [[3]], build: (x) => ops.mul(x, x) } },
	Div: {
		broadcast: {
			shapes: [
				[2, 3],
				[1, 3],
			],
			build: ops.div,
		},
	},
	Pow: {
		'base and exponent': { shapes: [[2, 3], [3]], build: ops.pow, at: positive },
		'an exponent of integers': { shapes: [[2, 3]], build: (x) => ops.pow(x, int32([3], [2, 3, 1])) },
	},
	Mod: { broadcast: { shapes: [[2, 3], [3]], build: ops.mod, at: (index, place) => (place === 0 ? 3.3 * index - 7 : 1.1 + 0.37 * index) } },
	Min: {
		broadcast: {
			shapes: [
				[2, 3],
				[2, 1],
			],
			build: ops.min,
		},
	},
	Max: {
		broadcast: { shapes: [[2, 3], [3]], build: ops.max },
	},
	Sum: { 'three, broadcast': { shapes: [[2, 3], [3], [2, 1]], build: (...all) => ops.sum(all) } },
	Mean: { 'two, broadcast': { shapes: [[2, 3], [3]], build: (...all) => ops.mean(all), dtype: 'float32' } },
	Neg: {
		plain: { shapes: [[2, 3]], build: ops.neg },
		'of the loss itself': { shapes: [[2]], build: ops.neg, last: (sum) => ops.neg(sum) },
	},
	Abs: { plain: { shapes: [[2, 3]], build: ops.abs } },
	Sign: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.sign(x), x) } },
	Reciprocal: { plain: { shapes: [[2, 3]], build: ops.reciprocal, at: positive } },
	Floor: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.floor(x), x) } },
	Ceil: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.ceil(x), x) } },
	Round: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.round(x), x) } },
	Sqrt: { plain: { shapes: [[2, 3]], build: ops.sqrt, at: positive } },
	Exp: { plain: { shapes: [[2, 3]], build: ops.exp } },
	Log: { plain: { shapes: [[2, 3]], build: ops.log, at: positive } },
	Sin: { plain: { shapes: [[2, 3]], build: ops.sin } },
	Cos: { plain: { shapes: [[2, 3]], build: ops.cos } },
	Clip: { 'both sides': { shapes: [[3, 4]], build: (x) => ops.clip(x, -0.75, 0.5) } },
	Identity: { plain: { shapes: [[2]], build: ops.identity } },
	Dropout: { 'outside of training': { shapes: [[2, 3]], build: (x) => ops.dropout(x) } },
	Where: {
		broadcast: {
			shapes: [
				[2, 3],
				[1, 3],
			],
			build: (x, y) => ops.where(ops.less(x, 0.2), x, y),
		},
	},
	Cast: { 'to float32 and back': { shapes: [[4]], build: (x) => ops.cast(ops.cast(x, 'float64'), 'float32'), dtype: 'float32' } },
} satisfies Cases;
