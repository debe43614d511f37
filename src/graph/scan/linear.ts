// A backward pass is linear in the gradients it begins with: elementwise steps gather into one factor for each, and factors made of saved values
// are computed for all steps at once, outside the loop. (a f) g + a h = a (f g + h): one product in the loop.
import { constantNumbers, scalar } from '../constant.js';
import { sameShape } from '../dim.js';
import { add, div, mul, neg, sub, where } from '../ops/elementwise.js';
import { type Node, remake, type Value } from '../value.js';
import { bodiesOf, dependencies } from '../walk.js';

/** `atom` times `factor`; without a factor the atom itself. */
interface Term {
	readonly atom: Value;
	readonly factor?: Value;
}

/** Builds the terms of one pass. */
interface Terms {
	/** Whether a value depends on the gradients. */
	readonly own: (value: Value) => boolean;
	readonly of: (value: Value) => Term;
}

const one = ({ dtype }: Value) => scalar(1, dtype);
const isZero = (value: Value) => constantNumbers(value)?.every((number) => number === 0) === true;
const times = (factor: Value | undefined, by: Value) => (factor ? mul(factor, by) : by);

/** The term of a sum or difference of two terms of one atom. */
const sum =
	(combine: (a: Value, b: Value) => Value) =>
	({ inputs: [a, b] }: Node, { own, of }: Terms): Term | undefined => {
		if (!own(a!) || !own(b!)) return undefined;
		const [left, right] = [of(a!), of(b!)];
		if (left.atom !== right.atom) return undefined;
		return { atom: left.atom, factor: combine(left.factor ?? one(a!), right.factor ?? one(b!)) };
	};

/** The term of what an operator makes of a term: the same atom with another factor. */
const table: Readonly<Record<string, (node: Node, terms: Terms) => Term | undefined>> = {
	Mul: ({ inputs: [a, b] }, { own, of }) => {
		if (own(a!) && own(b!)) return undefined;
		const [mine, by] = own(a!) ? [of(a!), b!] : [of(b!), a!];
		return { atom: mine.atom, factor: times(mine.factor, by) };
	},
	Div: ({ inputs: [a, b] }, { own, of }) => {
		if (own(b!)) return undefined;
		const { atom, factor = one(a!) } = of(a!);
		return { atom, factor: div(factor, b!) };
	},
	Neg: ({ inputs: [a] }, { of }) => {
		const { atom, factor = one(a!) } = of(a!);
		return { atom, factor: neg(factor) };
	},
	Where: ({ inputs: [condition, a, b] }, { own, of }) => {
		const mine = own(a!) ? a! : b!;
		if (own(condition!) || !isZero(mine === a ? b! : a!)) return undefined;
		const { atom, factor = one(mine) } = of(mine);
		return { atom, factor: mine === a ? where(condition!, factor, 0) : where(condition!, scalar(0, factor.dtype), factor) };
	},
	Add: sum(add),
	Sub: sum(sub),
};

/** The same values with their factors gathered. `order`: the nodes that depend on the gradients, first ones first. */
export function gathered(
	values: readonly (Value | undefined)[],
	order: readonly Node[],
	own: (value: Value) => boolean,
): (Value | undefined)[] {
	const terms = new Map<Value, Term>();
	const made = new Map<Value, Value>();
	const of = (value: Value): Term => terms.get(value) ?? { atom: value };
	const whole = (value: Value): Value => {
		const { atom, factor } = of(value);
		const known = made.get(value) ?? (factor ? mul(atom, factor) : atom);
		made.set(value, known);
		return known;
	};
	// Loops inside this one, and functions with gradients of their own, keep the values they were built on.
	const kept = new Set(order.flatMap((node) => (node.custom || bodiesOf(node).length > 0 ? dependencies(node) : [])));
	for (const node of order) {
		const [y] = node.outputs;
		if (node.custom || bodiesOf(node).length > 0 || node.outputs.some((value) => kept.has(value))) continue;
		const term = Object.hasOwn(table, node.op) ? table[node.op]!(node, { own, of }) : undefined;
		if (term && sameShape(term.atom.shape, y!.shape)) {
			terms.set(y!, term);
			continue;
		}
		const inputs = node.inputs.map(whole);
		if (inputs.every((value, place) => value === node.inputs[place])) continue;
		for (const [place, atom] of remake(node, inputs).entries()) terms.set(node.outputs[place]!, { atom });
	}
	return values.map((value) => value && whole(value));
}
