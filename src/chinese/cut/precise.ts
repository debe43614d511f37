// The precise mode: each character belongs to one word. Words are told by where they end.
import { isWord, type Known } from './known.js';
import { cutLatin } from './latin.js';
import { route } from './route.js';
import { block, han, kinds, latin, otherEnd, runEnd } from './units.js';
import { cutUnknown } from './unknown-words.js';

/** Where the tokens of a text end. Without `hmm` characters that belong to no word stay apart, but for letters and digits side by side. */
export function cutPrecise(known: Known, text: string, hmm: boolean): number[] {
	const ends: number[] = [];
	let at = 0;
	while (at < text.length) {
		if ((kinds[text.charCodeAt(at)]! & block) === 0) {
			at = otherEnd(text, at);
			ends.push(at);
			continue;
		}
		const end = runEnd(text, at + 1, text.length, block);
		if (hmm) cutBlock(known, text, at, end, ends);
		else cutKnown(known, text, at, end, ends);
		at = end;
	}
	return ends;
}

/** Single characters side by side are looked at together: words that no dictionary has, or characters by themselves where they are a word that the way went past. */
function cutBlock(known: Known, text: string, from: number, to: number, ends: number[]): void {
	const next = route(known.trie, text, from, to);
	let singles = from;
	for (let at = from; at < to; ) {
		const end = next[at - from]!;
		if (end - at > 1) {
			flush(known, text, singles, at, ends);
			ends.push(end);
			singles = end;
		}
		at = end;
	}
	flush(known, text, singles, to, ends);
}

function flush(known: Known, text: string, from: number, to: number, ends: number[]): void {
	if (to - from < 2) {
		if (to > from) ends.push(to);
	} else if (isWord(known, text, from, to)) {
		for (let at = from + 1; at <= to; at++) ends.push(at);
	} else {
		cutSingles(known, text, from, to, ends);
	}
}

function cutSingles({ deleted }: Known, text: string, from: number, to: number, ends: number[]): void {
	for (let at = from; at < to; ) {
		const isHan = (kinds[text.charCodeAt(at)]! & han) !== 0;
		let end = at + 1;
		while (end < to && ((kinds[text.charCodeAt(end)]! & han) !== 0) === isHan) end++;
		if (!isHan) cutLatin(text, at, end, ends);
		else if (deleted.size === 0) cutUnknown(text, at, end, ends);
		else cutWithout(deleted, text, at, end, ends);
		at = end;
	}
}

/** Unknown words without those that were deleted. */
function cutWithout(deleted: ReadonlySet<string>, text: string, from: number, to: number, ends: number[]): void {
	const found: number[] = [];
	cutUnknown(text, from, to, found);
	let at = from;
	for (const end of found) {
		if (deleted.has(text.slice(at, end))) while (at < end) ends.push(++at);
		else ends.push(end);
		at = end;
	}
}

function cutKnown({ trie }: Known, text: string, from: number, to: number, ends: number[]): void {
	const next = route(trie, text, from, to);
	let isOpen = false;
	for (let at = from; at < to; ) {
		const end = next[at - from]!;
		const joins = end - at === 1 && (kinds[text.charCodeAt(at)]! & latin) !== 0;
		if (isOpen && !joins) ends.push(at);
		if (!joins) ends.push(end);
		isOpen = joins;
		at = end;
	}
	if (isOpen) ends.push(to);
}
