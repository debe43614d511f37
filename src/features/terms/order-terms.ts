// Which terms become columns, and in which order: limits and order are scikit-learn's.
import { byCodePoint, is, type Kind, type Kinds } from '../../base/index.js';
import type { TermCounts } from './count-terms.js';
import type { TermTable } from './term-table.js';

/** Which terms are kept. */
export interface TermLimits {
	/** Terms that fewer documents have are left out: a whole number from 1, or below 1 a share of the documents. Default 1. */
	readonly minDf?: number;
	/** Terms that more documents have are left out: a whole number from 1, or below 1 a share of the documents. Default no limit. */
	readonly maxDf?: number;
	/** The most terms kept: those seen most often in all documents together. Default no limit. */
	readonly maxFeatures?: number;
}

const frequency: Kind = {
	expected: 'a whole number of documents from 1, or a share of them below 1',
	fits: (value) => typeof value === 'number' && ((value >= 0 && value < 1) || Number.isSafeInteger(value)) && value >= 0,
};
export const limitKinds: Kinds<TermLimits> = { minDf: frequency, maxDf: { ...frequency, fits: (value) => value === Number.POSITIVE_INFINITY || frequency.fits(value) }, maxFeatures: is.limit(1) };

/** The limits that are set, for a description: no limit is no entry. */
export function setLimits({ minDf = 1, maxDf, maxFeatures }: TermLimits): TermLimits {
	const isSet = (limit: number | undefined): limit is number => limit !== undefined && Number.isFinite(limit);
	return { minDf, ...(isSet(maxDf) && { maxDf }), ...(isSet(maxFeatures) && { maxFeatures }) };
}

/** The ids of the terms that are kept, in the order of their columns: by their names in code points. */
export function orderTerms(who: string, counts: TermCounts, limits: TermLimits, join: string): Int32Array {
	const all = sorted(counts.table, keptTerms(who, counts, limits), join);
	const { maxFeatures = Number.POSITIVE_INFINITY } = limits;
	if (all.length <= maxFeatures) return all;
	// The most frequent; of equal ones those that come first.
	const places = Uint32Array.from(all, (_, place) => place).sort((a, b) => counts.totals[all[b]!]! - counts.totals[all[a]!]! || a - b);
	return Int32Array.from(places.subarray(0, maxFeatures).sort(), (place) => all[place]!);
}

/** The documents that a limit stands for. */
const documentsOf = (limit: number, documents: number) => (limit < 1 ? limit * documents : limit);

function keptTerms(who: string, { documents, documentCounts, table }: TermCounts, limits: TermLimits): Int32Array {
	const { minDf = 1, maxDf = Number.POSITIVE_INFINITY} = limits;
	const [least, most] = [documentsOf(minDf, documents), documentsOf(maxDf, documents)];
	const size = Math.min(table.size, documentCounts.length);
	const kept = new Int32Array(size);
	let [count, seen, largest, smallest] = [0, 0, 0, documents];
	for (let id = 0; id < size; id++) {
		const having = documentCounts[id]!;
		if (having === 0) continue;
		seen++;
		largest = Math.max(largest, having);
		smallest = Math.min(smallest, having);
		if (having >= least && having <= most) kept[count++] = id;
	}
	if (seen === 0) {
		throw new RangeError(`${who}: expected documents with terms to fit on, got none in ${documents}. Check the source, and that words() comes before.`);
	}
	if (count === 0) {
		const why =
			largest < least
				? `terms that ${minDf < 1 ? `${minDf} of the documents` : `${minDf} documents`} have (minDf), got none: the most frequent is in ${largest} of ${documents}. Lower minDf`
				: `terms that at most ${maxDf < 1 ? `${maxDf} of the documents` : `${maxDf} documents`} have (maxDf), got none: the rarest is in ${smallest} of ${documents}. Raise maxDf`;
		throw new RangeError(`${who}: expected ${why}.`);
	}
	return kept.subarray(0, count);
}

/**
 * Terms in the order of their names. A blank comes before all that tokens are made of, and a beginning before what goes on: the order of names is that of the
 * sequences of their tokens' ranks. So n-grams are sorted by numbers, those of each length by the place of their prefix, then by the rank of the last token.
 */
function sorted(table: TermTable, kept: Int32Array, join: string): Int32Array {
	const tokens = [...table.tokens].sort(([a], [b]) => byCodePoint(a, b));
	// A token with a control character or a blank in it breaks the rule.
	const texts = join === ' ' && tokens.some(([token]) => /[\0- ]/.test(token)) ? namesOf(table) : undefined;
	if (texts) return Int32Array.from([...kept].sort((a, b) => byCodePoint(texts(a), texts(b))));
	const ranks = new Int32Array(table.size);
	for (const [rank, [, id]] of tokens.entries()) ranks[id] = rank;
	// Those that are kept, and the prefixes that lead to them, by length.
	const wanted = new Uint8Array(table.size);
	const levels: number[][] = [];
	const lengthOf = (id: number): number => {
		let length = 1;
		for (let at = table.prefixes[id]!; at >= 0; at = table.prefixes[at]!) length++;
		return length;
	};
	const isKept = 2;
	for (const id of kept) {
		for (let at = id, length = lengthOf(id); at >= 0 && wanted[at] === 0; at = table.prefixes[at]!, length--) {
			wanted[at] = 1;
			(levels[length - 1] ??= []).push(at);
		}
	}
	for (const id of kept) wanted[id] = isKept;
	const places = new Int32Array(table.size);
	let before = 1;
	const ordered = levels.map((level) => {
		const byLast = byNumber(Int32Array.from(level), (id) => ranks[table.lasts[id]!]!, tokens.length);
		const order = byNumber(byLast, (id) => (table.prefixes[id]! < 0 ? 0 : places[table.prefixes[id]!]!), before);
		for (const [place, id] of order.entries()) places[id] = place;
		before = order.length;
		return order;
	});
	// A term, then what goes on from it: these stand together in the order of the next length.
	const next = new Int32Array(ordered.length);
	const result = new Int32Array(kept.length);
	let size = 0;
	const put = (id: number, length: number) => {
		if (wanted[id] === isKept) result[size++] = id;
		const longer = ordered[length];
		if (!longer) return;
		while (next[length]! < longer.length && table.prefixes[longer[next[length]!]!] === id) put(longer[next[length]!++]!, length + 1);
	};
	for (const id of ordered[0]!) put(id, 1);
	return result;
}

/** Sorted by a number from 0 below `limit`, equal ones as they were: by counting. */
function byNumber(ids: Int32Array, numberOf: (id: number) => number, limit: number): Int32Array {
	const starts = new Int32Array(limit + 1);
	for (const id of ids) starts[numberOf(id) + 1]!++;
	for (let i = 0; i < limit; i++) starts[i + 1]! += starts[i]!;
	const order = new Int32Array(ids.length);
	for (const id of ids) order[starts[numberOf(id)]!++] = id;
	return order;
}

/** The names of terms by their ids. */
export function namesOf({ tokens, prefixes, lasts }: Pick<TermTable, 'tokens' | 'prefixes' | 'lasts'>, join = ' '): (id: number) => string {
	const names = new Map([...tokens].map(([token, id]) => [id, token]));
	const nameOf = (id: number): string => (prefixes[id]! < 0 ? names.get(id)! : `${nameOf(prefixes[id]!)}${join}${names.get(lasts[id]!)}`);
	return nameOf;
}
