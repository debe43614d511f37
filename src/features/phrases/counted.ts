// Words and pairs as they are counted, in one thread or in parts: gensim's `learn_vocab` over numbers instead of joined texts.
import { detached } from '../../base/index.js';
import { emptyRows, type Rows, rowWith } from './connectors.js';
import { countPair, type PairTable, pairTable } from './pair-table.js';

/** What was counted. */
export interface Counted {
	/** The numbers of words; connectors have −1, −2, …. */
	places: Map<string, number>;
	/** Words that are no connectors, by number, and how often each occurred. */
	words: string[];
	counts: number[];
	/** Tokens, connectors included. */
	tokens: number;
	/** What stood between the words of pairs. */
	rows: Rows;
	pairs: PairTable;
	/** What was counted fewer times is forgotten when there is too much next time. */
	reduce: number;
}

/** Nothing yet. */
export function nothing(connectors: readonly string[]): Counted {
	const places = new Map(connectors.map((word, place) => [word, -1 - place]));
	return { places, words: [], counts: [], tokens: 0, rows: emptyRows(), pairs: pairTable(), reduce: 1 };
}

/** Counts the tokens of documents. Above `most` words and pairs together, those that were seen least are forgotten, as gensim does. */
export function count(part: Counted, docs: readonly { readonly tokens: readonly string[] }[], connectors: number, most: number): void {
	for (const { tokens } of docs) {
		const { places, words, counts, rows, pairs } = part;
		let [first, row] = [-1, 0];
		for (let i = 0; i < tokens.length; i++) {
			const token = tokens[i]!;
			let word = places.get(token);
			if (word === undefined) {
				word = counts.push(1) - 1;
				words.push(detached(token));
				places.set(words[word]!, word);
			} else if (word < 0) {
				if (first >= 0) row = rowWith(rows, row, -1 - word, connectors);
				continue;
			} else counts[word]!++;
			if (first >= 0) countPair(pairs, first, row, word);
			first = word;
			row = 0;
		}
		part.tokens += tokens.length;
		if (words.length + pairs.size > most) forget(part);
	}
}

/** Adds what `other` has counted. */
export function addCounted(part: Counted, other: Counted, connectors: number, most: number): void {
	const { places, words, counts, rows, pairs } = part;
	part.tokens += other.tokens;
	part.reduce = Math.max(part.reduce, other.reduce);
	const numbers = Int32Array.from(other.words, (token, place) => {
		let word = places.get(token);
		if (word === undefined) {
			word = counts.push(0) - 1;
			words.push(token);
			places.set(token, word);
		}
		counts[word]! += other.counts[place]!;
		return word;
	});
	// Parents come before their children.
	const moved = new Int32Array(other.rows.parents.length);
	for (let row = 1; row < moved.length; row++) {
		moved[row] = rowWith(rows, moved[other.rows.parents[row]!]!, other.rows.last[row]!, connectors);
	}
	const { first, between, second, counts: many, size } = other.pairs;
	for (let pair = 0; pair < size; pair++) {
		countPair(pairs, numbers[first[pair]!]!, moved[between[pair]!]!, numbers[second[pair]!]!, many[pair]!);
	}
	if (words.length + pairs.size > most) forget(part);
}

/** Forgets words and pairs of few occurrences, one more each time (the first time none, as gensim). The words of a pair occurred as often as it did, so they stay with it. */
function forget(part: Counted): void {
	const { words, counts, pairs, reduce } = part;
	for (const word of words) part.places.delete(word);
	const numbers = new Int32Array(words.length).fill(-1);
	part.words = [];
	part.counts = [];
	for (const [old, word] of words.entries()) {
		if (counts[old]! < reduce) continue;
		numbers[old] = part.counts.push(counts[old]!) - 1;
		part.words.push(word);
		part.places.set(word, numbers[old]!);
	}
	part.pairs = pairTable();
	for (let pair = 0; pair < pairs.size; pair++) {
		if (pairs.counts[pair]! < reduce) continue;
		countPair(part.pairs, numbers[pairs.first[pair]!]!, pairs.between[pair]!, numbers[pairs.second[pair]!]!, pairs.counts[pair]!);
	}
	part.reduce++;
}
