// Comparisons and logic: results are bools.
import { type Operand, operand } from '../constant.js';
import { node, type Rule, type Value } from '../value.js';
import { broadcast, floats } from './elementwise.js';

const compare = broadcast('bool');

const connect: Rule = (inputs, attributes, fail) => {
	if (inputs.some(({ dtype }) => dtype !== 'bool')) fail('expected bools. Compare first');
	return compare(inputs, attributes, fail);
};

export const logic = {
	Equal: compare,
	Less: compare,
	LessOrEqual: compare,
	Greater: compare,
	GreaterOrEqual: compare,
	And: connect,
	Or: connect,
	Not: connect,
	IsNaN: (inputs, attributes, fail) => [{ ...floats(inputs, attributes, fail)[0]!, dtype: 'bool' }],
} satisfies Record<string, Rule>;

const binary = (op: keyof typeof logic) => (a: Value, b: Operand) => node(op, logic[op], [a, operand(b, a)])[0]!;
const unary = (op: keyof typeof logic) => (x: Value) => node(op, logic[op], [x])[0]!;

export const equal = binary('Equal');
export const less = binary('Less');
export const lessOrEqual = binary('LessOrEqual');
export const greater = binary('Greater');
export const greaterOrEqual = binary('GreaterOrEqual');
export const and = binary('And');
export const or = binary('Or');
export const not = unary('Not');
export const isNan = unary('IsNaN');
