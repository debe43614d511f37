// Counts the terms of documents, and keeps the counts of each document where a matrix is wanted.
import { type Analyzed, type Reader, type Terms, takesShort } from './analyzer.js';
import { grown, pairId, type TermTable, termTable, unitId } from './term-table.js';

/** What was counted so far, as plain data. */
export interface TermCounts {
	readonly table: TermTable;
	documents: number;
	/** Four numbers for each term, by its id, in one cache line: see `lastSeen` and the places after it. */
	terms: Int32Array;
	/** How often a term was seen beside what `terms` has of it: multiples of `carry`, so that it may be more than 2³² times. */
	readonly carried: Map<number, number>;
}

/** Of a term: the number of the last document that had it, from 1; where its entry stands in that document's row; documents that have it; times that it was seen. */
const [lastSeen, place, having, times] = [0, 1, 2, 3];
const numbersOfTerm = 4;
const carry = 2 ** 30;

/** The counts of each document: compressed rows, whose columns are ids of terms in order of first appearance. */
export interface CountedRows {
	starts: Uint32Array;
	rows: number;
	indices: Int32Array;
	values: Uint32Array;
	size: number;
	/** The terms of each document, repeated ones included. */
	lengths: Uint32Array;
}

/** How documents are counted. */
export interface Counting {
	readonly read: Reader;
	readonly terms: Terms;
}

/** Nothing counted. */
export const termCounts = (): TermCounts => ({
	...{ table: termTable(), documents: 0, terms: new Int32Array(1024 * numbersOfTerm), carried: new Map() },
});

/** No rows. */
export const countedRows = (): CountedRows => ({
	...{ starts: new Uint32Array(1024), rows: 0, lengths: new Uint32Array(1024) },
	...{ indices: new Int32Array(1 << 16), values: new Uint32Array(1 << 16), size: 0 },
});

/** The documents that have a term; 0 for what only leads to longer terms. */
export const documentsWith = ({ terms }: TermCounts, id: number): number => terms[id * numbersOfTerm + having] ?? 0;

/** How often a term was seen. */
export const timesOf = ({ terms, carried }: TermCounts, id: number): number =>
	(terms[id * numbersOfTerm + times] ?? 0) + (carried.size > 0 ? (carried.get(id) ?? 0) : 0);

/** Counts the terms of a document. */
export function countDocument(counts: TermCounts, doc: Analyzed, { read, terms }: Counting, rows?: CountedRows): void {
	counts.documents++;
	let length = 0;
	read(doc, counts.table, true, (ids, count) => {
		length += countSequence(counts, { ids, count }, terms, rows);
	});
	if (!rows) return;
	if (++rows.rows === rows.starts.length) {
		rows.starts = grown(rows.starts);
		rows.lengths = grown(rows.lengths);
	}
	rows.starts[rows.rows] = rows.size;
	rows.lengths[rows.rows - 1] = length;
}

function countSequence(
	counts: TermCounts,
	{ ids, count }: { ids: Int32Array; count: number },
	terms: Terms,
	rows: CountedRows | undefined,
): number {
	const { table } = counts;
	const [shortest, to] = terms.ngramRange;
	const from = takesShort(terms) ? Math.min(shortest, count) : shortest;
	let seen = 0;
	for (let i = 0; i < count; i++) {
		let id = ids[i]!;
		if (from === 1) {
			countTerm(counts, id, rows);
			seen++;
		}
		for (let length = 2, end = Math.min(to, count - i); length <= end; length++) {
			id = pairId(table, id, ids[i + length - 1]!);
			if (length < from) continue;
			countTerm(counts, id, rows);
			seen++;
		}
	}
	return seen;
}

function countTerm(counts: TermCounts, id: number, rows: CountedRows | undefined): void {
	const at = id * numbersOfTerm;
	while (at >= counts.terms.length) counts.terms = grown(counts.terms);
	const { terms } = counts;
	if (++terms[at + times]! === carry) carryOver(counts, id);
	if (terms[at + lastSeen] === counts.documents) {
		if (rows) rows.values[terms[at + place]!]!++;
		return;
	}
	terms[at + lastSeen] = counts.documents;
	terms[at + having]!++;
	if (!rows) return;
	if (rows.size === rows.indices.length) {
		rows.indices = grown(rows.indices);
		rows.values = grown(rows.values);
	}
	terms[at + place] = rows.size;
	rows.indices[rows.size] = id;
	rows.values[rows.size++] = 1;
}

function carryOver({ terms, carried }: TermCounts, id: number): void {
	carried.set(id, (carried.get(id) ?? 0) + carry);
	terms[id * numbersOfTerm + times]! -= carry;
}

/** Adds to `counts` what `other` has counted. Gives the ids that its terms have there. */
export function mergeCounts(counts: TermCounts, other: TermCounts): Int32Array {
	const { table } = counts;
	const { names } = other.table.tokens;
	const now = new Int32Array(other.table.size);
	// A prefix has a smaller id than what goes on from it.
	for (let id = 0, token = 0; id < other.table.size; id++) {
		const prefix = other.table.prefixes[id]!;
		const own = prefix < 0 ? unitId(table, names[token++]!, true) : pairId(table, now[prefix]!, now[other.table.lasts[id]!]!);
		now[id] = own;
		while (own * numbersOfTerm >= counts.terms.length) counts.terms = grown(counts.terms);
		counts.terms[own * numbersOfTerm + having]! += documentsWith(other, id);
		// Both are below `carry`.
		counts.terms[own * numbersOfTerm + times]! += other.terms[id * numbersOfTerm + times] ?? 0;
		if (counts.terms[own * numbersOfTerm + times]! >= carry) carryOver(counts, own);
	}
	for (const [id, more] of other.carried) counts.carried.set(now[id]!, (counts.carried.get(now[id]!) ?? 0) + more);
	counts.documents += other.documents;
	// Numbers of documents are those of one part.
	for (let at = lastSeen; at < counts.terms.length; at += numbersOfTerm) counts.terms[at] = 0;
	return now;
}
