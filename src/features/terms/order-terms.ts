// Which terms become columns, and in which order: limits and order are scikit-learn's.
import { byCodePoint, is, type Kind, type Kinds } from '../../base/index.js';
import { documentsWith, type TermCounts, timesOf } from './count-terms.js';
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
export const limitKinds: Kinds<TermLimits> = {
	minDf: frequency,
	maxDf: { ...frequency, fits: (value) => value === Number.POSITIVE_INFINITY || frequency.fits(value) },
	maxFeatures: is.limit(1),
};

/** The limits that are set, for a description: no limit is no entry. */
export function setLimits({ minDf = 1, maxDf, maxFeatures }: TermLimits): TermLimits {
	const isSet = (limit: number | undefined): limit is number => limit !== undefined && Number.isFinite(limit);
	return { minDf, ...(isSet(maxDf) && { maxDf }), ...(isSet(maxFeatures) && { maxFeatures }) };
}

/** Terms in order. */
export interface OrderedTerms {
	/** The ids of the terms that are kept, in the order of their columns: by their names in code points. */
	readonly columns: Int32Array;
	/** The ids of these and of all that they are made of, by length: tokens by code point, longer ones by prefix, then by last token. */
	readonly levels: readonly Int32Array[];
}

/** Which terms are kept, and their order. */
export function orderTerms(who: string, counts: TermCounts, limits: TermLimits, join: string): OrderedTerms {
	const all = sorted(counts.table, keptTerms(who, counts, limits), join);
	const { maxFeatures = Number.POSITIVE_INFINITY } = limits;
	if (all.columns.length <= maxFeatures) return all;
	// The most frequent; of equal ones those that come first.
	const totals = Float64Array.from(all.columns, (id) => timesOf(counts, id));
	const places = Uint32Array.from(all.columns.keys()).sort((a, b) => totals[b]! - totals[a]! || a - b);
	return sorted(
		counts.table,
		Int32Array.from(places.subarray(0, maxFeatures), (place) => all.columns[place]!),
		join,
	);
}

/** The documents that a limit stands for. */
const documentsOf = (limit: number, documents: number) => (limit < 1 ? limit * documents : limit);

function keptTerms(who: string, counts: TermCounts, limits: TermLimits): Int32Array {
	const { documents, table } = counts;
	const { minDf = 1, maxDf = Number.POSITIVE_INFINITY } = limits;
	const [least, most] = [documentsOf(minDf, documents), documentsOf(maxDf, documents)];
	const kept = new Int32Array(table.size);
	let [count, seen, largest, smallest] = [0, 0, 0, documents];
	for (let id = 0; id < table.size; id++) {
		const having = documentsWith(counts, id);
		if (having === 0) continue;
		seen++;
		largest = Math.max(largest, having);
		smallest = Math.min(smallest, having);
		if (having >= least && having <= most) kept[count++] = id;
	}
	if (seen === 0) {
		throw new RangeError(
			`${who}: expected documents with terms to fit on, got none in ${documents}. Check the source, and that words() comes before.`,
		);
	}
	if (count === 0) {
		const why =
			largest < least
				? `terms that ${minDf < 1 ? `${minDf} of the documents` : `${minDf} documents`} have (minDf), got none: the most frequent is in ${largest} of ${documents}. Lower minDf`
				: smallest <= most
					? `terms that ${minDf} to ${maxDf} documents have (minDf, maxDf), got none. Lower minDf, or raise maxDf`
					: `terms that at most ${maxDf < 1 ? `${maxDf} of the documents` : `${maxDf} documents`} have (maxDf), got none: the rarest is in ${smallest} of ${documents}. Raise maxDf`;
		throw new RangeError(`${who}: expected ${why}.`);
	}
	return kept.subarray(0, count);
}

const [isPart, isKept] = [1, 2];

/**
 * Terms in the order of their names. A blank comes before all that tokens are made of, and a beginning before what goes on: the order of names is that of the
 * sequences of their tokens' ranks. So n-grams are sorted by numbers, those of each length by the place of their prefix, then by the rank of the last token.
 */
function sorted(table: TermTable, kept: Int32Array, join: string): OrderedTerms {
	const { prefixes, lasts } = table;
	const { names, ids } = table.tokens;
	const order = Uint32Array.from(names.keys()).sort((a, b) => byCodePoint(names[a]!, names[b]!));
	const ranks = new Int32Array(table.size);
	for (let rank = 0; rank < order.length; rank++) ranks[ids[order[rank]!]!] = rank;
	const wanted = new Uint8Array(table.size);
	for (const id of kept) wanted[id] = isKept;
	const lengths = new Uint16Array(table.size);
	for (let id = 0; id < table.size; id++) lengths[id] = prefixes[id]! < 0 ? 1 : lengths[prefixes[id]!]! + 1;
	const sizes: number[] = [];
	// What a term is made of has smaller ids.
	for (let id = table.size - 1; id >= 0; id--) {
		if (wanted[id] === 0) continue;
		const length = lengths[id]!;
		while (sizes.length < length) sizes.push(0);
		sizes[length - 1]!++;
		if (length === 1) continue;
		wanted[prefixes[id]!] ||= isPart;
		wanted[lasts[id]!] ||= isPart;
	}
	const parts = sizes.map((size) => new Int32Array(size));
	sizes.fill(0);
	for (let id = 0; id < table.size; id++) if (wanted[id] !== 0) parts[lengths[id]! - 1]![sizes[lengths[id]! - 1]!++] = id;
	const places = new Int32Array(table.size);
	let before = 1;
	const levels = parts.map((level) => {
		const byLast = byNumber(level, (id) => ranks[lasts[id]!]!, names.length);
		const order = byNumber(byLast, (id) => (prefixes[id]! < 0 ? 0 : places[prefixes[id]!]!), before);
		for (let place = 0; place < order.length; place++) places[order[place]!] = place;
		before = order.length;
		return order;
	});
	// A token with a control character or a blank in it breaks the rule.
	const isOdd = join === ' ' && levels.length > 1 && names.some((name) => /[\0- ]/.test(name));
	if (isOdd) {
		const nameOf = namesOf(table, join);
		const named = Array.from(kept, (id): [string, number] => [nameOf(id), id]).sort(([a], [b]) => byCodePoint(a, b));
		return { columns: Int32Array.from(named, ([, id]) => id), levels };
	}
	// A term, then what goes on from it: these stand together in the order of the next length.
	const next = new Int32Array(levels.length);
	const columns = new Int32Array(kept.length);
	let size = 0;
	const put = (id: number, length: number) => {
		if (wanted[id] === isKept) columns[size++] = id;
		const longer = levels[length];
		if (!longer) return;
		while (next[length]! < longer.length && prefixes[longer[next[length]!]!] === id) put(longer[next[length]!++]!, length + 1);
	};
	for (const id of levels[0]!) put(id, 1);
	return { columns, levels };
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
	const names = tokenNames(tokens);
	const nameOf = (id: number): string => (prefixes[id]! < 0 ? names[id]! : `${nameOf(prefixes[id]!)}${join}${names[lasts[id]!]}`);
	return nameOf;
}

/** Tokens by the ids of terms. */
export function tokenNames({ names, ids }: TermTable['tokens']): readonly string[] {
	const all: string[] = [];
	for (let number = 0; number < names.length; number++) all[ids[number]!] = names[number]!;
	return all;
}
