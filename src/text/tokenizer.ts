// What all tokenizers share: tokens of `text`, and on request the place of each.
import { is, type Json, type Kinds } from '../base/index.js';
import { map, type Stage, stage } from '../stream/index.js';

/** Where a token begins and ends in the text, in UTF-16 code units: `text.slice(...offset)` is what it was made from. */
export type Offset = [start: number, end: number];

/** What every tokenizer takes. */
export interface TokenizerOptions {
	/** Whether to add `offsets`, one for each token. A later stage that drops tokens does not drop their offsets. Default false. */
	offsets?: boolean;
}

/** The kinds of these options. */
export const tokenizerKinds: Kinds<TokenizerOptions> = { offsets: is.flag };

/** The stage of a tokenizer with options of type `O`. */
export type Tokenizer<O extends TokenizerOptions> = Stage<
	{ text: string },
	O extends { offsets: true } ? { tokens: string[]; offsets: Offset[] } : { tokens: string[] }
>;

/** Cuts a text into tokens; where an array for offsets is given, it gets one for each token. */
export type Tokenize = (text: string, offsets?: Offset[]) => string[];

/** Runs the work on texts that have so many characters together, or ends it. */
export type Limit = <R>(characters: number, work: () => R) => R;

/** Makes the stage of a tokenizer. `limit`, where there is one, runs it on one chunk of documents at a time. */
export function tokenizer<O extends TokenizerOptions>(
	name: string,
	options: { readonly [option: string]: Json; readonly offsets: boolean },
	tokenize: Tokenize,
	limit?: Limit,
): Tokenizer<O> {
	const plain = (doc: { text: string }) => ({ tokens: tokenize(doc.text) });
	const placed = (doc: { text: string }) => {
		const offsets: Offset[] = [];
		return { tokens: tokenize(doc.text, offsets), offsets };
	};
	const add = options.offsets ? placed : plain;
	const description = { stage: name, options, needs: { text: 'text' } } as const;
	const all = (docs: readonly { text: string }[]) => docs.map((doc) => ({ ...doc, ...add(doc) }));
	const lengthOf = (docs: readonly { text: string }[]) => docs.reduce((sum, { text }) => sum + text.length, 0);
	const made = limit
		? stage((docs: readonly { text: string }[]) => limit(lengthOf(docs), () => all(docs)), description)
		: map(add, description);
	// Whether `offsets` is there depends on a value that the type of `O` knows.
	return Object.assign(made, { cuts: 'text' }) as unknown as Tokenizer<O>;
}

/** Tokens that are slices of the text: those that a pattern with the flag `g` finds, without empty ones. */
export function matches(text: string, pattern: RegExp, offsets?: Offset[]): string[] {
	const tokens: string[] = [];
	for (const match of text.matchAll(pattern)) {
		const token = match[0];
		if (token === '') continue;
		tokens.push(token);
		offsets?.push([match.index, match.index + token.length]);
	}
	return tokens;
}
