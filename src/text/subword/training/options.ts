// What the trainers of subwords have in common: their options, and the checks of them.

/** What every trainer of subwords takes. */
export interface SubwordTraining {
	/** Tokens of the vocabulary, special ones and characters included. */
	size: number;
	/** Tokens that no text makes, which have the first ids. */
	special?: readonly string[];
}

/** Throws where options cannot be meant. */
export function checkTraining(who: string, { size, special = [] }: SubwordTraining, needed?: string): void {
	if (!Number.isInteger(size) || size < 1) {
		throw new RangeError(`${who}: expected size to be a whole number from 1, got ${size}. 8000 to 32000 are usual.`);
	}
	if (new Set(special).size < special.length || special.some((token) => typeof token !== 'string' || token === '')) {
		throw new RangeError(
			`${who}: expected special tokens that differ, none of them empty, got ${JSON.stringify(special)}. Correct the list.`,
		);
	}
	if (needed !== undefined && !special.includes(needed)) {
		throw new RangeError(
			`${who}: expected special to include ${needed}, the token of unknown characters, got ${JSON.stringify(special)}. Add it.`,
		);
	}
}

/** Throws where options of merging cannot be meant. */
export function checkMerging(who: string, minCount: number, alphabet: number | undefined): void {
	if (!Number.isInteger(minCount) || minCount < 0) {
		throw new RangeError(`${who}: expected minCount to be a whole number from 0, got ${minCount}. Leave it out for 2.`);
	}
	if (alphabet !== undefined && !(Number.isInteger(alphabet) && alphabet > 0)) {
		throw new RangeError(`${who}: expected alphabet to be a whole number from 1, got ${alphabet}. Leave it out for no limit.`);
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
