// What the Snowball algorithms share: regions of a word, tables of endings, and rules as functions (M. F. Porter, https://snowballstem.org/texts/introduction.html).

/** Where the regions of a word begin. They stay when its ending goes: an ending is in R1 when the letters before it are no fewer than `r1`. */
export interface Regions {
	readonly r1: number;
	readonly r2: number;
	readonly rv: number;
}

/** For languages without regions. */
export const nowhere: Regions = { r1: 0, r2: 0, rv: 0 };

/** The word as the rule leaves it, or `undefined` where the rule does not apply. */
export type Rule = (word: string, at: Regions) => string | undefined;

/** Whether a letter is one of a set; `false` outside the word. */
export type Letters = (word: string, at: number) => boolean;

/** A set of letters, each one unit of UTF-16 below U+0600. */
export function letters(all: string): Letters {
	const has = new Uint8Array(0x600);
	for (const letter of all) has[letter.charCodeAt(0)] = 1;
	return (word, at) => has[word.charCodeAt(at)] === 1;
}

/** Behind the first letter at or after `from` that is one of the set, or that is not where `is` is false; the word's length where there is none. */
export function past(set: Letters, word: string, from: number, is = true): number {
	let at = from;
	while (at < word.length && set(word, at) !== is) at++;
	return Math.min(at + 1, word.length);
}

/** Behind the first consonant that follows a vowel, at or after `from`: R1 of the word, and R2 from where R1 begins. */
export const region = (vowels: Letters, word: string, from = 0): number => past(vowels, word, past(vowels, word, from), false);

/** RV of Spanish and its kin: after a consonant in second place behind the next vowel; after two vowels behind the next consonant; else behind the third letter. */
export function romanceRv(vowels: Letters, word: string): number {
	if (!vowels(word, 1)) return past(vowels, word, 2);
	return vowels(word, 0) ? past(vowels, word, 2, false) : Math.min(3, word.length);
}

/** Capitals for those of the letters that stand between two vowels: there they are consonants. */
export function betweenVowels(vowels: Letters, which: string, word: string): string {
	let out = word;
	for (let at = 1; at < word.length - 1; at++) {
		if (!which.includes(word[at]!) || !vowels(out, at - 1) || !vowels(out, at + 1)) continue;
		out = out.slice(0, at) + word[at]!.toUpperCase() + out.slice(at + 1);
	}
	return out;
}

/** A function that puts letters in the place of others, each one unit of UTF-16. */
export function exchanged(letters: Readonly<Record<string, string>>): (word: string) => string {
	const by = new Map(Object.entries(letters).map(([letter, comes]) => [letter.charCodeAt(0), comes]));
	return (word) => {
		let out = '';
		let done = 0;
		for (let at = 0; at < word.length; at++) {
			const comes = by.get(word.charCodeAt(at));
			if (comes === undefined) continue;
			out += word.slice(done, at) + comes;
			done = at + 1;
		}
		return done === 0 ? word : out + word.slice(done);
	};
}

/** A function that takes a short word with its apostrophe from before another. */
export function elided(list: string): (word: string) => string {
	const short = new Set(list.split(' '));
	return (word) => {
		const end = word.indexOf("'") + 1;
		return end > 0 && end < word.length && short.has(word.slice(0, end)) ? word.slice(end) : word;
	};
}

/** A tree of endings, from the last letter to the first. */
interface Node<T> {
	value: T | undefined;
	readonly next: Map<number, Node<T>>;
}

function tree<T>(rows: readonly (readonly [endings: string, value: T])[]): Node<T> {
	const root: Node<T> = { value: undefined, next: new Map() };
	for (const [list, value] of rows) {
		for (const ending of list.trim().split(/\s+/)) {
			let node = root;
			for (let at = ending.length - 1; at >= 0; at--) {
				const code = ending.charCodeAt(at);
				const next = node.next.get(code) ?? { value: undefined, next: new Map() };
				node.next.set(code, next);
				node = next;
			}
			node.value = value;
		}
	}
	return root;
}

/**
 * The rule of the longest ending that the word has; it is handed what stands before the ending. A row is a list of endings and their rule, an
 * empty list the rule of all other words. `searched`: endings count only as far as they lie in that region. `required`: the longest ending
 * must lie in it, or nothing applies.
 */
export function endings(
	rows: readonly (readonly [endings: string, rule: Rule])[],
	{ searched, required }: { searched?: keyof Regions; required?: keyof Regions } = {},
): Rule {
	// Made at first use: a program that stems one language does not wait for the tables of the others.
	let made: Node<Rule> | undefined;
	return (word, at) => {
		made ??= tree(rows);
		const root = made;
		const from = searched === undefined ? 0 : at[searched];
		let rule = root.value;
		let start = word.length;
		let node: Node<Rule> | undefined = root;
		for (let place = start - 1; place >= from; place--) {
			node = node.next.get(word.charCodeAt(place));
			if (node === undefined) break;
			if (node.value === undefined) continue;
			rule = node.value;
			start = place;
		}
		if (rule === undefined || (required !== undefined && start < at[required])) return undefined;
		return rule(word.slice(0, start), at);
	};
}

/** Whether a word ends with one of a list. */
export function ending(list: string): (word: string) => boolean {
	let root: Node<boolean> | undefined;
	return (word) => {
		root ??= tree([[list, true]]);
		let node: Node<boolean> | undefined = root;
		for (let place = word.length - 1; place >= 0; place--) {
			node = node.next.get(word.charCodeAt(place));
			if (node === undefined) return false;
			if (node.value) return true;
		}
		return false;
	};
}

/** The ending goes. */
export const cut: Rule = (word) => word;

/** Never applies: for an ending that keeps a shorter one of the table from being found. */
export const none: Rule = () => undefined;

/** Letters come in place of the ending. */
export const put =
	(comes: string): Rule =>
	(word) =>
		word + comes;

/** Rows of endings that stay; what a table beneath another needs. */
export const kept = (list: string): [string, Rule][] => list.split(' ').map((ending) => [ending, put(ending)]);

/** The rule, where the ending lies in the region. */
export const inside =
	(where: keyof Regions, rule: Rule): Rule =>
	(word, at) =>
		word.length >= at[where] ? rule(word, at) : undefined;

/** The rule, where the word before the ending ends with one of the list. */
export function after(list: string, rule: Rule): Rule {
	const ends = ending(list);
	return (word, at) => (ends(word) ? rule(word, at) : undefined);
}

/** The rule, but where the word before the ending ends with one of the list. */
export function notAfter(list: string, rule: Rule): Rule {
	const ends = ending(list);
	return (word, at) => (ends(word) ? undefined : rule(word, at));
}

/** A rule followed, where it applied, by the next one. */
export const followed =
	(rule: Rule, next: Rule): Rule =>
	(word, at) => {
		const left = rule(word, at);
		return left === undefined ? undefined : (next(left, at) ?? left);
	};

/** The first of the rules that applies. */
export function either(...rules: readonly Rule[]): Rule {
	return (word, at) => {
		for (const rule of rules) {
			const left = rule(word, at);
			if (left !== undefined) return left;
		}
		return undefined;
	};
}

/** All rules, one after another, each where it applies. */
export function inTurn(...rules: readonly Rule[]): (word: string, at: Regions) => string {
	return (word, at) => {
		let left = word;
		for (const rule of rules) left = rule(left, at) ?? left;
		return left;
	};
}
