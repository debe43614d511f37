// Chinese segmentation as functions: jieba's algorithm over a dictionary of one's own.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import type { Offset } from '../text/index.js';
import { cutFull } from './cut/full.js';
import { codePointOffsets, slices } from './cut/pieces.js';
import { cutPrecise } from './cut/precise.js';
import { cutSearch } from './cut/search.js';
import { cutTagged } from './cut/tagged.js';
import { type DictionaryOptions, dictionaryKinds, dictionaryLines, wordsOf } from './dictionary/options.js';
import { greatestFrequency } from './dictionary/trie.js';
import { longestWord, userWords } from './dictionary/user-words.js';

/** Which words a segmenter knows, and whether it finds others. */
export interface SegmenterOptions extends DictionaryOptions {
	/** Whether words that the dictionary does not have are found by a hidden Markov model. Default true. */
	hmm?: boolean;
}

/** The same for one call. */
export interface CutOptions {
	/** Whether words that the dictionary does not have are found. Default: as the segmenter was made. */
	hmm?: boolean;
}

/** How `tokenize` cuts, and what it counts. */
export interface TokenizeOptions extends CutOptions {
	/** Default `precise`. */
	mode?: SegmentMode;
	/** What offsets count: UTF-16 units, as `text.slice` does, or code points, as Python does. Default `utf16`. */
	unit?: 'utf16' | 'codePoint';
}

/** Each character in one word, all words that there are, or words and the words in them. */
export type SegmentMode = 'precise' | 'full' | 'search';

/** A token and where it is, the end being the place after it. */
export interface PlacedToken {
	token: string;
	start: number;
	end: number;
}

/** A token and its tag. */
export interface TaggedToken {
	token: string;
	/** Part of speech, as jieba writes it: `n`, `v`, `nr`, `eng`, `m` …; `x` where it is not known. */
	tag: string;
}

/** Cuts Chinese texts. What one segmenter is told of words no other one knows. */
export interface Segmenter {
	/** The precise mode: joined, the tokens are the text. */
	cut(text: string, options?: CutOptions): string[];
	/** All words that the text has. As with jieba, white space has an empty token on each side where nothing else is. */
	cutFull(text: string): string[];
	/** The precise mode, and before each word those of two and three characters in it. */
	cutForSearch(text: string, options?: CutOptions): string[];
	/** Tokens with their offsets. */
	tokenize(text: string, options?: TokenizeOptions): PlacedToken[];
	/** The precise mode with parts of speech. Words may differ from those of `cut`: jieba's tagger has another model for unknown words, and ends blocks at `%` and `-`. */
	tag(text: string, options?: CutOptions): TaggedToken[];
	/** Adds a word, or changes it. Without a frequency it gets one that keeps it whole. */
	addWord(word: string, options?: { frequency?: number; tag?: string }): void;
	/** Takes a word out. */
	deleteWord(word: string): void;
	/** Adds the lines of a user dictionary, or of the file of this path. */
	addWords(words: string | readonly string[], options?: { encoding?: string }): void;
	/** The frequency at which a word stays whole, or at which parts come apart; `tune` sets it. The model for unknown words may join parts again. */
	suggestFrequency(parts: string | readonly string[], options?: { tune?: boolean }): number;
}

const cutKinds: Kinds<CutOptions> = { hmm: is.flag };
const tokenizeKinds: Kinds<TokenizeOptions> = {
	...cutKinds,
	mode: is.one('precise', 'full', 'search'),
	unit: is.one('utf16', 'codePoint'),
};
const wordKind = {
	expected: `a text of 1 to ${longestWord} characters`,
	fits: (value: unknown) => typeof value === 'string' && value.length > 0 && value.length <= longestWord,
};
const frequencyKind = {
	expected: `a whole number from 0 to ${greatestFrequency}`,
	fits: (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= greatestFrequency,
};

/**
 * Makes a segmenter. Tokens are those of Python's jieba 0.42.1 with the same dictionary. The dictionary is read when the first one is made.
 *
 * @example
 * const segmenter = createSegmenter({ words: ['云计算 5 n', '李小福 2 nr'] });
 * segmenter.cut('李小福是创新办主任也是云计算方面的专家');
 * segmenter.suggestFrequency(['中', '将'], { tune: true });
 * @throws {DataError} for a dictionary file or a line that cannot be read.
 */
export function createSegmenter(options: SegmenterOptions = {}): Segmenter {
	const who = 'createSegmenter';
	const { hmm: byDefault = true, ...given } = optionsOf(who, options, { ...dictionaryKinds, hmm: is.flag });
	const words = wordsOf(dictionaryLines(who, given));
	const checked = (name: string, text: string) => argumentOf(name, 'text', text, is.text);
	const hmmOf = (name: string, options: CutOptions) => optionsOf(name, options, cutKinds).hmm ?? byDefault;

	return {
		cut: (text, options = {}) => slices(checked('cut', text), cutPrecise(words, text, hmmOf('cut', options))),
		cutFull: (text) => cutFull(words, checked('cutFull', text)),
		cutForSearch: (text, options = {}) => cutSearch(words, checked('cutForSearch', text), hmmOf('cutForSearch', options)),
		tokenize(text, options = {}) {
			const { mode = 'precise', unit = 'utf16', hmm = byDefault } = optionsOf('tokenize', options, tokenizeKinds);
			const offsets: Offset[] = [];
			const tokens = cutBy[mode](words, checked('tokenize', text), hmm, offsets);
			const places = unit === 'utf16' ? offsets : codePointOffsets(text, offsets);
			return tokens.map((token, place) => ({ token, start: places[place]![0], end: places[place]![1] }));
		},
		tag(text, options = {}) {
			const { ends, tags } = cutTagged(words, checked('tag', text), hmmOf('tag', options));
			return slices(text, ends).map((token, place) => ({ token, tag: tags[place]! }));
		},
		addWord(word, options = {}) {
			const { frequency, tag } = optionsOf('addWord', options, { frequency: frequencyKind, tag: is.name });
			words.add({ word: argumentOf('addWord', 'word', word, wordKind), frequency, tag });
		},
		deleteWord: (word) => words.add({ word: argumentOf('deleteWord', 'word', word, wordKind), frequency: 0, tag: undefined }),
		addWords(given, options = {}) {
			const { encoding } = optionsOf('addWords', options, { encoding: is.encoding });
			argumentOf('addWords', 'words', given, dictionaryKinds.words);
			const { words: lines = [] } = dictionaryLines('addWords', { words: given, ...(encoding !== undefined && { encoding }) });
			for (const word of userWords(lines, 'words')) words.add(word);
		},
		suggestFrequency(parts, options = {}) {
			const { tune = false } = optionsOf('suggestFrequency', options, { tune: is.flag });
			argumentOf('suggestFrequency', 'parts', parts, is.either(wordKind, is.names));
			const frequency = words.suggest(parts);
			if (tune) words.add({ word: typeof parts === 'string' ? parts : parts.join(''), frequency, tag: undefined });
			return frequency;
		},
	};
}

/** The ways of cutting by their names. */
export const cutBy: Readonly<
	Record<SegmentMode, (known: Parameters<typeof cutFull>[0], text: string, hmm: boolean, offsets?: Offset[]) => string[]>
> = {
	precise: (known, text, hmm, offsets) => slices(text, cutPrecise(known, text, hmm), offsets),
	full: (known, text, _hmm, offsets) => cutFull(known, text, offsets),
	search: cutSearch,
};
