// What is tested of each operator: elementwise arithmetic.
import { ops } from 'textloom/graph';
import { int32, positive } from '../check-gradient.js';
import { clashes, f, flag, floatsOnly, i } from './refusals.js';
import type { Rows } from './row.js';

export const elementwise = {
	Add: {
		gradients: {
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
		refuses: clashes(ops.add),
	},
	Sub: {
		gradients: {
			broadcast: {
				shapes: [
					[2, 3],
					[2, 1],
				],
				build: ops.sub,
			},
		},
		refuses: clashes(ops.sub),
	},
	Mul: {
		gradients: { broadcast: { shapes: [[3], [2, 3]], build: ops.mul }, squared: { shapes: [[3]], build: (x) => ops.mul(x, x) } },
		refuses: clashes(ops.mul),
	},
	Div: {
		gradients: {
			broadcast: {
				shapes: [
					[2, 3],
					[1, 3],
				],
				build: ops.div,
			},
		},
		refuses: clashes(ops.div),
	},
	Pow: {
		gradients: {
			'base and exponent': { shapes: [[2, 3], [3]], build: ops.pow, at: positive },
			'an exponent of integers': { shapes: [[2, 3]], build: (x) => ops.pow(x, int32([3], [2, 3, 1])) },
		},
		refuses: clashes(ops.pow),
	},
	Mod: {
		gradients: {
			broadcast: { shapes: [[2, 3], [3]], build: ops.mod, at: (index, place) => (place === 0 ? 3.3 * index - 7 : 1.1 + 0.37 * index) },
		},
		refuses: clashes(ops.mod),
	},
	Min: {
		gradients: {
			broadcast: {
				shapes: [
					[2, 3],
					[2, 1],
				],
				build: ops.min,
			},
		},
		refuses: clashes(ops.min),
	},
	Max: {
		gradients: {
			broadcast: { shapes: [[2, 3], [3]], build: ops.max },
		},
		refuses: clashes(ops.max),
	},
	Sum: {
		gradients: { 'three, broadcast': { shapes: [[2, 3], [3], [2, 1]], build: (...all) => ops.sum(all) } },
		refuses: clashes((a, b) => ops.sum([a, b])),
	},
	Mean: {
		gradients: { 'two, broadcast': { shapes: [[2, 3], [3]], build: (...all) => ops.mean(all), dtype: 'float32' } },
		refuses: clashes((a, b) => ops.mean([a, b])),
	},
	Neg: {
		gradients: {
			plain: { shapes: [[2, 3]], build: ops.neg },
			'of the loss itself': { shapes: [[2]], build: ops.neg, last: (sum) => ops.neg(sum) },
		},
		refuses: 'takes every shape',
	},
	Abs: { gradients: { plain: { shapes: [[2, 3]], build: ops.abs } }, refuses: 'takes every shape' },
	Sign: {
		gradients: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.sign(x), x) } },
		refuses: 'takes every shape',
	},
	Reciprocal: { gradients: { plain: { shapes: [[2, 3]], build: ops.reciprocal, at: positive } }, refuses: floatsOnly(ops.reciprocal) },
	Floor: {
		gradients: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.floor(x), x) } },
		refuses: floatsOnly(ops.floor),
	},
	Ceil: {
		gradients: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.ceil(x), x) } },
		refuses: floatsOnly(ops.ceil),
	},
	Round: {
		gradients: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.round(x), x) } },
		refuses: floatsOnly(ops.round),
	},
	Sqrt: { gradients: { plain: { shapes: [[2, 3]], build: ops.sqrt, at: positive } }, refuses: floatsOnly(ops.sqrt) },
	Exp: { gradients: { plain: { shapes: [[2, 3]], build: ops.exp } }, refuses: floatsOnly(ops.exp) },
	Log: { gradients: { plain: { shapes: [[2, 3]], build: ops.log, at: positive } }, refuses: floatsOnly(ops.log) },
	Sin: { gradients: { plain: { shapes: [[2, 3]], build: ops.sin } }, refuses: floatsOnly(ops.sin) },
	Cos: { gradients: { plain: { shapes: [[2, 3]], build: ops.cos } }, refuses: floatsOnly(ops.cos) },
	Clip: {
		gradients: { 'both sides': { shapes: [[3, 4]], build: (x) => ops.clip(x, -0.75, 0.5) } },
		refuses: 'takes every shape: the bounds are scalars of its type',
	},
	Identity: { gradients: { plain: { shapes: [[2]], build: ops.identity } }, refuses: 'takes every shape' },
	Dropout: { gradients: { 'outside of training': { shapes: [[2, 3]], build: (x) => ops.dropout(x) } }, refuses: 'takes every shape' },
	Where: {
		gradients: {
			broadcast: {
				shapes: [
					[2, 3],
					[1, 3],
				],
				build: (x, y) => ops.where(ops.less(x, 0.2), x, y),
			},
		},
		refuses: {
			'numbers for a condition': [() => ops.where(f(2), f(2), f(2)), 'expected a bool condition', 'float32 2, float32 2, float32 2'],
			'the condition clashes': [() => ops.where(flag(3), f(2), f(2)), 'cannot broadcast 3 with 2', 'bool 3, float32 2'],
			'the sides clash': [() => ops.where(flag(1), f('batch'), f('time')), 'cannot broadcast batch with time'],
			'types clash': [() => ops.where(flag(2), f(2), i(2)), 'expected operands of one type', 'float32 2, int32 2'],
		},
	},
	Cast: {
		gradients: { 'to float32 and back': { shapes: [[4]], build: (x) => ops.cast(ops.cast(x, 'float64'), 'float32'), dtype: 'float32' } },
		refuses: 'takes every shape',
	},
} satisfies Rows;
