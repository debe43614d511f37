// Ideographic description sequences (⿰言互): a character told by its parts, of which none is to be converted by itself.

const operator = /[\u2ff0-\u2fff]/;
/** The most code points of a sequence; no character is described by so many. OpenCC's own search calls itself for each, without limit. */
const most = 64;

/** How many parts an operator takes: three for ⿲ and ⿳, one for ⿾ and ⿿ by Unicode 15.1; two by OpenCC, as here. */
const partsOf = (code: number) => (code < 0x2ff0 || code > 0x2fff ? 0 : code === 0x2ff2 || code === 0x2ff3 ? 3 : 2);

/** Where the sequence that begins at `start` ends; after its operator where it does not. */
function endOf(text: string, start: number): number {
	let missing = 1;
	let at = start;
	for (let seen = 0; missing > 0 && seen < most && at < text.length; seen++) {
		const code = text.codePointAt(at)!;
		at += code > 0xffff ? 2 : 1;
		missing += partsOf(code) - 1;
	}
	return missing === 0 ? at : start + 1;
}

/** The text with `work` done to what stands outside such sequences, which stay as they are. */
export function beyondDescriptions(text: string, work: (text: string) => string): string {
	let at = text.search(operator);
	if (at < 0) return work(text);
	const out: string[] = [];
	let from = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code < 0x2ff0 || code > 0x2fff) {
			at++;
			continue;
		}
		if (at > from) out.push(work(text.slice(from, at)));
		from = endOf(text, at);
		out.push(text.slice(at, from));
		at = from;
	}
	if (from < text.length) out.push(work(text.slice(from)));
	return out.join('');
}
