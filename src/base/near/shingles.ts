// Documents as sets of 32-bit hashes: of tokens, words or characters, and of runs of them (shingles; Broder 1997). No text is made of a shingle.
import { hashText, mix } from '../random.js';

/** The hashes of one document, in a buffer that the next one is written into. A hash may be there twice. */
export interface Shingles {
	hashes: Int32Array;
	count: number;
}

/** A buffer for documents, one after the other. */
export function createShingles(): Shingles {
	return { hashes: new Int32Array(1024), count: 0 };
}

/** Odd, so that no bit of what comes first in a run is lost. */
const multiplier = 0x9e3779b1;

/** The hashes of runs of `width` in place of those of single items: Σ h_j·m^(width−1−j) mod 2³². Fewer items than that are one run. */
function inRuns(into: Shingles, count: number, width: number): Shingles {
	const { hashes } = into;
	const length = Math.min(width, count);
	into.count = length <= 1 ? count : count - length + 1;
	if (length <= 1) return into;
	for (let i = 0; i < into.count; i++) {
		let hash = hashes[i]!;
		for (let j = 1; j < length; j++) hash = (Math.imul(hash, multiplier) + hashes[i + j]!) | 0;
		hashes[i] = hash;
	}
	return into;
}

function makeRoom(into: Shingles, count: number): Int32Array {
	if (into.hashes.length < count) into.hashes = new Int32Array(count + (count >> 1));
	return into.hashes;
}

/** Runs of `width` tokens. */
export function tokenShingles(into: Shingles, tokens: readonly string[], width: number): Shingles {
	const hashes = makeRoom(into, tokens.length);
	for (let i = 0; i < tokens.length; i++) hashes[i] = mix(hashText(tokens[i]!));
	return inRuns(into, tokens.length, width);
}

/** Runs of `width` characters (code points). */
export function characterShingles(into: Shingles, text: string, width: number): Shingles {
	const hashes = makeRoom(into, text.length);
	let count = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.codePointAt(at)!;
		if (code > 0xffff) at++;
		hashes[count++] = mix(code);
	}
	return inRuns(into, count, width);
}

const [unknown, between, letter, alone] = [0, 1, 2, 3];

/** The kind of each UTF-16 code unit, found when it is first met. */
const units = new Uint8Array(0x10000);

/** Scripts that are written without spaces. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

function classify(code: number): number {
	const unit = String.fromCharCode(code);
	// Halves of a pair: emoji, and what is rare.
	if (code >= 0xd800 && code < 0xe000) return alone;
	if (unspaced.test(unit)) return alone;
	return /[\p{L}\p{N}\p{M}]/u.test(unit) ? letter : between;
}

/**
 * Runs of `width` words of a text in lower case: runs of letters, marks and digits; each character of a script without spaces by itself, and so each
 * UTF-16 code unit beyond the first plane. What is between does not count, unless there are no words: then the text is one item.
 */
export function wordShingles(into: Shingles, text: string, width: number): Shingles {
	const lower = text.toLowerCase();
	const hashes = makeRoom(into, lower.length + 1);
	let count = 0;
	let hash = 0;
	let inside = false;
	for (let at = 0; at < lower.length; at++) {
		const code = lower.charCodeAt(at);
		let kind = units[code]!;
		if (kind === unknown) {
			kind = classify(code);
			units[code] = kind;
		}
		if (kind === letter) {
			// As in hashText.
			hash = Math.imul((inside ? hash : 0x811c9dc5) ^ code, 0x01000193);
			inside = true;
			continue;
		}
		if (inside) hashes[count++] = mix(hash);
		inside = false;
		if (kind === alone) hashes[count++] = mix(code);
	}
	if (inside) hashes[count++] = mix(hash);
	if (count === 0) hashes[count++] = mix(hashText(text));
	return inRuns(into, count, width);
}
