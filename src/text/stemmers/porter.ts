// Porter's stemmer: M. F. Porter, "An algorithm for suffix stripping", Program 14 (3), 1980.

const vowels = new Set([...'aeiou'].map((letter) => letter.charCodeAt(0)));
const y = 'y'.charCodeAt(0);

/** A letter other than a, e, i, o, u, and other than a y after a consonant. */
function isConsonant(word: string, at: number): boolean {
	if (word.charCodeAt(at) !== y) return !vowels.has(word.charCodeAt(at));
	let first = at;
	while (first > 0 && word.charCodeAt(first - 1) === y) first--;
	// A run of y alternates.
	const begins = first === 0 || vowels.has(word.charCodeAt(first - 1));
	return begins === ((at - first) % 2 === 0);
}

/** m of the stem `word[0, end)`, which is [C](VC)^m[V] in runs of consonants C and of vowels V. Counts no further than 2. */
function measure(word: string, end: number): number {
	let count = 0;
	let before = true;
	for (let at = 0; at < end && count < 2; at++) {
		const code = word.charCodeAt(at);
		const consonant: boolean = code === y ? at === 0 || !before : !vowels.has(code);
		if (consonant && !before) count++;
		before = consonant;
	}
	return count;
}

/** *v*: the stem has a vowel, which may be a y after a consonant. */
function hasVowel(word: string, end: number): boolean {
	for (let at = 0; at < end; at++) {
		const code = word.charCodeAt(at);
		if (vowels.has(code) || (code === y && at > 0)) return true;
	}
	return false;
}

/** *d: the stem ends with a double consonant. */
function endsDouble(word: string): boolean {
	const last = word.length - 1;
	return last > 0 && word.charCodeAt(last) === word.charCodeAt(last - 1) && isConsonant(word, last);
}

/** *o: the stem ends consonant, vowel, consonant, and the last is not w, x or y. */
function endsShort(word: string, end: number): boolean {
	return (
		end > 2 && isConsonant(word, end - 1) && !isConsonant(word, end - 2) && isConsonant(word, end - 3) && !'wxy'.includes(word[end - 1]!)
	);
}

/** Suffixes and what replaces them, by their last two letters and the longest first: only one is tried, the longest that fits. */
type Table = ReadonlyMap<string, readonly (readonly [suffix: string, replacement: string])[]>;

function table(rules: string): Table {
	const groups = new Map<string, [string, string][]>();
	for (const rule of rules.trim().split(/\s+/)) {
		const [suffix, replacement] = rule.split('>') as [string, string];
		const key = suffix.slice(-2);
		groups.set(key, [...(groups.get(key) ?? []), [suffix, replacement]]);
	}
	for (const group of groups.values()) group.sort(([a], [b]) => b.length - a.length);
	return groups;
}

/** Replaces the longest suffix of the table, where the stem before it has m > `above`. */
function replaced(word: string, rules: Table, above: number): string {
	const found = rules.get(word.slice(-2))?.find(([suffix]) => word.endsWith(suffix));
	if (!found) return word;
	const [suffix, replacement] = found;
	const end = word.length - suffix.length;
	// Step 4 takes -ion away after s and t only.
	const fits = measure(word, end) > above && (suffix !== 'ion' || word[end - 1] === 's' || word[end - 1] === 't');
	return fits ? word.slice(0, end) + replacement : word;
}

const step2 = `ational>ate tional>tion enci>ence anci>ance izer>ize alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al
	iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble`;
const steps2 = { published: table(`${step2} abli>able`), revised: table(`${step2} bli>ble logi>log`) };
const step3 = table('icate>ic ative> alize>al iciti>ic ical>ic ful> ness>');
const step4 = table('al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ion> ou> ism> ate> iti> ous> ive> ize>');

function step1a(word: string): string {
	if (!word.endsWith('s') || word.endsWith('ss')) return word;
	return word.endsWith('sses') || word.endsWith('ies') ? word.slice(0, -2) : word.slice(0, -1);
}

function step1b(word: string): string {
	if (word.endsWith('eed')) return measure(word, word.length - 3) > 0 ? word.slice(0, -1) : word;
	const suffix = word.endsWith('ed') ? 2 : word.endsWith('ing') ? 3 : 0;
	if (suffix === 0 || !hasVowel(word, word.length - suffix)) return word;
	const stem = word.slice(0, -suffix);
	if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
	if (endsDouble(stem)) return 'lsz'.includes(stem.at(-1)!) ? stem : stem.slice(0, -1);
	return measure(stem, stem.length) === 1 && endsShort(stem, stem.length) ? `${stem}e` : stem;
}

function step1c(word: string): string {
	const end = word.length - 1;
	return word.endsWith('y') && hasVowel(word, end) ? `${word.slice(0, end)}i` : word;
}

function step5(word: string): string {
	let out = word;
	const end = word.length - 1;
	if (word.endsWith('e')) {
		const m = measure(word, end);
		if (m > 1 || (m === 1 && !endsShort(word, end))) out = word.slice(0, end);
	}
	return out.endsWith('ll') && measure(out, out.length) > 1 ? out.slice(0, -1) : out;
}

function steps(word: string, rules: Table): string {
	return step5(replaced(replaced(replaced(step1c(step1b(step1a(word))), rules, 0), step3, 0), step4, 1));
}

/** As published in 1980. `s` becomes the empty string. */
export const porterPublished = (word: string): string => steps(word, steps2.published);

/** With the author's later departures, as in his own programs: words of two letters stay, -bli becomes -ble, -logi becomes -log. */
export const porter = (word: string): string => (word.length < 3 ? word : steps(word, steps2.revised));
