// English contractions written out: `don't` → `do not`.

/** Whole words whose long form is no stem and ending. */
const irregular = new Map([
	["won't", 'will not'],
	["can't", 'cannot'],
	["shan't", 'shall not'],
	["ain't", 'is not'],
	["let's", 'let us'],
	["y'all", 'you all'],
	["'tis", 'it is'],
	["'twas", 'it was'],
]);

/** What stands before `n't`. */
const auxiliaries = new Set('are could dare did does do had has have is may might must need ought should was were would'.split(' '));

/** What `'s` is `is` after; after other words it may be a possessive, and stays. */
const subjects = new Set('he she it that what who where when why how there here this everything something nothing'.split(' '));

const endings = new Map([
	['re', 'are'],
	['m', 'am'],
	['ve', 'have'],
	['ll', 'will'],
	['d', 'would'],
]);

const candidate = /(?<![\p{L}\p{M}\p{N}_'’])(?:['’]t(?:is|was)|[a-z]{1,16}(?:['’](?:all|re|ve|ll|[tsmd])){1,3})(?![\p{L}\p{M}\p{N}_])/giu;

/** The long form of `short`, in its case: `Won't` → `Will not`, `DON'T` → `DO NOT`. */
function inCase(long: string, short: string): string {
	if (/\p{Lu}$/u.test(short)) return long.toUpperCase();
	const first = short.search(/\p{L}/u);
	return /\p{Lu}/u.test(short[first]!) ? long[0]!.toUpperCase() + long.slice(1) : long;
}

/** One contraction without what follows a second apostrophe; undefined for none that is known. */
function long(short: string): string | undefined {
	const lower = short.toLowerCase();
	const known = irregular.get(lower);
	if (known) return inCase(known, short);
	const at = short.indexOf("'");
	const [stem, ending] = [lower.slice(0, at), lower.slice(at + 1)];
	if (ending === 't')
		return lower.endsWith("n't") && auxiliaries.has(lower.slice(0, -3)) ? after(short.slice(0, -3), 'not', short) : undefined;
	if (ending === 's') return subjects.has(stem) ? after(short.slice(0, at), 'is', short) : undefined;
	const verb = endings.get(ending);
	return verb && after(short.slice(0, at), verb, short);
}

const after = (stem: string, verb: string, short: string) => `${stem} ${/\p{Lu}$/u.test(short) ? verb.toUpperCase() : verb}`;

/** Writes contractions out. `'d` becomes `would`; `'s` becomes `is` after pronouns and question words only. */
export function expandContractions(text: string): string {
	if (!/['’]/.test(text)) return text;
	return text.replace(candidate, (found) => {
		const straight = found.replaceAll('’', "'");
		const whole = long(straight);
		if (whole !== undefined) return whole;
		// `wouldn't've`: the last ending first.
		const at = straight.lastIndexOf("'");
		const verb = endings.get(straight.slice(at + 1).toLowerCase());
		const rest = verb && long(straight.slice(0, at));
		return rest ? after(rest, verb, straight) : found;
	});
}
