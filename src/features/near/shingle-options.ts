// What minhash and simhash have in common: their options, and the shingles of tokens or of a text.
import { argumentOf, characterShingles, createShingles, is, type Kinds, type Shingles, tokenShingles } from '../../base/index.js';

/** Which parts of a document are compared. */
export interface ShingleOptions {
	/** Runs of `tokens`, or of the characters of `text`. Default 'tokens'. */
	on?: 'tokens' | 'text';
	/** Tokens or characters in a run; a document that is shorter is one run. */
	shingle?: number;
	/** Another seed, other hashes: only signatures of one seed can be compared. Default 0. */
	seed?: number;
}

/** The kinds of these options. */
export const shingleKinds: Kinds<ShingleOptions> = { on: is.one('tokens', 'text'), shingle: is.whole(1), seed: is.whole() };

/** The field of a document that is compared. */
export type Compared<On> = On extends 'text' ? string : readonly string[];

/** The documents that have it. */
export type Comparable<On> = On extends 'text' ? { text: string } : { tokens: string[] };

/** What a function of shingles makes of a document, and of what is compared of it; `who` is asked for the latter. */
export function overShingles<R>(who: string, on: 'tokens' | 'text', width: number, work: (shingles: Shingles) => R) {
	const buffer = createShingles();
	const ofTokens = (tokens: readonly string[]) => work(tokenShingles(buffer, tokens, width));
	const ofText = (text: string) => work(characterShingles(buffer, text, width));
	const needs = on === 'text' ? ({ text: 'text' } as const) : ({ tokens: 'texts' } as const);
	return {
		needs,
		ofDocument: (doc: { tokens: readonly string[]; text: string }) => (on === 'text' ? ofText(doc.text) : ofTokens(doc.tokens)),
		of: (compared: string | readonly string[]) =>
			on === 'text'
				? ofText(argumentOf(who, 'text', compared as string, is.text))
				: ofTokens(argumentOf(who, 'tokens', compared as readonly string[], is.texts)),
	};
}
