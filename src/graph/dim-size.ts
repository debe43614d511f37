// Named sizes as numbers: `time-2` where `time` is known.
import type { Dim } from './dim.js';

/** Numbers for the names in shapes, such as `{ batch: 64, time: 100 }`. */
export type Sizes = Readonly<Record<string, number>>;

const token = /\s*([A-Za-z_][\w.]*|\d+|[-+*/()])/y;

function tokensOf(text: string): string[] | undefined {
	const found: string[] = [];
	token.lastIndex = 0;
	for (let match = token.exec(text); match; match = token.exec(text)) {
		found.push(match[1]!);
		if (token.lastIndex === text.length) return found;
	}
	return undefined;
}

/**
 * The number that a size comes to; undefined where a name in it has none, which is then put into `missing`. A size is a sum of products, as
 * shape rules write them; `windows(a/b)` is ⌊a/b⌋ + 1.
 */
export function sizeOfDim(dim: Dim, sizes: Sizes, missing: Set<string> = new Set()): number | undefined {
	if (typeof dim === 'number') return dim;
	if (Object.hasOwn(sizes, dim)) return sizes[dim];
	const tokens = tokensOf(dim);
	let next = 0;
	const take = (...wanted: string[]) => (wanted.includes(tokens![next]!) ? tokens![next++] : undefined);
	const unknown = new Set<string>();

	const sum = (): number => {
		let total = product();
		for (let sign = take('+', '-'); sign; sign = take('+', '-')) total += sign === '+' ? product() : -product();
		return total;
	};
	const product = (): number => {
		let total = factor();
		for (let sign = take('*', '/'); sign; sign = take('*', '/')) total = sign === '*' ? total * factor() : total / factor();
		return total;
	};
	const factor = (): number => {
		if (take('(')) return inBrackets();
		const name = tokens![next++] ?? '';
		if (/^\d/.test(name)) return Number(name);
		if (name === 'windows' && take('(')) return Math.floor(inBrackets()) + 1;
		if (!Object.hasOwn(sizes, name)) unknown.add(name);
		return sizes[name] ?? Number.NaN;
	};
	const inBrackets = (): number => {
		const inner = sum();
		take(')');
		return inner;
	};

	const size = tokens && sum();
	// What does not read as a formula is one name.
	const names = tokens && next === tokens.length && !unknown.has('') ? unknown : [dim];
	for (const name of names) missing.add(name);
	return size !== undefined && next === tokens!.length && Number.isFinite(size) ? size : undefined;
}
