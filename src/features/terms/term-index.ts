// Terms that were learned: which column each has, and the counts of a document by columns.
import type { State } from '../../stream/index.js';
import { type Analyzed, type Reader, readerOf, type Terms, takesShort } from './analyzer.js';
import { namesOf, type OrderedTerms, tokenNames } from './order-terms.js';
import { findPair, pairId, type TermTable, termTable, unitId } from './term-table.js';
import { tokenIds } from './text-words.js';

/** Terms in plain data: tokens, then n-grams, each after its prefix. */
export interface SavedTerms {
	/** By code point. */
	readonly tokens: readonly string[];
	/** Of each n-gram the number of its prefix, among tokens and n-grams together, and of its last token. */
	readonly prefixes: Int32Array;
	readonly lasts: Int32Array;
	/** The column of each token and n-gram; −1 for one that only leads to others. */
	readonly columns: Int32Array;
}

/** The counts of one document: columns in rising order. Views that the next call overwrites. */
export interface CountedTerms {
	readonly columns: Int32Array;
	readonly counts: Float64Array;
	/** Terms of the document, unknown and repeated ones included. */
	readonly length: number;
}

/** What is kept of a table: its terms in order. */
export function savedTerms(table: TermTable, { columns, levels }: OrderedTerms): SavedTerms {
	const { prefixes, lasts } = table;
	const [tokens, ...longer] = levels as [Int32Array, ...Int32Array[]];
	const names = tokenNames(table.tokens);
	const columnOf = new Int32Array(table.size).fill(-1);
	for (let column = 0; column < columns.length; column++) columnOf[columns[column]!] = column;
	const numberOf = new Int32Array(table.size);
	let number = 0;
	for (const level of levels) for (const id of level) numberOf[id] = number++;
	const saved = {
		tokens: Array.from(tokens, (id) => names[id]!),
		...{ prefixes: new Int32Array(number - tokens.length), lasts: new Int32Array(number - tokens.length), columns: new Int32Array(number) },
	};
	for (const id of tokens) saved.columns[numberOf[id]!] = columnOf[id]!;
	for (const level of longer) {
		for (const id of level) {
			const place = numberOf[id]! - tokens.length;
			saved.prefixes[place] = numberOf[prefixes[id]!]!;
			saved.lasts[place] = numberOf[lasts[id]!]!;
			saved.columns[numberOf[id]!] = columnOf[id]!;
		}
	}
	return saved;
}

/** Finds the terms of documents. */
export class TermIndex {
	readonly #saved: SavedTerms;
	/** Made when it is needed first: a matrix of the documents that were learned from does not need it. */
	#made: TermTable | undefined;
	readonly #columns: Int32Array;
	readonly #terms: Terms;
	readonly #join: string;
	/** Columns. */
	readonly size: number;
	#names: readonly string[] | undefined;
	readonly #read: Reader;
	/** Of each column the number of the last document that had it, and its place in the counts of that one. */
	readonly #lastSeen: Int32Array;
	readonly #places: Int32Array;
	#document = 0;
	#found = new Float64Array(1024);
	#sorted = new Int32Array(1024);
	#counts = new Float64Array(1024);

	constructor(saved: SavedTerms, terms: Terms, join: string) {
		this.#saved = saved;
		this.#columns = saved.columns;
		this.#terms = terms;
		this.#read = readerOf(terms);
		this.#join = join;
		this.size = columnsIn(saved.columns);
		this.#lastSeen = new Int32Array(this.size);
		this.#places = new Int32Array(this.size);
	}

	get #table(): TermTable {
		if (this.#made) return this.#made;
		const table = termTable();
		for (const token of this.#saved.tokens) unitId(table, token, true);
		const { prefixes, lasts } = this.#saved;
		for (let place = 0; place < prefixes.length; place++) pairId(table, prefixes[place]!, lasts[place]!);
		this.#made = table;
		return table;
	}

	/** The terms by column. */
	names(): readonly string[] {
		if (!this.#names) {
			const nameOf = namesOf(this.#table, this.#join);
			const names = new Array<string>(this.size);
			for (const [id, column] of this.#columns.entries()) if (column >= 0) names[column] = nameOf(id);
			this.#names = names;
		}
		return this.#names;
	}

	/** The column of a term of these units; −1 for one without. */
	columnOf(units: readonly string[]): number {
		const table = this.#table;
		let id = units.length === 0 ? -1 : unitId(table, units[0]!, false);
		for (const unit of units.slice(1)) {
			const last = unitId(table, unit, false);
			id = id < 0 || last < 0 ? -1 : findPair(table, id, last);
		}
		return id < 0 ? -1 : this.#columns[id]!;
	}

	/** The columns of a document's terms in order of their first place, each once. */
	inOrder(units: readonly string[]): number[] {
		const found = new Set<number>();
		const [shortest, to] = this.#terms.ngramRange;
		const from = takesShort(this.#terms) ? Math.min(shortest, units.length) : shortest;
		for (let i = 0; i < units.length; i++) {
			for (let length = from; length <= Math.min(Math.max(to, from), units.length - i); length++) {
				const column = this.columnOf(units.slice(i, i + length));
				if (column >= 0) found.add(column);
			}
		}
		return [...found];
	}

	/** Counts the terms of a document. */
	count(doc: Analyzed): CountedTerms {
		return this.#count((table, visit) => this.#read(doc, table, false, visit));
	}

	/** Counts the terms of a sequence of units. */
	countUnits(units: readonly string[]): CountedTerms {
		return this.#count((table, visit) => {
			const { ids, count } = tokenIds(table, units, false);
			visit(ids, count);
		});
	}

	#count(read: (table: TermTable, visit: (ids: Int32Array, count: number) => void) => void): CountedTerms {
		this.#document++;
		const table = this.#table;
		let [length, size] = [0, 0];
		const [shortest, to] = this.#terms.ngramRange;
		read(table, (ids, count) => {
			const from = takesShort(this.#terms) ? Math.min(shortest, count) : shortest;
			for (let n = from; n <= Math.min(to, count); n++) length += count - n + 1;
			for (let i = 0; i < count; i++) {
				let id = ids[i]!;
				if (id < 0) continue;
				if (from === 1) size = this.#add(id, size);
				for (let n = 2, end = Math.min(to, count - i); n <= end; n++) {
					const last = ids[i + n - 1]!;
					id = last < 0 ? -1 : findPair(table, id, last);
					if (id < 0) break;
					if (n >= from) size = this.#add(id, size);
				}
			}
		});
		return { ...this.#rising(size), length };
	}

	#add(id: number, size: number): number {
		const column = this.#columns[id]!;
		if (column < 0) return size;
		if (this.#lastSeen[column] === this.#document) {
			this.#counts[this.#places[column]!]!++;
			return size;
		}
		if (size === this.#counts.length) this.#grow();
		this.#lastSeen[column] = this.#document;
		this.#places[column] = size;
		this.#sorted[size] = column;
		this.#counts[size] = 1;
		return size + 1;
	}

	/** By column. */
	#rising(size: number): { columns: Int32Array; counts: Float64Array } {
		const [order, columns, counts] = [this.#found.subarray(0, size), this.#sorted.subarray(0, size), this.#counts.subarray(0, size)];
		sortPlaces(order, columns);
		const counted = counts.slice();
		for (let i = 0; i < size; i++) {
			const column = Math.floor(order[i]! / size);
			columns[i] = column;
			counts[i] = counted[order[i]! - column * size]!;
		}
		return { columns, counts };
	}

	#grow(): void {
		const [counts, sorted] = [this.#counts, this.#sorted];
		this.#counts = new Float64Array(2 * counts.length);
		this.#sorted = new Int32Array(2 * sorted.length);
		this.#found = new Float64Array(2 * counts.length);
		this.#counts.set(counts);
		this.#sorted.set(sorted);
	}
}

/** Columns in rising order, each with its place: column · size + place, which the engine sorts as numbers. */
export function sortPlaces(order: Float64Array, columns: ArrayLike<number>): void {
	const size = order.length;
	for (let i = 0; i < size; i++) order[i] = columns[i]! * size + i;
	order.sort();
}

/** How many of the numbers are columns. */
export function columnsIn(columns: Int32Array): number {
	let count = 0;
	for (let i = 0; i < columns.length; i++) if (columns[i]! >= 0) count++;
	return count;
}

/** The terms of a state, checked; undefined for one that was not written here. */
export function termsFrom(state: { readonly [key: string]: State } | undefined): SavedTerms | undefined {
	const { tokens, prefixes, lasts, columns } = (state ?? {}) as { [K in keyof SavedTerms]?: unknown };
	const texts = Array.isArray(tokens) && tokens.every((token) => typeof token === 'string') && new Set(tokens).size === tokens.length;
	if (!texts || !(prefixes instanceof Int32Array && lasts instanceof Int32Array && columns instanceof Int32Array)) return undefined;
	const [first, size] = [tokens.length, tokens.length + prefixes.length];
	const chained =
		prefixes.every((prefix, place) => prefix >= 0 && prefix < first + place) && lasts.every((last) => last >= 0 && last < first);
	const seen = new Set<number>();
	for (const column of columns) if (column >= 0) seen.add(column);
	const used = columnsIn(columns);
	const numbered = seen.size === used && columns.every((column) => column < used);
	return lasts.length === prefixes.length && columns.length === size && chained && numbered
		? { tokens, prefixes, lasts, columns }
		: undefined;
}
