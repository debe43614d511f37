// What terms are made of: the words of a document, or its characters.
import { is, type Kinds } from '../../base/index.js';
import { oneSpace, spacedWords } from '../../text/ngrams/spaces.js';
import type { TermTable } from './term-table.js';
import { textIds, textWords, tokenIds } from './text-words.js';

/** Which terms a document has. */
export interface TermOptions {
	/**
	 * `word` (default): n-grams of `tokens`. `text`: of the words of `text` as scikit-learn cuts them, lower case, two letters or digits or more. `char`: of the characters (code points) of `text`, a run of white space being one blank.
	 * `char_wb`: of the characters of each word of `text` with a blank on both sides; a word shorter than that counts once.
	 */
	readonly analyzer?: 'word' | 'text' | 'char' | 'char_wb';
	/** The shortest and the longest n-gram. Default `[1, 1]`. */
	readonly ngramRange?: readonly [number, number];
}

/** The same with all values. */
export type Terms = Required<TermOptions>;

/** The most units of a term. */
const longest = 1000;

export const termKinds: Kinds<TermOptions> = {
	analyzer: is.one('word', 'text', 'char', 'char_wb'),
	ngramRange: {
		expected: `two whole numbers from 1 to ${longest}, the second not below the first`,
		fits: (value) =>
			Array.isArray(value) && value.length === 2 && value.every(is.whole(1).fits) && value[0] <= value[1] && value[1] <= longest,
		next: 'Pass [1, 2] for single tokens and pairs.',
	},
};

/** Fills in what is not given. */
export const termsOf = ({ analyzer = 'word', ngramRange = [1, 1] }: TermOptions): Terms => ({
	analyzer,
	ngramRange: [ngramRange[0], ngramRange[1]],
});

/** A document with what its terms are made of. */
export interface Analyzed {
	readonly tokens?: readonly string[];
	readonly text?: string;
}

/** Sequences of units whose n-grams are terms; units do not pair across them. */
export function sequencesOf({ analyzer }: Terms): (doc: Analyzed) => readonly (readonly string[])[] {
	if (analyzer === 'word') return ({ tokens }) => [tokens!];
	if (analyzer === 'text') return ({ text }) => [textWords(text!)];
	if (analyzer === 'char') return ({ text }) => [Array.from(oneSpace(text!))];
	return ({ text }) => spacedWords(text!).map((word) => [' ', ...word, ' ']);
}

/** Calls `visit` with the ids of each sequence of a document's units: an array that the next one overwrites. */
export type Reader = (doc: Analyzed, table: TermTable, add: boolean, visit: (ids: Int32Array, count: number) => void) => void;

/** Reads documents. Units without an id get one where `add` says so, else −1. */
export function readerOf(terms: Terms): Reader {
	if (terms.analyzer === 'text') {
		return ({ text }, table, add, visit) => {
			const { ids, count } = textIds(table, text!, add);
			visit(ids, count);
		};
	}
	const sequences = sequencesOf(terms);
	return (doc, table, add, visit) => {
		for (const units of sequences(doc)) {
			const { ids, count } = tokenIds(table, units, add);
			visit(ids, count);
		}
	};
}

/** The field that a document must have, for the checks of stages. */
export const needsOf = ({ analyzer }: Terms) => (analyzer === 'word' ? ({ tokens: 'texts' } as const) : ({ text: 'text' } as const));

/** Between the units of a term's name. */
export const joinOf = ({ analyzer }: Terms): string => (analyzer === 'word' || analyzer === 'text' ? ' ' : '');

/** Whether a sequence shorter than the shortest n-gram is a term itself. */
export const takesShort = ({ analyzer }: Terms): boolean => analyzer === 'char_wb';
