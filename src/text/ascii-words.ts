// The words of an ASCII text, quicker: its bytes are read from an array, and a word that was met before is the same string again.

const [space, letter, joiner, symbol] = [0, 1, 2, 3];

/** The kind of each byte, as `words` has it. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
	const character = String.fromCharCode(code);
	if (/\s/.test(character)) return space;
	if (/[a-z0-9]/i.test(character)) return letter;
	return character === "'" ? joiner : symbol;
});

/** Each character as a token. */
const symbols = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** Longer texts go the other way. */
const longestText = 1 << 16;
const bytes = new Uint8Array(longestText);
const encoder = new TextEncoder();

/**
 * Words that were met, each in the slot of its hash: one that is there needs no memory, and a Map that counts it finds it by its address.
 * V8 copies slices of up to 12 units, so they do not keep their texts; longer ones do, and stay out.
 */
const slots = 1 << 15;
const slotShift = 17;
const longestWord = 12;
const met: string[] = new Array(slots).fill('');
const spelled = new Uint8Array(slots * longestWord);

function word(text: string, start: number, end: number, hash: number): string {
	const length = end - start;
	if (length > longestWord) return text.slice(start, end);
	const slot = Math.imul(hash, 0x9e3779b1) >>> slotShift;
	const from = slot * longestWord;
	const known = met[slot]!;
	let at = 0;
	if (known.length === length) while (at < length && spelled[from + at] === bytes[start + at]) at++;
	if (at === length) return known;
	const made = text.slice(start, end);
	met[slot] = made;
	for (at = 0; at < length; at++) spelled[from + at] = bytes[start + at]!;
	return made;
}

/** The tokens that `words` makes of the text; nothing where the text is not ASCII, or long. `offsets`, where it is given, gets the place of each. */
export function asciiWords(text: string, punctuation: boolean, offsets?: [number, number][]): string[] | undefined {
	const length = text.length;
	if (length > longestText) return undefined;
	// A character beyond ASCII takes more bytes than units.
	const { read, written } = encoder.encodeInto(text, bytes);
	if (read !== length || written !== length) return undefined;
	const tokens: string[] = [];
	let at = 0;
	while (at < length) {
		const start = at;
		const kind = kinds[bytes[at]!]!;
		if (kind === space) {
			at++;
			continue;
		}
		if (kind === letter) {
			let hash = 0;
			for (;;) {
				// Cheap, since each letter waits for the one before; what is mixed is the result.
				for (; at < length && kinds[bytes[at]!] === letter; at++) hash = (hash << 4) + (hash >>> 23) + bytes[at]!;
				if (at + 1 >= length || kinds[bytes[at]!] !== joiner || kinds[bytes[at + 1]!] !== letter) break;
				at++;
			}
			tokens.push(word(text, start, at, hash));
		} else {
			at++;
			if (!punctuation) continue;
			tokens.push(symbols[bytes[start]!]!);
		}
		offsets?.push([start, at]);
	}
	return tokens;
}
