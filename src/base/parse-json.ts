// JSON of a file that somebody else may have written.

/** Brackets inside each other. Deeper is no data but an attack: what walks it by recursion runs out of stack. */
const deepest = 500;

/** What a text says. @throws {SyntaxError} for a text that is not JSON, or nests deeper than 500. */
export function parseJson(text: string): unknown {
	let depth = 0;
	for (let place = 0; place < text.length; place++) {
		const code = text.charCodeAt(place);
		if (code === quote) place = endOfString(text, place);
		else if (code === bracket || code === brace) {
			if (++depth > deepest) throw new SyntaxError(`brackets nest deeper than ${deepest}`);
		} else if (code === bracket + 2 || code === brace + 2) depth--;
	}
	return JSON.parse(text);
}

const quote = 0x22;
const backslash = 0x5c;
/** Closing ones are two further. */
const bracket = 0x5b;
const brace = 0x7b;

/** The place of the quote that ends a string; beyond the end where none does. */
function endOfString(text: string, start: number): number {
	for (let place = start + 1; place < text.length; place++) {
		const code = text.charCodeAt(place);
		if (code === quote) return place;
		if (code === backslash) place++;
	}
	return text.length;
}
