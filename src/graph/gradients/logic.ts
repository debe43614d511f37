// Comparisons and logic have no gradients.
import type { operators as logic } from '../ops/logic.js';

export const logicGradients = {
	Equal: null,
	Less: null,
	LessOrEqual: null,
	Greater: null,
	GreaterOrEqual: null,
	And: null,
	Or: null,
	Xor: null,
	Not: null,
	IsNaN: null,
	IsInf: null,
} satisfies Record<keyof typeof logic, null>;
