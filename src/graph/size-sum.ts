// Sizes as sums of products, `batch*time*4-2`: the one form in which all arithmetic with names of sizes is done, so that equal sizes have equal
// names however they were computed.

/** A size, or the name of a size that is known when the graph runs (`'batch'`, `'time-2'`). */
export type Dim = number | string;

/** `count` times a product of names, which stand in order. */
interface Term {
	readonly names: readonly string[];
	readonly count: number;
}

/** A sum of terms, by the text of their names; no two have the same ones, none counts 0. */
export type Sum = ReadonlyMap<string, Term>;

/** Names grow by computing with them; longer than this is no size but an attack. */
const longest = 256;

function refuse(letters: number | string): never {
	throw new RangeError(`size: expected a name of at most ${longest} letters, got one of ${letters}. Shorten the names of sizes.`);
}

/** The sum of terms, equal products counted together. */
function collect(terms: Iterable<Term>): Sum {
	const sum = new Map<string, Term>();
	let letters = 0;
	for (const { names, count } of terms) {
		const key = names.length === 0 ? '1' : names.join('*');
		letters += key.length;
		if (letters > 4 * longest) refuse(`more than ${letters}`);
		const whole = (sum.get(key)?.count ?? 0) + count;
		if (whole === 0) sum.delete(key);
		else sum.set(key, { names, count: whole });
	}
	return sum;
}

const nothing: Sum = new Map();
const numberSum = (count: number) => collect([{ names: [], count }]);
const nameSum = (name: string) => collect([{ names: [name], count: 1 }]);

/** a + factor · b */
export function plus(a: Sum, b: Sum, factor = 1): Sum {
	return collect([...a.values(), ...Array.from(b.values(), ({ names, count }) => ({ names, count: factor * count }))]);
}

function* products(a: Sum, b: Sum): Generator<Term> {
	for (const left of a.values())
		for (const right of b.values()) yield { names: [...left.names, ...right.names].sort(), count: left.count * right.count };
}

/** a · b */
export const times = (a: Sum, b: Sum): Sum => collect(products(a, b));

/** a / b where it is whole whatever the names stand for, by long division. */
export function divide(a: Sum, b: Sum): Sum | undefined {
	const divisor = leading(b);
	let [quotient, rest] = [nothing, a];
	while (divisor && rest.size > 0) {
		const { names, count } = leading(rest)!;
		const left = without(names, divisor.names);
		if (!left || count % divisor.count !== 0) return undefined;
		const part = collect([{ names: left, count: count / divisor.count }]);
		[quotient, rest] = [plus(quotient, part), plus(rest, times(part, b), -1)];
	}
	return divisor && quotient;
}

/** The first term of a long division: products are in the order of their powers of the first name, then of the second, and so on. */
const leading = (sum: Sum): Term | undefined => [...sum.values()].sort((a, b) => (comesFirst(a.names, b.names) ? -1 : 1))[0];

function comesFirst(a: readonly string[], b: readonly string[]): boolean {
	const place = a.findIndex((name, at) => name !== b[at]);
	return place >= 0 && (b[place] === undefined || a[place]! < b[place]);
}

function without(names: readonly string[], gone: readonly string[]): string[] | undefined {
	const left = [...names];
	for (const name of gone) {
		const at = left.indexOf(name);
		if (at < 0) return undefined;
		left.splice(at, 1);
	}
	return left;
}

/** ⌊last / stride⌋ + 1, which has a name of its own where it is no sum. */
export function windows(last: Sum, stride: number): Sum {
	const size = show(last);
	if (typeof size === 'number') return numberSum(Math.floor(size / stride) + 1);
	return stride === 1 ? plus(last, numberSum(1)) : nameSum(`windows(${size}/${stride})`);
}

/** min(size, most), which has a name of its own where neither is known to be the smaller: of the first 5 of `time`, `min(time,5)`. */
export function least(size: Sum, most: number): Sum {
	const number = size.get('1')?.count ?? 0;
	const rest = plus(size, numberSum(-number));
	// min(a + n, most) = min(a, most - n) + n, and min(-a, n) = n - a + min(a, -n): sizes that differ by a number have names that do.
	const limit = most - number;
	const turned = plus(nothing, rest, -1);
	if (atLeast(rest) >= limit) return numberSum(most);
	if (atLeast(turned) >= -limit) return size;
	if (leading(rest)!.count < 0) return plus(plus(size, numberSum(limit)), least(turned, -limit));
	return plus(nameSum(`min(${show(rest)},${limit})`), numberSum(number));
}

/** A number that a size is never below, as far as can be told. A name counts as 1 or more: sizes of 0 are seldom, and the first of `time` is 1. */
export function atLeast(sum: Sum): number {
	// What is taken away of min(a, n) is no more than a, and no more than n: time - min(time,5) is not negative.
	for (const [key, { names, count }] of sum) {
		const [, size, most] = (count < 0 && names.length === 1 && minFormula.exec(key)) || [];
		if (size === undefined) continue;
		const rest = collect([...sum.values()].filter((term) => term.names[0] !== key || term.names.length > 1));
		return Math.max(...[parse(size), numberSum(Number(most))].map((bound) => atLeast(plus(rest, bound, count))));
	}
	const all = Array.from(sum.values(), ({ names, count }) => {
		const [low, high] = [names.map(leastOf), names.map(mostOf)];
		const known = names.length < 2 || low.every((bound) => bound >= 0);
		return known ? count * (count < 0 ? high : low).reduce((a, b) => a * b, 1) : Number.NEGATIVE_INFINITY;
	});
	return all.reduce((a, b) => a + b, 0);
}

function leastOf(name: string): number {
	const [, last, stride] = windowsFormula.exec(name) ?? [];
	if (last !== undefined) return Math.floor(atLeast(parse(last)) / Number(stride)) + 1;
	const [, size, most] = minFormula.exec(name) ?? [];
	return size === undefined ? 1 : Math.min(atLeast(parse(size)), Number(most));
}

const mostOf = (name: string) => Number(minFormula.exec(name)?.[2] ?? Number.POSITIVE_INFINITY);

const windowsFormula = /^windows\((.+)\/([1-9]\d*)\)$/;
const minFormula = /^min\((.+),(-?\d+)\)$/;

/** What a formula is computed with: numbers, sums, or values of a graph. */
export interface Arithmetic<T> {
	readonly number: (value: number) => T;
	/** What a name stands for; undefined where that is not known. */
	readonly name: (name: string) => T | undefined;
	/** What is there already under the name of a formula, such as `min(time,5)`. Default: nothing is. */
	readonly whole?: (name: string) => T | undefined;
	readonly plus: (a: T, b: T) => T;
	readonly times: (a: T, b: T) => T;
	/** ⌊last / stride⌋ + 1 */
	readonly windows: (last: T, stride: number) => T;
	readonly least: (size: T, most: number) => T;
}

/** Computes a size; undefined where a name in it is not known. Asks for every name. */
export function compute<T extends NonNullable<unknown>>(dim: Dim, by: Arithmetic<T>): T | undefined {
	const factorOf = (name: string): T | undefined => {
		const [, last, stride] = windowsFormula.exec(name) ?? [];
		const [, size, most] = minFormula.exec(name) ?? [];
		const inner = last ?? size;
		if (inner === undefined) return by.name(name);
		const whole = by.whole?.(name);
		if (whole !== undefined) return whole;
		const value = compute(inner, by);
		if (value === undefined) return undefined;
		return last === undefined ? by.least(value, Number(most)) : by.windows(value, Number(stride));
	};
	const terms = Array.from(parse(dim).values(), ({ names, count }) => {
		const factors = [...names.map(factorOf), ...(count === 1 && names.length > 0 ? [] : [by.number(count)])];
		return factors.every((factor) => factor !== undefined) ? factors.reduce(by.times) : undefined;
	});
	if (!terms.every((term) => term !== undefined)) return undefined;
	return terms.length === 0 ? by.number(0) : terms.reduce(by.plus);
}

/** The same arithmetic with sums. */
export const sums: Omit<Arithmetic<Sum>, 'name' | 'whole'> = { number: numberSum, plus: (a, b) => plus(a, b), times, windows, least };

/** Remembers what a function gave for the last texts: the same formulas come again and again. */
function remembering<T>(compute: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		const old = known.get(text);
		if (old !== undefined) return old;
		const made = compute(text);
		if (known.size >= 4096) known.clear();
		known.set(text, made);
		return made;
	};
}

const formula = remembering((text) => {
	if (text.length > longest) refuse(text.length);
	return read(text) ?? nameSum(text);
});

/** The size as a sum; a name that is no formula stands for itself. */
export const parse = (dim: Dim): Sum => (typeof dim === 'number' ? numberSum(dim) : formula(dim));

/** The one name of the size that a formula says. */
export const nameOf = remembering((text) => show(formula(text)));

/** Reads a formula. A name is whatever stands between `+`, `-`, `*` and brackets; with brackets after it, it is one with them. */
function read(text: string): Sum | undefined {
	const tokens = text
		.split(/([-+*()])/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
	let at = 0;
	let sound = tokens.length > 0;
	const sum = (): Sum => {
		let total = nothing;
		do {
			const sign = tokens[at] === '-' ? -1 : 1;
			if (tokens[at] === '-' || tokens[at] === '+') at++;
			total = plus(total, product(), sign);
		} while (tokens[at] === '+' || tokens[at] === '-');
		return total;
	};
	const product = (): Sum => {
		let result = factor();
		for (; tokens[at] === '*'; result = times(result, factor())) at++;
		return result;
	};
	const factor = (): Sum => {
		const part = tokens[at++] ?? ')';
		if (part === '(') {
			const inner = sum();
			sound &&= tokens[at++] === ')';
			return inner;
		}
		sound &&= !'+-*)'.includes(part);
		if (/^\d+$/.test(part)) return numberSum(Number(part));
		return tokens[at] === '(' ? named(part + inBrackets()) : nameSum(part);
	};
	const inBrackets = (): string => {
		const from = at;
		let depth = 0;
		do {
			depth += tokens[at] === '(' ? 1 : tokens[at] === ')' ? -1 : 0;
			at++;
		} while (depth > 0 && at < tokens.length);
		sound &&= depth === 0;
		return tokens.slice(from, at).join('');
	};
	const whole = sum();
	return sound && at === tokens.length ? whole : undefined;
}

/** A name with brackets after it. */
function named(name: string): Sum {
	const [, last, stride] = windowsFormula.exec(name) ?? [];
	if (last !== undefined) return windows(parse(last), Number(stride));
	const [, size, most] = minFormula.exec(name) ?? [];
	return size === undefined ? nameSum(name) : least(parse(size), Number(most));
}

/** `time`, `time-2`, `batch*time*4`, `(past+time)`. */
export function show(sum: Sum): Dim {
	let number = 0;
	const terms: string[] = [];
	for (const [key, { names, count }] of sum) {
		if (!Number.isSafeInteger(count)) throw new RangeError(`size: expected whole numbers below 2⁵³, got ${count}. Correct the sizes.`);
		if (names.length === 0) number = count;
		else terms.push(count < 0 ? `-${count === -1 ? key : `${key}*${-count}`}` : count === 1 ? key : `${key}*${count}`);
	}
	if (terms.length === 0) return number;
	terms.sort((a, b) => (unsigned(a) < unsigned(b) ? -1 : 1));
	const joined = terms.reduce((all, term) => `${all}${term.startsWith('-') ? '' : '+'}${term}`);
	const base = terms.length === 1 && !joined.startsWith('-') ? joined : `(${joined})`;
	const text = number === 0 ? base : `${base}${number > 0 ? '+' : ''}${number}`;
	if (text.length > longest) refuse(text.length);
	return text;
}

const unsigned = (term: string) => term.replace(/^-/, '');
