// What is tested of each operator: comparisons and logic.
import { ops, type Value } from 'textloom/graph';
import { clashes, f, flag, floatsOnly } from './refusals.js';
import type { Refusals, Rows } from './row.js';

const boolsOnly = (op: (a: Value, b: Value) => Value): Refusals => ({
	numbers: [() => op(f(2), f(2)), 'expected bools. Compare first', 'float32 2, float32 2'],
	'sizes clash': [() => op(flag(2), flag(3)), 'cannot broadcast 2 with 3', 'bool 2, bool 3'],
});

export const logic = {
	Equal: { gradients: 'gives bools', refuses: clashes(ops.equal) },
	Less: { gradients: 'gives bools', refuses: clashes(ops.less) },
	LessOrEqual: { gradients: 'gives bools', refuses: clashes(ops.lessOrEqual) },
	Greater: { gradients: 'gives bools', refuses: clashes(ops.greater) },
	GreaterOrEqual: { gradients: 'gives bools', refuses: clashes(ops.greaterOrEqual) },
	And: { gradients: 'gives bools', refuses: boolsOnly(ops.and) },
	Or: { gradients: 'gives bools', refuses: boolsOnly(ops.or) },
	Xor: { gradients: 'gives bools', refuses: boolsOnly(ops.xor) },
	Not: { gradients: 'gives bools', refuses: { numbers: [() => ops.not(f(2)), 'expected bools. Compare first', 'float32 2'] } },
	IsNaN: { gradients: 'gives bools', refuses: floatsOnly(ops.isNan) },
	IsInf: { gradients: 'gives bools', refuses: floatsOnly(ops.isInf) },
} satisfies Rows;
