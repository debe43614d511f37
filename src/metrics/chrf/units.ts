// What chrF compares: characters by their code points, and words, of which a mark at the end or the beginning is cut off.
import { split, withoutSpace } from '../text/white-space.js';

/** The code points of a text, without white space unless it is kept. */
export function codePoints(text: string, whitespace: boolean): Int32Array {
	const kept = whitespace ? text : withoutSpace(text);
	const points = new Int32Array(kept.length);
	let count = 0;
	for (let at = 0; at < kept.length; count++) {
		const point = kept.codePointAt(at)!;
		points[count] = point;
		at += point > 0xffff ? 2 : 1;
	}
	return points.subarray(0, count);
}

const marks = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');

/** Words as Popović's chrF++ cuts them: of `(hi)` one mark only, that at the end. */
export function markedWords(text: string): string[] {
	return split(text).flatMap((word) => {
		const end = word.at(-1)!;
		// A character beyond the first plane is one.
		if (word.length === 1 || (word.length === 2 && word.codePointAt(0)! > 0xffff)) return [word];
		if (marks.has(end)) return [word.slice(0, -1), end];
		return marks.has(word[0]!) ? [word[0]!, word.slice(1)] : [word];
	});
}
