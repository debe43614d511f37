// How wide text is drawn: Helvetica's widths for ASCII, one em for what is as wide as a Chinese character, means for the rest.

/** Widths of U+0020 … U+007E in thousandths of an em, as Helvetica and Arial have them. */
const ascii = [
	...[278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556],
	...[556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778],
	...[667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556],
	...[556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584],
];

/** What Unicode calls wide and full-width, and emoji. */
const wide =
	/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2fb}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const mark = /[\p{M}\p{Cf}]/u;
const upper = /\p{Lu}/u;

function widthOf(character: string): number {
	if (mark.test(character)) return 0;
	if (wide.test(character)) return 1000;
	// é is as wide as e.
	const code = character.normalize('NFD').codePointAt(0)!;
	return ascii[code - 0x20] ?? (upper.test(character) ? 700 : 580);
}

/** The width of a text in em. */
export function textWidth(text: string): number {
	let sum = 0;
	for (const character of text.normalize('NFC')) sum += widthOf(character);
	return sum / 1000;
}

/** The text, or as much of its beginning with … behind as fits into `most` em. */
export function shortened(text: string, most: number): string {
	if (textWidth(text) <= most) return text;
	const characters = [...text];
	while (characters.length > 0 && textWidth(`${characters.join('')}…`) > most) characters.pop();
	return `${characters.join('')}…`;
}
