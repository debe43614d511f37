// Counts the terms of documents, and keeps the counts of each document where a matrix is wanted.
import { detached } from '../../base/index.js';
import type { Terms } from './analyzer.js';
import { takesShort } from './analyzer.js';
import { grown, pairId, type TermTable, termTable, tokenId } from './term-table.js';

/** What was counted so far, as plain data. */
export interface TermCounts {
	readonly table: TermTable;
	documents: number;
	/** The documents that have each term, by its id. */
	documentCounts: Uint32Array;
	/** How often each term was seen: float64, so that it may be more than 2³² times. */
	totals: Float64Array;
	/** The number of the last document that had a term, from 1, so that it is counted once in each. */
	lastSeen: Int32Array;
}

/** The counts of each document: compressed rows, whose columns are ids of terms in order of first appearance. */
export interface CountedRows {
	starts: Uint32Array;
	rows: number;
	indices: Int32Array;
	values: Float32Array;
	/** Where the entry of a term stands in the row that is being counted. */
	places: Int32Array;
	size: number;
	/** The terms of each document, repeated ones included. */
	lengths: Uint32Array;
}

/** Nothing counted. */
export const termCounts = (): TermCounts => ({
	...{ table: termTable(), documents: 0 },
	...{ documentCounts: new Uint32Array(1024), totals: new Float64Array(1024), lastSeen: new Int32Array(1024) },
});

/** No rows. */
export const countedRows = (): CountedRows => ({
	...{ starts: new Uint32Array(1024), rows: 0, lengths: new Uint32Array(1024) },
	...{ indices: new Int32Array(1 << 16), values: new Float32Array(1 << 16), places: new Int32Array(1024), size: 0 },
});

let ids = new Int32Array(1024);

/** Counts the terms of a document. */
export function countDocument(counts: TermCounts, sequences: readonly (readonly string[])[], terms: Terms, rows?: CountedRows): void {
	counts.documents++;
	let length = 0;
	for (const units of sequences) length += countSequence(counts, units, terms, rows);
	if (!rows) return;
	if (++rows.rows === rows.starts.length) {
		rows.starts = grown(rows.starts);
		rows.lengths = grown(rows.lengths);
	}
	rows.starts[rows.rows] = rows.size;
	rows.lengths[rows.rows - 1] = length;
}

function countSequence(counts: TermCounts, units: readonly string[], terms: Terms, rows?: CountedRows): number {
	const { table } = counts;
	const count = units.length;
	if (ids.length < count) ids = new Int32Array(2 * count);
	for (let i = 0; i < count; i++) ids[i] = tokenId(table, units[i]!, detached);
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
	while (id >= counts.totals.length) {
		counts.totals = grown(counts.totals);
		counts.documentCounts = grown(counts.documentCounts);
		counts.lastSeen = grown(counts.lastSeen);
	}
	counts.totals[id]!++;
	const first = counts.lastSeen[id] !== counts.documents;
	if (first) {
		counts.lastSeen[id] = counts.documents;
		counts.documentCounts[id]!++;
	}
	if (!rows) return;
	if (!first) {
		rows.values[rows.places[id]!]!++;
		return;
	}
	while (id >= rows.places.length) rows.places = grown(rows.places);
	if (rows.size === rows.indices.length) {
		rows.indices = grown(rows.indices);
		rows.values = grown(rows.values);
	}
	rows.places[id] = rows.size;
	rows.indices[rows.size] = id;
	rows.values[rows.size++] = 1;
}

/** Adds to `counts` what `other` has counted. */
export function mergeCounts(counts: TermCounts, other: TermCounts): void {
	const { table } = counts;
	const names = new Map([...other.table.tokens].map(([token, id]) => [id, token]));
	const now = new Int32Array(other.table.size);
	// A prefix has a smaller id than what goes on from it.
	for (let id = 0; id < other.table.size; id++) {
		const prefix = other.table.prefixes[id]!;
		now[id] = prefix < 0 ? tokenId(table, names.get(id)!, detached) : pairId(table, now[prefix]!, now[other.table.lasts[id]!]!);
		while (now[id]! >= counts.totals.length) {
			counts.totals = grown(counts.totals);
			counts.documentCounts = grown(counts.documentCounts);
			counts.lastSeen = grown(counts.lastSeen);
		}
		// What was seen as a prefix alone has no counts.
		counts.totals[now[id]!]! += other.totals[id] ?? 0;
		counts.documentCounts[now[id]!]! += other.documentCounts[id] ?? 0;
	}
	counts.documents += other.documents;
	// Numbers of documents are those of one part.
	counts.lastSeen.fill(0);
}
