// The words and labels of a fastText model, in the order of its rows.
import { fastTextHash } from './hash.js';

/** The token that ends a line. */
export const endOfLine = '</s>';

/** Words and labels: the words first, then the labels, each by falling counts. */
export interface FastTextDictionary {
	/** How many entries are words; the rest are labels. */
	readonly words: number;
	/** Entries in UTF-8, one after the other: entry i is `bytes[starts[i]] … bytes[starts[i + 1]]`. A file may hold any bytes but 0. */
	readonly bytes: Uint8Array;
	readonly starts: Uint32Array;
	readonly counts: Float64Array;
	/** Tokens of the text that was trained on, whether they have an entry or not. */
	readonly tokens: number;
	/** Of a pruned model: for each bucket that was kept its row after those of the words. */
	readonly kept?: ReadonlyMap<number, number>;
}

/** A word or label and how often it was seen. */
export interface FastTextEntry {
	readonly text: string;
	readonly count: number;
}

/** A byte order mark at the beginning of a word is a character of it. */
const [encoder, decoder] = [new TextEncoder(), new TextDecoder('utf-8', { ignoreBOM: true })];

/** Makes a dictionary of words and labels in fastText's order: by falling counts, equal ones as they come. `tokens` is the sum of all counts by default. */
export function dictionaryOf(words: readonly FastTextEntry[], labels: readonly FastTextEntry[] = [], tokens?: number): FastTextDictionary {
	const fallen = (entries: readonly FastTextEntry[]) => [...entries].sort((a, b) => b.count - a.count);
	const all = [...fallen(words), ...fallen(labels)];
	const { bytes, starts } = packedTexts(all.map(({ text }) => encoder.encode(text)));
	const counts = Float64Array.from(all, ({ count }) => count);
	return { words: words.length, bytes, starts, counts, tokens: tokens ?? counts.reduce((sum, count) => sum + count, 0) };
}

/** Texts in one array, and where each begins; where the last ends stands last. */
export function packedTexts(texts: readonly Uint8Array[]): { bytes: Uint8Array; starts: Uint32Array } {
	const starts = new Uint32Array(texts.length + 1);
	for (const [i, text] of texts.entries()) starts[i + 1] = starts[i]! + text.length;
	const bytes = new Uint8Array(starts[texts.length]!);
	for (const [i, text] of texts.entries()) bytes.set(text, starts[i]!);
	return { bytes, starts };
}

/** The entry as it lies in the dictionary. */
export function entryBytes({ bytes, starts }: FastTextDictionary, entry: number): Uint8Array {
	return bytes.subarray(starts[entry]!, starts[entry + 1]!);
}

/** The text of an entry; bytes that are no UTF-8 become U+FFFD. */
export function entryText(dictionary: FastTextDictionary, entry: number): string {
	return decoder.decode(entryBytes(dictionary, entry));
}

/** The texts of entries `from` … `to`. */
export function entryTexts(dictionary: FastTextDictionary, from: number, to: number): string[] {
	return Array.from({ length: to - from }, (_, i) => entryText(dictionary, from + i));
}

/** Numbers of entries by their bytes. */
export interface DictionaryIndex {
	/** The entry of bytes, with their hash; −1 where there is none. */
	find(bytes: Uint8Array, from: number, to: number, hash: number): number;
	findText(text: string): number;
}

/** Makes the index of a dictionary: a hash table with linear probing, at most 70% full. */
export function indexOf({ bytes, starts }: FastTextDictionary): DictionaryIndex {
	const entries = starts.length - 1;
	const size = Math.ceil(entries / 0.7) + 1;
	const table = new Int32Array(size).fill(-1);
	const placeOf = (text: Uint8Array, from: number, to: number, hash: number) => {
		let place = hash % size;
		for (; table[place] !== -1; place = place + 1 === size ? 0 : place + 1) {
			if (isSame(bytes, starts[table[place]!]!, starts[table[place]! + 1]!, text, from, to)) break;
		}
		return place;
	};
	for (let entry = 0; entry < entries; entry++) {
		const [from, to] = [starts[entry]!, starts[entry + 1]!];
		// Of equal entries the last counts.
		table[placeOf(bytes, from, to, fastTextHash(bytes, from, to))] = entry;
	}
	const find = (text: Uint8Array, from: number, to: number, hash: number) => table[placeOf(text, from, to, hash)]!;
	return {
		find,
		findText(text) {
			const coded = encoder.encode(text);
			return find(coded, 0, coded.length, fastTextHash(coded));
		},
	};
}

function isSame(a: Uint8Array, from: number, to: number, b: Uint8Array, start: number, end: number): boolean {
	if (to - from !== end - start) return false;
	for (let i = from, j = start; i < to; i++, j++) if (a[i] !== b[j]) return false;
	return true;
}
