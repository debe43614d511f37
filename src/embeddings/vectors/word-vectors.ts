// Word vectors: words, their rows, and what can be asked of them.
import { argumentOf, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { type Comparisons, comparisons } from './compare.js';
import { type Core, unitOf, vectorOf } from './core.js';
import type { VectorParts } from './parts.js';
import { createRows, type Rows } from './rows.js';
import { type SimilarQueries, similarQueries } from './similar.js';

/** Word vectors, whatever trained them. The numbers do not change; arrays that are handed out are copies. */
export interface WordVectors extends SimilarQueries, Comparisons {
	/** The words in the order of their rows: of trained vectors the most frequent first. */
	readonly words: readonly string[];
	/** How many rows there are. */
	readonly size: number;
	/** Numbers in a vector. */
	readonly width: number;
	/** How often each word was seen in training, where that is known. */
	readonly counts: Uint32Array | Float64Array | undefined;
	/** Whether the vectors of words without a row are made of their parts, as FastText does. */
	readonly subwords: boolean;
	/** Whether a word has a row. */
	has(word: string): boolean;
	/** The place of a word's row; -1 where it has none. */
	indexOf(word: string): number;
	/** The vector of a word: its row, or what its parts give; undefined where there is neither. */
	get(word: string): Float32Array | undefined;
	/** The same, of length 1. */
	unit(word: string): Float32Array | undefined;
	/** A row by its place. */
	row(index: number): Float32Array;
	/** The length of a row. */
	norm(index: number): number;
	/**
	 * Vectors of these words alone, in this order, each once: those that have no row get what their parts give as a row; words without a vector are left
	 * out. So vectors are cut to a vocabulary, and what subwords give can be saved.
	 */
	forWords(words: Iterable<string>): WordVectors;
}

const partsKinds: Kinds<VectorParts> = {
	words: is.needed(is.texts),
	width: is.needed(is.whole(1)),
	rows: {
		expected: 'a Float32Array, or an array of these',
		fits: (value) => value instanceof Float32Array || (Array.isArray(value) && value.every((part) => part instanceof Float32Array)),
		needed: true,
	},
	counts: { expected: 'a Uint32Array or Float64Array', fits: (value) => value instanceof Uint32Array || value instanceof Float64Array },
	unseen: is.function,
};

/**
 * Word vectors of their parts, which are copied.
 *
 * @throws {RangeError} for a word that is there twice, for rows that are not as many as the words, and for numbers that are not finite.
 */
export function wordVectors(parts: VectorParts): WordVectors {
	const { words, width, rows: given, counts, unseen } = optionsOf('wordVectors', parts, partsKinds);
	const arrays: readonly Float32Array[] = given instanceof Float32Array ? [given] : given;
	const rows = createRows(width, { expected: words.length });
	for (const array of arrays) {
		if (array.length % width !== 0)
			throw new RangeError(`wordVectors: expected whole rows of ${width} numbers in each array, got one of ${array.length} numbers.`);
		for (let at = 0; at < array.length; at += width) rows.append(array.subarray(at, at + width));
	}
	if (rows.count !== words.length || (counts && counts.length !== words.length)) {
		const got = rows.count === words.length ? `${counts!.length} counts` : `${rows.count} rows`;
		throw new RangeError(`wordVectors: expected one for each of the ${words.length} words, got ${got}.`);
	}
	const bad = rows.firstBad();
	if (bad >= 0)
		throw new RangeError(
			`wordVectors: expected finite numbers, got NaN or Infinity in the row of ${JSON.stringify(words[bad])}. Train with a lower rate.`,
		);
	const places = new Map(words.map((word, index) => [word, index]));
	if (places.size < words.length) {
		const twice = words.find((word, index) => places.get(word) !== index);
		throw new RangeError(`wordVectors: expected words that differ, got ${JSON.stringify(twice)} twice. Leave one of its rows out.`);
	}
	return vectorsOver({ words: [...words], places, rows, counts: counts?.slice(), unseen });
}

/** What vectors are over: words, rows that are all there, and what is known beside. */
export interface Stored {
	readonly words: readonly string[];
	/** The place of each word. */
	readonly places: ReadonlyMap<string, number>;
	readonly rows: Rows;
	readonly counts?: Uint32Array | Float64Array | undefined;
	readonly unseen?: VectorParts['unseen'] | undefined;
}

const stored = new WeakMap<WordVectors, Stored>();

/** What word vectors are over, for what reads rows where they lie. */
export function storedOf(vectors: WordVectors): Stored {
	return stored.get(vectors)!;
}

/** The kind of word vectors, for tables of options: they are made here and nowhere else. */
export const vectorsKind: Kind = {
	expected: 'word vectors',
	fits: (value: unknown) => stored.has(value as WordVectors),
	next: 'Take those of loadVectors(path) or of a trained model.',
	needed: true,
};

/** What queries work with. */
export const coreOf = ({ words, places, rows, unseen }: Stored): Core => ({
	words,
	rows,
	indexOf: (word) => places.get(word) ?? -1,
	unseen,
});

/** Word vectors over rows. Words must differ. */
export function vectorsOver(parts: Stored): WordVectors {
	const { words, rows, counts, unseen } = parts;
	const core = coreOf(parts);
	const place = (index: number) =>
		argumentOf('row', 'the place', index, {
			expected: `a whole number from 0 below ${words.length}`,
			fits: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < words.length,
		});
	const vectors: WordVectors = {
		...similarQueries(core),
		...comparisons(core),
		...{ words, size: words.length, width: rows.width, counts, subwords: unseen !== undefined },
		has: (word) => core.indexOf(word) >= 0,
		indexOf: core.indexOf,
		get: (word) => vectorOf(core, word)?.slice(),
		unit(word) {
			const vector = vectorOf(core, word);
			return vector && unitOf(vector);
		},
		row: (index) => rows.view(place(index)).slice(),
		norm: (index) => rows.norm(place(index)),
		forWords: (words) => forWords(core, counts, words),
	};
	stored.set(vectors, parts);
	return vectors;
}

function forWords(core: Core, counts: Stored['counts'], words: Iterable<string>): WordVectors {
	const found: string[] = [];
	const rows = createRows(core.rows.width);
	for (const word of new Set(words)) {
		const vector = vectorOf(core, word);
		if (!vector) continue;
		rows.append(vector);
		found.push(word);
	}
	const kept = counts && Float64Array.from(found, (word) => counts[core.indexOf(word)] ?? 0);
	return vectorsOver({ words: found, places: new Map(found.map((word, index) => [word, index])), rows, counts: kept });
}
