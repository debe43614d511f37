// Comparisons and logic: results are bools.
import { type Operand, operands } from '../constant.js';
import { node, type ShapeRule, type Value } from '../value.js';
import { type Operator, operator } from './operator.js';
import { broadcast, floats } from './shared-rules.js';

const compare = broadcast('bool');

const connect: ShapeRule = (inputs, attributes, fail) => {
	if (inputs.some(({ dtype }) => dtype !== 'bool')) fail('expected bools. Compare first');
	return compare(inputs, attributes, fail);
};

const check: ShapeRule = (inputs, attributes, fail) => [{ ...floats(inputs, attributes, fail)[0]!, dtype: 'bool' }];

export const operators = {
	Equal: operator(compare, { inputs: 2, kind: 'elementwise' }),
	Less: operator(compare, { inputs: 2, kind: 'elementwise' }),
	LessOrEqual: operator(compare, { inputs: 2, kind: 'elementwise', since: 12 }),
	Greater: operator(compare, { inputs: 2, kind: 'elementwise' }),
	GreaterOrEqual: operator(compare, { inputs: 2, kind: 'elementwise', since: 12 }),
	And: operator(connect, { inputs: 2, kind: 'elementwise' }),
	Or: operator(connect, { inputs: 2, kind: 'elementwise' }),
	Xor: operator(connect, { inputs: 2, kind: 'elementwise' }),
	Not: operator(connect, { inputs: 1, kind: 'elementwise' }),
	IsNaN: operator(check, { inputs: 1, kind: 'elementwise' }),
	IsInf: operator(check, { inputs: 1, kind: 'elementwise' }),
} satisfies Record<string, Operator>;

const binary = (op: keyof typeof operators) => (a: Operand, b: Operand) => node(op, operators[op], operands(op, a, b))[0]!;
const unary = (op: keyof typeof operators) => (x: Value) => node(op, operators[op], [x])[0]!;

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
