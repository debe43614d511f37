// Where tokens are in the text that they were made of, when stages have changed it on the way: cleaned, lowercased, entities decoded.

/** A range of UTF-16 units: `text.slice(start, end)`. */
export interface Place {
	readonly start: number;
	readonly end: number;
}

/** Units that stages take out between two tokens, at most: what is found farther away is another word. */
const reach = 400;

/** Letters in lower case, one unit for each, so that places stay what they are. */
function folded(text: string): string {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	return Array.from({ length: text.length }, (_, at) => {
		const one = text[at]!.toLowerCase();
		return one.length === 1 ? one : text[at]!;
	}).join('');
}

/** Finds tokens one after the other, whatever their case; undefined for those that are not there. */
export function locate(text: string, tokens: readonly string[]): (Place | undefined)[] {
	const where = folded(text);
	let at = 0;
	return tokens.map((token) => {
		const what = folded(token);
		const start = what === '' ? -1 : where.indexOf(what, at);
		if (start < 0 || start - at > reach) return undefined;
		at = start + what.length;
		return { start, end: at };
	});
}

const wordUnit = /[\p{L}\p{N}\p{M}]/u;

/** Finds terms, each at its first place that is whole words, whatever their case; words of a term may have white space between them. */
export function locateTerms(text: string, terms: readonly string[]): (Place | undefined)[] {
	const where = folded(text);
	return terms.map((term) => {
		const parts = folded(term).split(/\s+/).filter(Boolean);
		if (parts.length === 0) return undefined;
		for (let start = where.indexOf(parts[0]!); start >= 0; start = where.indexOf(parts[0]!, start + 1)) {
			const end = endOf(where, parts, start);
			if (end !== undefined && isWhole(where, start, end)) return { start, end };
		}
		return undefined;
	});
}

function endOf(text: string, parts: readonly string[], start: number): number | undefined {
	let at = start;
	for (const part of parts) {
		while (at > start && /\s/.test(text[at] ?? '')) at++;
		if (!text.startsWith(part, at)) return undefined;
		at += part.length;
	}
	return at;
}

/** Whether a word neither begins before nor goes on behind; Han characters have no such ends. */
function isWhole(text: string, start: number, end: number): boolean {
	const splits = (left: string | undefined, right: string | undefined) =>
		left !== undefined && right !== undefined && wordUnit.test(left) && wordUnit.test(right) && !/\p{Script=Han}/u.test(left + right);
	return !splits(text[start - 1], text[start]) && !splits(text[end - 1], text[end]);
}
