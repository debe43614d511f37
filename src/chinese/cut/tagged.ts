// The precise mode with a tag for each word, as jieba's posseg cuts: its blocks are without `%` and `-`, and its model for unknown words is another.
import { isWord, type Known } from './known.js';
import { tagLatin } from './latin.js';
import { route } from './route.js';
import { han, kinds, latin, otherEnd, runEnd, taggedBlock } from './units.js';
import { tagUnknown } from './unknown-tags.js';

/** Tokens by where they end, and the tag of each. */
export interface Tagged {
	readonly ends: number[];
	readonly tags: string[];
}

/** Cuts and tags a text. */
export function cutTagged(known: Known, text: string, hmm: boolean): Tagged {
	const tagged: Tagged = { ends: [], tags: [] };
	let at = 0;
	while (at < text.length) {
		if ((kinds[text.charCodeAt(at)]! & taggedBlock) === 0) {
			at = otherEnd(text, at);
			add(tagged, at, 'x');
			continue;
		}
		const end = runEnd(text, at + 1, text.length, taggedBlock);
		if (hmm) tagBlock(known, text, at, end, tagged);
		else tagKnown(known, text, at, end, tagged);
		at = end;
	}
	return tagged;
}

function add({ ends, tags }: Tagged, end: number, tag: string): void {
	ends.push(end);
	tags.push(tag);
}

const tagOf = ({ trie }: Known, text: string, from: number, to: number) => trie.tag(trie.find(text, from, to)) ?? 'x';

function tagBlock(known: Known, text: string, from: number, to: number, tagged: Tagged): void {
	const next = route(known.trie, text, from, to);
	let singles = from;
	for (let at = from; at < to; ) {
		const end = next[at - from]!;
		if (end - at > 1) {
			flush(known, text, singles, at, tagged);
			add(tagged, end, tagOf(known, text, at, end));
			singles = end;
		}
		at = end;
	}
	flush(known, text, singles, to, tagged);
}

function flush(known: Known, text: string, from: number, to: number, tagged: Tagged): void {
	if (to - from < 2 || isWord(known, text, from, to)) {
		for (let at = from; at < to; at++) add(tagged, at + 1, tagOf(known, text, at, at + 1));
		return;
	}
	for (let at = from; at < to; ) {
		const isHan = (kinds[text.charCodeAt(at)]! & han) !== 0;
		let end = at + 1;
		while (end < to && ((kinds[text.charCodeAt(end)]! & han) !== 0) === isHan) end++;
		if (isHan) tagUnknown(text, at, end, tagged.ends, tagged.tags);
		else tagLatin(text, at, end, tagged.ends, tagged.tags);
		at = end;
	}
}

function tagKnown(known: Known, text: string, from: number, to: number, tagged: Tagged): void {
	const next = route(known.trie, text, from, to);
	let isOpen = false;
	for (let at = from; at < to; ) {
		const end = next[at - from]!;
		const joins = end - at === 1 && (kinds[text.charCodeAt(at)]! & latin) !== 0;
		if (isOpen && !joins) add(tagged, at, 'eng');
		if (!joins) add(tagged, end, tagOf(known, text, at, end));
		isOpen = joins;
		at = end;
	}
	if (isOpen) add(tagged, to, 'eng');
}
