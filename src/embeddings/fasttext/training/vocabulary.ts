// Words, labels and rows of a model, of the tokens of its text.
import { DataError } from '../../../base/index.js';
import { entryBytes, type FastTextDictionary, indexOf, packedTexts } from '../dictionary.js';
import { bracketedBytes, subwordBuckets } from '../subwords.js';
import { rowOfBucket } from '../vectors.js';
import type { Corpus } from './corpus.js';
import type { WholeOptions } from './options.js';
import type { TokenList } from './token-table.js';

/** What each token of a text stands for. */
export interface TokenRows {
	/** Its label, −1 for a word, −2 for a label that does not count. */
	readonly targets: Int32Array;
	/** Rows of token i: `rows[starts[i]] … rows[starts[i + 1]]`. */
	readonly starts: Uint32Array;
	readonly rows: Uint32Array;
}

interface Entry {
	readonly text: Uint8Array;
	readonly isLabel: boolean;
	count: number;
}

const encoder = new TextEncoder();

/**
 * The dictionary of a text: words and labels that occur often enough, those of the model to go on from, and those that come with vectors.
 *
 * @throws {DataError} where nothing is left, which says which setting to lower.
 */
export function vocabularyOf(who: string, { list, tokens }: Corpus, options: WholeOptions): FastTextDictionary {
	const { minCount, minCountLabel, label, from, pretrainedVectors } = options;
	const prefix = encoder.encode(label);
	const entries = new Map<string, Entry>();
	if (from) {
		const { dictionary } = from;
		for (let entry = 0; entry < dictionary.starts.length - 1; entry++) {
			const text = entryBytes(dictionary, entry);
			entries.set(keyOf(text), { text, isLabel: entry >= dictionary.words, count: dictionary.counts[entry]! });
		}
	}
	let [words, labels, mostWord, mostLabel] = [0, 0, 0, 0];
	for (let token = 0; token < list.hashes.length; token++) {
		const count = list.counts[token]!;
		if (count === 0) continue;
		const text = textOf(list, token);
		const isLabel = beginsWith(text, prefix);
		if (isLabel) [labels, mostLabel] = [labels + 1, Math.max(mostLabel, count)];
		else if (token > 0) [words, mostWord] = [words + 1, Math.max(mostWord, count)];
		const old = entries.get(keyOf(text));
		if (old) old.count += count;
		else if (count >= (isLabel ? minCountLabel : minCount)) entries.set(keyOf(text), { text, isLabel, count });
	}
	for (const word of pretrainedVectors?.words ?? []) {
		const text = encoder.encode(word);
		const old = entries.get(keyOf(text));
		if (!old) entries.set(keyOf(text), { text, isLabel: false, count: 1 });
	}
	if (words === 0) throw new DataError(`${who}: expected a text with words, got none. Check the file or the documents.`);
	if (labels === 0) {
		throw new DataError(
			`${who}: expected labels, words that begin with ${label}, got none. Check the lines, or name what labels begin with: { label }.`,
		);
	}
	const sorted = [...entries.values()].sort((a, b) => Number(a.isLabel) - Number(b.isLabel) || b.count - a.count);
	const count = sorted.filter(({ isLabel }) => !isLabel).length;
	if (count === 0) throw tooRare(who, 'words', 'minCount', minCount, mostWord);
	if (count === sorted.length) throw tooRare(who, 'labels', 'minCountLabel', minCountLabel, mostLabel);
	const counts = Float64Array.from(sorted, (entry) => entry.count);
	return { words: count, ...packedTexts(sorted.map(({ text }) => text)), counts, tokens: tokens + (from?.dictionary.tokens ?? 0) };
}

function tooRare(who: string, what: string, setting: string, least: number, most: number): DataError {
	return new DataError(
		`${who}: expected ${what} that occur at least ${least} times (${setting}), got none: the most frequent one occurs ${most} times. Lower ${setting}.`,
	);
}

/** The rows and labels of the tokens of a text. */
export function tokenRows(
	list: TokenList,
	dictionary: FastTextDictionary,
	options: Pick<WholeOptions, 'label' | 'minn' | 'maxn' | 'bucket'>,
): TokenRows {
	const { find } = indexOf(dictionary);
	const prefix = encoder.encode(options.label);
	const size = list.hashes.length;
	const [targets, starts, rows] = [new Int32Array(size), new Uint32Array(size + 1), [] as number[]];
	for (let token = 0; token < size; token++) {
		const [from, to] = [list.starts[token]!, list.starts[token + 1]!];
		const entry = find(list.bytes, from, to, list.hashes[token]! >>> 0);
		const text = list.bytes.subarray(from, to);
		if (entry >= dictionary.words || (entry < 0 && beginsWith(text, prefix))) targets[token] = entry < 0 ? -2 : entry - dictionary.words;
		else {
			targets[token] = -1;
			if (entry >= 0) rows.push(entry);
			// The end of a line has no n-grams.
			if (options.maxn > 0 && token > 0) {
				for (const bucket of subwordBuckets(bracketedBytes(text), options)) {
					const row = rowOfBucket(dictionary, bucket);
					if (row !== undefined) rows.push(row);
				}
			}
		}
		starts[token + 1] = rows.length;
	}
	return { targets, starts, rows: Uint32Array.from(rows) };
}

/** The text of a token. */
export function textOf({ bytes, starts }: TokenList, token: number): Uint8Array {
	return bytes.subarray(starts[token]!, starts[token + 1]!);
}

/** Whether a text begins with others. */
export function beginsWith(text: Uint8Array, prefix: Uint8Array): boolean {
	if (text.length < prefix.length) return false;
	for (let i = 0; i < prefix.length; i++) if (text[i] !== prefix[i]) return false;
	return true;
}

/** Bytes as a text of one character each, which a Map finds by its content. */
export const keyOf = (text: Uint8Array): string => Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('latin1');
