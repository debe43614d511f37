// GPT-2's alphabet: a visible character for each byte, so that any text is a word of 256 letters.

/** The character of each byte. Printable Latin-1 bytes stand for themselves, the others for U+0100 and up, in order. */
export const byteAlphabet: readonly string[] = (() => {
	const visible = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
	let next = 0x100;
	return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(visible(byte) ? byte : next++));
})();

/** The UTF-8 bytes of a word as characters. */
export function byteCharacters(word: string): string[] {
	return Array.from(Buffer.from(word), (byte) => byteAlphabet[byte]!);
}

const bytes = new Map(byteAlphabet.map((character, byte) => [character, byte]));

/** The text that characters of the alphabet stand for; undefined where they stand for no whole text, or are none of the alphabet. */
export function byteText(word: string): string | undefined {
	const found = Array.from(word, (character) => bytes.get(character));
	if (!found.every((byte) => byte !== undefined)) return undefined;
	const text = Buffer.from(found).toString();
	return text.includes('\ufffd') ? undefined : text;
}
