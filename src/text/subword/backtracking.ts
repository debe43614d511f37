// Whether a regular expression may try exponentially many ways: repetitions of what can be cut in several ways, such as `(a+)+` or `(a|aa)+`.

/** A part of a sequence: a set of characters, or a group, and how often it comes. */
interface Part {
	/** The alternatives of a group. */
	readonly group?: readonly (readonly Part[])[];
	/** The samples that a set has. */
	readonly set: ReadonlySet<string>;
	readonly least: number;
	readonly most: number;
	/** Whether what it took is never given back: possessive, or atomic. */
	readonly whole: boolean;
}

/** A character of each kind that patterns tell apart. */
const samples = [
	...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
	...'éÉßαΩяЯاकะ設かカ한😀²Ⅷ٣’“—€…\u0301\u093e\u0085\u00a0\u2028\u3000\u200d\ufeff',
];

const endless = Number.POSITIVE_INFINITY;
/** One set, as Oniguruma writes it, but for classes, which may hold others. */
const single = /\\[pPxu]\{[^}]*\}|\\x[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\.|[^()|[]/suy;
const opening = /\((?:\?(?:<?[=!]|[>:]|<\w+>|[a-z-]*:))?/y;
const quantifier = /(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)/y;

class Unknown extends Error {}

/** More than any pattern of anyone's: what is longer or deeper counts as one that backtracks. */
const [longest, deepest] = [20_000, 50];

/** Reads a pattern. Throws `Unknown` for what it does not know. */
function read(pattern: string): readonly (readonly Part[])[] {
	let at = 0;
	let depth = 0;
	const next = (what: RegExp) => {
		what.lastIndex = at;
		const found = what.exec(pattern);
		if (found) at = what.lastIndex;
		return found;
	};
	const classEnd = () => {
		let inner = 0;
		for (let i = at; i < pattern.length; i++) {
			if (pattern[i] === '\\') i++;
			else if (pattern[i] === '[') inner++;
			else if (pattern[i] === ']' && --inner === 0) return i + 1;
		}
		throw new Unknown();
	};
	const times = (): Pick<Part, 'least' | 'most'> & { possessive: boolean } => {
		const found = next(quantifier);
		if (!found) return { least: 1, most: 1, possessive: false };
		const [, sign, least = '', comma, most = '', after] = found;
		const possessive = after === '+' && sign !== undefined;
		if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : endless, possessive };
		return { least: Number(least), most: comma === '' ? Number(least) : most === '' ? endless : Number(most), possessive };
	};
	const alternatives = (): Part[][] => {
		const all: Part[][] = [[]];
		while (at < pattern.length && pattern[at] !== ')') {
			if (pattern[at] === '|') {
				at++;
				all.push([]);
			} else all.at(-1)!.push(...part());
		}
		return all;
	};
	const part = (): Part[] => {
		const flags = next(/\(\?[a-z-]+\)/y);
		if (flags) return [];
		const open = next(opening)?.[0];
		if (open !== undefined) {
			if (++depth > deepest) throw new RangeError('too deep');
			const group = alternatives();
			depth--;
			if (pattern[at++] !== ')') throw new Unknown();
			const { possessive, ...count } = times();
			// What is looked at takes nothing.
			const looks = /^\(\?<?[=!]/.test(open);
			return [{ group, set: new Set(), ...(looks ? { least: 0, most: 0 } : count), whole: possessive || open === '(?>' }];
		}
		const start = at;
		if (pattern[at] === '[') at = classEnd();
		else if (!next(single)) throw new Unknown();
		const source = pattern.slice(start, at);
		const { possessive, ...count } = times();
		// Places, which take no character.
		if (/^(?:[\^$]|\\[bBAzZG])$/.test(source)) return [];
		return [{ set: setOf(source), ...count, whole: possessive }];
	};
	const all = alternatives();
	if (at < pattern.length) throw new Unknown();
	return all;
}

function setOf(source: string): ReadonlySet<string> {
	try {
		const expression = new RegExp(`^(?:${source})$`, 'isu');
		return new Set(samples.filter((sample) => expression.test(sample)));
	} catch {
		// Oniguruma's own: it may be anything.
		return new Set(samples);
	}
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].some((sample) => b.has(sample));
const union = (sets: readonly ReadonlySet<string>[]) => new Set(sets.flatMap((set) => [...set]));
const firstOf = (sequence: readonly Part[]): ReadonlySet<string> => {
	const end = sequence.findIndex(({ least }) => least > 0);
	return union(
		sequence.slice(0, end < 0 ? sequence.length : end + 1).map((part) => (part.group ? union(part.group.map(firstOf)) : part.set)),
	);
};
/** The parts of a sequence with those of groups that come once, and are not given back in parts, in their places. */
const flat = (sequence: readonly Part[]): readonly Part[] =>
	sequence.flatMap((part) =>
		part.group?.length === 1 && !part.whole && part.least === 1 && part.most === 1 ? flat(part.group[0]!) : [part],
	);
const overlap = (group: readonly (readonly Part[])[]) => {
	const seen = new Set<string>();
	return group.map(firstOf).some((set) => meet(set, seen) || [...set].some((sample) => !seen.add(sample)));
};
/** Whether a part takes one text of one length, or what it took for good. */
const isFixed = ({ least, most, whole, group }: Part): boolean =>
	whole || (least === most && (group === undefined || (!overlap(group) && group.flat().every(isFixed))));

/** Whether a sequence that is repeated has one way to be cut: one part varies at most, a set, and the first or the last part is none of it. */
function isPlain(sequence: readonly Part[]): boolean {
	const parts = flat(sequence);
	const [varying, ...others] = parts.filter((part) => !isFixed(part));
	if (!varying) return true;
	if (others.length > 0 || varying.group) return false;
	return [parts[0]!, parts.at(-1)!].some((part) => part !== varying && part.least > 0 && !meet(firstOf([part]), varying.set));
}

function isAmbiguous({ group, most, whole }: Part): boolean {
	if (!group) return false;
	if (group.flat().some(isAmbiguous)) return true;
	// Few repetitions are few ways.
	return most >= 8 && !whole && (overlap(group) || !group.every(isPlain));
}

/** Whether a pattern repeats what can be cut in several ways, so that a text may take for ever. A pattern that is not understood is left to the package. */
export function backtracks(pattern: string): boolean {
	if (pattern.length > longest) return true;
	try {
		return read(pattern).flat().some(isAmbiguous);
	} catch (error) {
		return !(error instanceof Unknown);
	}
}
