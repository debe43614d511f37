// The words of a text as scikit-learn's vectorizers cut them by default, without making a string of each: lower case, two letters, digits or underscores or more.
import { detached } from '../../base/index.js';
import { type TermTable, unitId } from './term-table.js';
import { findPart, hashOn } from './token-table.js';

/** For each ASCII unit that words have its lower case; 0 for the others. */
const lower = Uint8Array.from({ length: 128 }, (_, unit) => {
	const character = String.fromCharCode(unit);
	return /\w/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

const wordPattern = /[\p{L}\p{N}_]{2,}/gu;
const isAscii = /^[\0-\x7f]*$/;

/** The words as strings. */
export const textWords = (text: string): string[] => text.toLowerCase().match(wordPattern) ?? [];

let ids = new Int32Array(1024);

/** The ids of a text's words; a word that the table does not have gets one where `add` says so, else −1. An array that the next call overwrites, and how many. */
export function textIds(table: TermTable, text: string, add: boolean): { readonly ids: Int32Array; readonly count: number } {
	const most = (text.length >> 1) + 2;
	if (ids.length < most) ids = new Int32Array(2 * most);
	return { ids, count: isAscii.test(text) ? asciiIds(table, text, add) : idsOf(table, textWords(text), add) };
}

/** The ids of tokens, in the same way. */
export function tokenIds(table: TermTable, tokens: readonly string[], add: boolean): { readonly ids: Int32Array; readonly count: number } {
	if (ids.length < tokens.length) ids = new Int32Array(2 * tokens.length);
	return { ids, count: idsOf(table, tokens, add) };
}

function idsOf(table: TermTable, tokens: readonly string[], add: boolean): number {
	for (let i = 0; i < tokens.length; i++) ids[i] = unitId(table, tokens[i]!, add);
	return tokens.length;
}

function asciiIds(table: TermTable, text: string, add: boolean): number {
	const { tokens } = table;
	const part = { text, from: 0, to: 0 };
	let [count, hash] = [0, 0];
	for (let i = 0; i <= text.length; i++) {
		const unit = i < text.length ? lower[text.charCodeAt(i)]! : 0;
		if (unit !== 0) {
			hash = hashOn(hash, unit);
			continue;
		}
		if (i - part.from > 1) {
			part.to = i;
			const number = findPart(tokens, part, hash, lower);
			if (number >= 0) ids[count++] = tokens.ids[number]!;
			else ids[count++] = add ? unitId(table, detached(text.slice(part.from, i).toLowerCase()), true) : -1;
		}
		part.from = i + 1;
		hash = 0;
	}
	return count;
}
