// Documents on their way between threads: field by field. Copied one by one, tokens would cost more than cutting them did:
// each side keeps a list of words, and a word travels once; after that its place in the list does. Of pieces of a text, where they end does.
import { Pieces, piecesOf } from '../../stream/index.js';
import { WordPlaces } from './word-places.js';

/** Words in the list before it starts anew. */
const mostWords = 1 << 16;

type Numbers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

interface Plain {
	readonly kind: 'plain';
	readonly values: readonly unknown[];
}

/** The values of one field. */
type Column =
	| Plain
	/** Arrays of strings: how many each has, and their places in the list of words. */
	| { readonly kind: 'words'; readonly counts: Uint32Array; readonly places: Uint32Array }
	/** Pieces: how many each has, where they end, and the texts that they are of, or the field that has these. */
	| { readonly kind: 'pieces'; readonly counts: Uint32Array; readonly ends: Uint32Array; readonly texts: readonly string[] | number }
	/** Typed arrays of one kind, one after the other. */
	| { readonly kind: 'numbers'; readonly counts: Uint32Array; readonly all: Numbers };

/** Documents as they travel; `fields` is undefined where documents differ in their fields. */
export interface Packed {
	readonly size: number;
	readonly fields?: readonly string[] | undefined;
	readonly columns: readonly Column[];
	/** Words that come into the list, and whether it starts anew before. */
	readonly words: readonly string[];
	readonly anew: boolean;
}

/** A function that packs one chunk after the other for one receiver: all fields, or those of `keep`. */
export function createPacker(keep?: readonly string[]): (docs: readonly object[]) => Packed {
	const places = new WordPlaces();

	const wordColumn = (lists: readonly (readonly string[])[], words: string[]): Column => {
		const counts = Uint32Array.from(lists, (list) => list.length);
		const column = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
		let at = 0;
		for (const list of lists) for (let i = 0; i < list.length; i++) column[at++] = places.placeOf(list[i]!, words);
		return { kind: 'words', counts, places: column };
	};

	return (docs) => {
		const anew = places.size > mostWords;
		if (anew) places.clear();
		const words: string[] = [];
		const fields = commonFields(docs, keep);
		const columns = (fields ?? []).map((field): Column => {
			const given = docs.map((doc) => (doc as Record<string, unknown>)[field]);
			if (arePieces(given)) return pieceColumn(given, fields!, docs);
			const values = given.map(asTexts);
			if (areWordLists(values)) return wordColumn(values, words);
			return areNumbers(values) ? numberColumn(values) : { kind: 'plain', values };
		});
		return {
			size: docs.length,
			fields,
			columns: fields ? columns : [{ kind: 'plain', values: docs.map((doc) => whole(doc, keep)) }],
			words,
			anew,
		};
	};
}

/** The buffers of packed documents, which nobody else has: they can move to the receiver. */
export function buffersOf({ columns }: Packed): ArrayBuffer[] {
	const arrays = columns.flatMap((column) => {
		if (column.kind === 'plain') return [];
		return column.kind === 'words' ? column.places : column.kind === 'pieces' ? column.ends : column.all;
	});
	return arrays.map((array) => array.buffer as ArrayBuffer);
}

/** A function that unpacks, in the same order, what one packer packed. */
export function createUnpacker(): (packed: Packed) => object[] {
	let list: string[] = [];
	return ({ size, fields, columns, words, anew }) => {
		if (anew) list = [];
		for (const word of words) list.push(word);
		const values = columns.map((column) => valuesOf(column, list, columns));
		if (!fields) return values[0] as object[];
		return Array.from({ length: size }, (_, i) => {
			const doc: Record<string, unknown> = {};
			for (let field = 0; field < fields.length; field++) doc[fields[field]!] = values[field]![i];
			return doc;
		});
	};
}

function valuesOf(column: Column, list: readonly string[], columns: readonly Column[]): readonly unknown[] {
	if (column.kind === 'plain') return column.values;
	let at = 0;
	if (column.kind === 'numbers') {
		// What came for one document alone is its own: 20 MB of ids take 10 ms to copy.
		if (column.counts.length === 1) return [column.all];
		return Array.from(column.counts, (count) => {
			at += count;
			return column.all.slice(at - count, at);
		});
	}
	if (column.kind === 'pieces') {
		const texts = typeof column.texts === 'number' ? (columns[column.texts] as Plain).values : column.texts;
		return Array.from(column.counts, (count, i) => {
			at += count;
			return piecesOf(texts[i] as string, column.ends, at - count, at);
		});
	}
	const { places } = column;
	return Array.from(column.counts, (count) => {
		const tokens = new Array<string>(count);
		for (let i = 0; i < count; i++) tokens[i] = list[places[at++]!]!;
		return tokens;
	});
}

/** The fields of all documents, or those of `keep`, where they have the same. Assigned to, `__proto__` would be no field. */
function commonFields(docs: readonly object[], keep: readonly string[] | undefined): readonly string[] | undefined {
	const first = docs[0] ?? {};
	const fields = keep?.filter((field) => Object.hasOwn(first, field)) ?? Object.keys(first);
	const missing = keep?.filter((field) => !fields.includes(field)) ?? [];
	const same = docs.every(
		(doc) =>
			(keep || Object.keys(doc).length === fields.length) &&
			fields.every((field) => Object.hasOwn(doc, field)) &&
			!missing.some((field) => Object.hasOwn(doc, field)),
	);
	return same && !fields.includes('__proto__') ? fields : undefined;
}

function areWordLists(values: readonly unknown[]): values is string[][] {
	return values.every((list) => {
		if (!Array.isArray(list)) return false;
		for (let i = 0; i < list.length; i++) if (typeof list[i] !== 'string') return false;
		return true;
	});
}

function arePieces(values: readonly unknown[]): values is Pieces[] {
	return values.every((value) => value instanceof Pieces);
}

/** Pieces that cannot go as such. */
const asTexts = (value: unknown): unknown => (value instanceof Pieces ? value.tokens() : value);

/** A document that does not go by field: what is kept of it, pieces as tokens. */
function whole(doc: object, keep: readonly string[] | undefined): object {
	const entries = Object.entries(doc);
	if (!keep && !entries.some(([, value]) => value instanceof Pieces)) return doc;
	const kept = entries.filter(([field]) => keep?.includes(field) ?? true);
	return Object.fromEntries(kept.map(([field, value]) => [field, asTexts(value)]));
}

function pieceColumn(values: readonly Pieces[], fields: readonly string[], docs: readonly object[]): Column {
	const counts = Uint32Array.from(values, ({ ends }) => ends.length);
	const all = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
	let at = 0;
	for (const { ends } of values) for (let i = 0; i < ends.length; i++) all[at++] = ends[i]!;
	const field = fields.findIndex((field) => docs.every((doc, i) => (doc as Record<string, unknown>)[field] === values[i]!.text));
	return { kind: 'pieces', counts, ends: all, texts: field >= 0 ? field : values.map(({ text }) => text) };
}

function areNumbers(values: readonly unknown[]): values is Numbers[] {
	const first = values[0];
	const wide = first instanceof BigInt64Array || first instanceof BigUint64Array;
	if (!ArrayBuffer.isView(first) || first instanceof DataView || wide || first instanceof Uint8ClampedArray) return false;
	const prototype = Object.getPrototypeOf(first);
	return values.every((value) => Object.getPrototypeOf(value ?? 0) === prototype);
}

function numberColumn(values: readonly Numbers[]): Column {
	const counts = Uint32Array.from(values, (value) => value.length);
	const all = new (values[0]!.constructor as Int32ArrayConstructor)(counts.reduce((sum, count) => sum + count, 0));
	let at = 0;
	for (const value of values) {
		all.set(value, at);
		at += value.length;
	}
	return { kind: 'numbers', counts, all };
}
