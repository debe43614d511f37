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

const windowsFormula = /^windows\((.+)\/([1-9]\d*)\)$/;

/** What a formula is computed with: numbers, sums, or values of a graph. */
export interface Arithmetic<T> {
	readonly number: (value: number) => T;
	/** What a name stands for; undefined where that is not known. */
	readonly name: (name: string) => T | undefined;
	readonly plus: (a: T, b: T) => T;
	readonly times: (a: T, b: T) => T;
	/** ⌊last / stride⌋ + 1 */
	readonly windows: (last: T, stride: number) => T;
}

/** Computes a size; undefined where a name in it is not known. Asks for every name. */
export function compute<T extends NonNullable<unknown>>(dim: Dim, by: Arithmetic<T>): T | undefined {
	const factorOf = (name: string): T | undefined => {
		const [, last, stride] = windowsFormula.exec(name) ?? [];
		if (last === undefined) return by.name(name);
		const value = compute(last, by);
		return value === undefined ? undefined : by.windows(value, Number(stride));
	};
	const terms = Array.from(parse(dim).values(), ({ names, count }) => {
		const factors = [...names.map(factorOf), ...(count === 1 && names.length > 0 ? [] : [by.number(count)])];
		return factors.every((factor) => factor !== undefined) ? factors.reduce(by.times) : undefined;
	});
	if (!terms.every((term) => term !== undefined)) return undefined;
	return terms.length === 0 ? by.number(0) : terms.reduce(by.plus);
}

/** The same arithmetic with sums. */
export const sums: Omit<Arithmetic<Sum>, 'name'> = { number: numberSum, plus: (a, b) => plus(a, b), times, windows };

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
	return last === undefined ? nameSum(name) : windows(parse(last), Number(stride));
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
