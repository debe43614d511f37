// What the trainers of subwords have in common: their options, and the checks of them.

import { is, type Kinds } from '../../../base/index.js';

/** What every trainer of subwords takes. */
export interface SubwordTraining {
	/** Tokens of the vocabulary, special ones and characters included. */
	size: number;
	/** Tokens that no text makes, which have the first ids. */
	special?: readonly string[];
	/** The most different words that are learned from, the most frequent ones: it bounds the memory. Default 2,000,000; `unigram` 500,000. */
	words?: number;
}

/** The kinds of these options. */
export const trainingKinds: Kinds<SubwordTraining> = {
	size: { ...is.needed(is.whole(1)), next: '8000 to 32000 are usual.' },
	special: {
		expected: 'an array of tokens that differ, none of them empty',
		fits: (value) => is.names.fits(value) && new Set(value as string[]).size === (value as string[]).length,
	},
	words: is.whole(1),
};

/** The kinds of the options of merging. */
export const mergingKinds = { ...trainingKinds, minCount: is.whole(0), alphabet: is.whole(1) };

/** Throws where the token of unknown characters is not among the special ones. */
export function checkUnknown(who: string, special: readonly string[], needed: string): void {
	if (!special.includes(needed)) {
		throw new RangeError(
			`${who}: expected special to include ${needed}, the token of unknown characters, got ${JSON.stringify(special)}. Add it.`,
		);
	}
}

/** Throws where a vocabulary has no place for its characters. */
export function checkSize(who: string, size: number, special: number, characters: number): void {
	if (special + characters <= size) return;
	throw new RangeError(
		`${who}: expected size to be at least ${special + characters}, for ${characters} characters and ${special} special tokens, got ${size}. Raise size, or keep fewer characters.`,
	);
}

/** Special tokens as a `tokenizer.json` lists them. */
export function addedTokens(special: readonly string[]) {
	return special.map((content, id) => ({
		id,
		content,
		single_word: false,
		lstrip: false,
		rstrip: false,
		normalized: false,
		special: true,
	}));
}
