// Gradient cases: logic.
import type { Cases } from '../check-gradient.js';

export const logic = {
	Equal: 'gives bools',
	Less: 'gives bools',
	LessOrEqual: 'gives bools',
	Greater: 'gives bools',
	GreaterOrEqual: 'gives bools',
	And: 'gives bools',
	Or: 'gives bools',
	Xor: 'gives bools',
	Not: 'gives bools',
	IsNaN: 'gives bools',
	IsInf: 'gives bools',
} satisfies Cases;
