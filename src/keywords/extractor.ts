// What every keyword extractor is: a function from the tokens of a document to its keywords, and data that it can be made again of.
import { is, type Json, type Kind } from '../base/index.js';
import type { State } from '../stream/index.js';
import { stopwordsOf } from '../text/index.js';

/** A keyword of a document. */
export interface Keyword {
	/** A token, or several that stand side by side. */
	readonly keyword: string;
	/** What the method says of it; keywords come best first. Higher is better, but with YAKE, where lower is. */
	readonly score: number;
	/** The index in `tokens` of the first token of each occurrence, rising. With `offsets` these are places in the text. */
	readonly positions: readonly number[];
}

/** What keywords are taken from. */
export interface KeywordSource {
	readonly tokens: readonly string[];
	/** One for each token, where a method chooses by tags. */
	readonly tags?: readonly (string | null)[];
	/** The index in `tokens` of the first token of each sentence, for YAKE. Default: after each token of full stops, question and exclamation marks. */
	readonly sentenceStarts?: readonly number[];
}

/** Finds the keywords of documents. */
export interface Extractor {
	readonly method: 'tfidf' | 'textrank' | 'rake' | 'yake';
	/** What it was made with, defaults written out, as plain JSON. */
	readonly options: { readonly [option: string]: Json };
	/** What it knows of a corpus. */
	readonly state?: State;
	/** The keywords of a document, best first; those with equal scores as the method's reference program has them. */
	extract(doc: KeywordSource): Keyword[];
}

/** Words that are no keywords: the code of a language that has a list, words in lower case, or false for none. */
export type StopwordChoice = string | false | readonly string[] | ReadonlySet<string>;

/** What extractors share. */
export interface ExtractorOptions {
	/** The most keywords; Infinity for all. Default 10. */
	readonly top?: number;
	/** Words that are never keywords; compared in lower case. */
	readonly stopwords?: StopwordChoice;
}

/** The same for extractors that choose words by their tags. */
export interface TaggedOptions extends ExtractorOptions {
	/** Tags of words that may be keywords, compared whole; false for any. */
	readonly tags?: readonly string[] | false;
}

const isWords: Kind = {
	expected: 'the code of a language, an array or a set of words, or false',
	fits: (value) =>
		value === false || typeof value === 'string' || is.texts.fits(value) || (value instanceof Set && is.texts.fits([...value])),
	next: "Pass 'en', your own words in lower case, or false for none.",
};

/** The kinds of these options. */
export const extractorKinds = { top: is.limit(1), stopwords: isWords };

/** The kinds of options with tags. */
export const taggedKinds = { ...extractorKinds, tags: is.either(is.texts, is.one(false)) };

/** The words of a choice and the choice as JSON: a code stays a code, words are sorted. */
export function stopwordSet(choice: StopwordChoice): { readonly words: ReadonlySet<string>; readonly json: Json } {
	if (choice === false) return { words: new Set(), json: false };
	if (typeof choice === 'string') return { words: stopwordsOf(choice), json: choice };
	const words = new Set(choice);
	return { words, json: [...words].sort() };
}

/** Infinity is no JSON: null stands for it. */
export const topAsJson = (top: number): Json => (top === Number.POSITIVE_INFINITY ? null : top);

/** The tags of a document, one for each token, where a method needs them. */
export function tagsOf(who: string, { tokens, tags }: KeywordSource): readonly (string | null)[] {
	if (Array.isArray(tags) && tags.length === tokens.length) return tags;
	const got = tags === undefined ? 'nothing' : `${tags.length} for ${tokens.length} tokens`;
	throw new TypeError(
		`${who}: expected a document with tags, one for each token, got ${got}. Add them with a stage that tags, or pass tags: false to take any word.`,
	);
}

/** Whether a token has two characters or more without the white space around it. */
export function isLong(token: string): boolean {
	const { length } = token;
	if (length < 2) return false;
	const trimmed = /\s/.test(token) ? token.trim() : token;
	return trimmed.length > 2 || (trimmed.length === 2 && trimmed.codePointAt(0)! <= 0xffff);
}

/** The best `top`, in falling order of scores; equal ones as they come. */
export function best(found: Keyword[], top: number): Keyword[] {
	return found.sort((a, b) => b.score - a.score).slice(0, top);
}

const tight = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/** Whether a character is one that is written without spaces. The code unit says it of most at once. */
const isTight = (character: string | undefined) => character !== undefined && character.charCodeAt(0) >= 0x2e80 && tight.test(character);

/** Tokens as one text: with spaces, but none where Han characters or kana meet. */
export function joinedWords(tokens: readonly string[]): string {
	let text = tokens[0] ?? '';
	for (let i = 1; i < tokens.length; i++) {
		const token = tokens[i]!;
		const meet =
			token.charCodeAt(0) >= 0x2e80 && isTight(String.fromCodePoint(token.codePointAt(0)!)) && isTight([...tokens[i - 1]!].at(-1));
		text += meet ? token : ` ${token}`;
	}
	return text;
}
