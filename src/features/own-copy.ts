// Strings that outlive their document.

/** V8 makes substrings of this length or more as views that keep the whole text alive. */
const viewLength = 13;

/** The same string without a hold on the text it was cut from. Call it before keeping a token. */
export function ownCopy(token: string): string {
	return token.length < viewLength ? token : (JSON.parse(JSON.stringify(token)) as string);
}
