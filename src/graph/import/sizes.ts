// Arithmetic with sizes: sums of products of names with whole factors, so that equal sizes get equal names however they were computed.
import type { Dim } from '../dim.js';

/** A sum: the factor of each product of names; the empty product stands for 1. */
type Sum = ReadonlyMap<string, number>;

/** Names grow by computing with them; longer than this is no size but an attack. */
const longest = 256;

const one = '';
const token = /\s*(?:([A-Za-z_][\w.:]*)|(\d+)|([-+*()]))/y;

/** The size as a sum; a name that is no formula stands for itself. */
function parse(dim: Dim): Sum {
	if (typeof dim === 'number') return new Map([[one, dim]]);
	if (dim.length > longest) throw new RangeError(`a size has a name of ${dim.length} letters`);
	const tokens: string[] = [];
	token.lastIndex = 0;
	while (token.lastIndex < dim.length) {
		const found = token.exec(dim);
		if (!found) return new Map([[dim, 1]]);
		tokens.push(found[0].trim());
	}
	let at = 0;
	const sum = (): Sum | undefined => {
		let total: Sum = new Map();
		do {
			const sign = tokens[at] === '-' ? -1 : 1;
			if (tokens[at] === '-' || tokens[at] === '+') at++;
			const next = product();
			if (!next) return undefined;
			total = plus(total, next, sign);
		} while (tokens[at] === '+' || tokens[at] === '-');
		return total;
	};
	const product = (): Sum | undefined => {
		let result = factor();
		while (result && tokens[at] === '*') {
			at++;
			const next = factor();
			result = next && times(result, next);
		}
		return result;
	};
	const factor = (): Sum | undefined => {
		const part = tokens[at++];
		if (part === undefined || '+-*)'.includes(part)) return undefined;
		if (part !== '(') return new Map([/^\d/.test(part) ? [one, Number(part)] : [part, 1]]);
		const inner = sum();
		return tokens[at++] === ')' ? inner : undefined;
	};
	const whole = sum();
	return whole && at === tokens.length ? whole : new Map([[dim, 1]]);
}

function plus(a: Sum, b: Sum, factor: number): Sum {
	const total = new Map(a);
	for (const [names, count] of b) {
		const next = (total.get(names) ?? 0) + factor * count;
		if (next === 0) total.delete(names);
		else total.set(names, next);
	}
	return total;
}

const namesOf = (product: string) => (product === one ? [] : product.split('*'));

function times(a: Sum, b: Sum): Sum {
	let total: Sum = new Map();
	for (const [left, x] of a)
		for (const [right, y] of b) total = plus(total, new Map([[[...namesOf(left), ...namesOf(right)].sort().join('*'), x * y]]), 1);
	return total;
}

/** `time`, `time-2`, `batch*time*4`, `(past+time)`, as `dim.ts` has them. */
function show(sum: Sum): Dim {
	const number = sum.get(one) ?? 0;
	const terms = [...sum].filter(([names]) => names !== one).sort(([a], [b]) => (a < b ? -1 : 1));
	if (terms.length === 0) return number;
	const texts = terms.map(([names, count]) =>
		count === 1 ? names : count === -1 ? `-${names}` : `${names}*${count}`.replace(/^(.*)\*-(\d+)$/, '-$1*$2'),
	);
	const [first] = texts;
	const joined = texts.join('+').replaceAll('+-', '-');
	const base = terms.length === 1 && !first!.startsWith('-') ? joined : `(${joined})`;
	const text = number === 0 ? base : `${base}${number > 0 ? '+' : ''}${number}`;
	if (text.length > longest) throw new RangeError(`a size has a name of ${text.length} letters`);
	return text;
}

/** The same size by its one name; names in `known` are replaced. */
export function canonical(dim: Dim, known: Readonly<Record<string, Dim>> = {}): Dim {
	if (typeof dim === 'number') return dim;
	let total: Sum = new Map();
	for (const [names, count] of parse(dim)) {
		const product = namesOf(names).reduce<Sum>(
			(result, name) => times(result, Object.hasOwn(known, name) ? parse(known[name]!) : new Map([[name, 1]])),
			new Map([[one, count]]),
		);
		total = plus(total, product, 1);
	}
	return show(total);
}

export const sum = (a: Dim, b: Dim): Dim => show(plus(parse(a), parse(b), 1));
export const difference = (a: Dim, b: Dim): Dim => show(plus(parse(a), parse(b), -1));
export const product = (dims: readonly Dim[]): Dim => show(dims.map(parse).reduce(times, new Map([[one, 1]])));

/** The quotient where it is whole whatever the names stand for; of numbers rounded towards 0. */
export function quotient(a: Dim, b: Dim): Dim | undefined {
	if (typeof a === 'number' && typeof b === 'number') return b === 0 ? undefined : Math.trunc(a / b);
	const [below, ...more] = parse(b);
	if (!below || more.length > 0) return a === b ? 1 : undefined;
	const result = new Map<string, number>();
	for (const [names, count] of parse(a)) {
		const left = namesOf(names);
		for (const name of namesOf(below[0])) {
			const at = left.indexOf(name);
			if (at < 0) return a === b ? 1 : undefined;
			left.splice(at, 1);
		}
		if (count % below[1] !== 0) return undefined;
		result.set(left.join('*'), count / below[1]);
	}
	return show(result);
}

/** Whether a size is never negative whatever the names stand for. */
export const positive = (dim: Dim) => [...parse(dim).values()].every((count) => count >= 0);
