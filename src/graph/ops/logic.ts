// Comparisons and logic: results are bools.
import { type Operand, operands } from '../constant.js';
import { node, type Rule, type Value } from '../value.js';
import { broadcast, floats } from './elementwise.js';

const compare = broadcast('bool');

const connect: Rule = (inputs, attributes, fail) => {
	if (inputs.some(({ dtype }) => dtype !== 'bool')) fail('expected bools. Compare first');
	return compare(inputs, attributes, fail);
};

const check: Rule = (inputs, attributes, fail) => [{ ...floats(inputs, attributes, fail)[0]!, dtype: 'bool' }];

export const logic = {
	Equal: compare,
	Less: compare,
	LessOrEqual: compare,
	Greater: compare,
	GreaterOrEqual: compare,
	And: connect,
	Or: connect,
	Xor: connect,
	Not: connect,
	IsNaN: check,
	IsInf: check,
} satisfies Record<string, Rule>;

const binary = (op: keyof typeof logic) => (a: Operand, b: Operand) => node(op, logic[op], operands(op, a, b))[0]!;
const unary = (op: keyof typeof logic) => (x: Value) => node(op, logic[op], [x])[0]!;

export const equal = binary('Equal');
export const less = binary('Less');
export const lessOrEqual = binary('LessOrEqual');
export const greater = binary('Greater');
export const greaterOrEqual = binary('GreaterOrEqual');
export const and = binary('And');
export const or = binary('Or');
export const xor = binary('Xor');
export const not = unary('Not');
export const isNan = unary('IsNaN');
/** Whether it is infinity, of either sign. */
export const isInf = unary('IsInf');
