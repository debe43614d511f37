// The number of a document in its stream, where someone counted: stages that drop documents, and threads, which get pieces of a stream, must not change it.
import { type Documents, documentsFrom } from './documents.js';

const number = Symbol('number');

type Numbered = { [number]?: number | undefined };

/** Writes the number of each document on it: counted from `first`, or as given. Stages copy it with the fields. */
export function numberAll(docs: readonly object[], first: number | readonly number[]): void {
	docs.forEach((doc, i) => {
		(doc as Numbered)[number] = typeof first === 'number' ? first + i : first[i];
	});
}

/** The number written on a document. */
export function numberOf(doc: object): number | undefined {
	return (doc as Numbered)[number];
}

/** The numbers of documents that carry them, to write them on copies. */
export function numbersOf(docs: readonly object[]): number[] | undefined {
	return docs.length > 0 && numberOf(docs[0]!) !== undefined ? docs.map((doc) => numberOf(doc)!) : undefined;
}

/** What was made of documents one by one, with their numbers where it lost them: it was made anew instead of copied. */
export function carryNumbers<D extends object>(from: readonly object[], made: D[]): D[] {
	const numbers = numbersOf(from);
	if (!numbers || made.length !== from.length || numbersOf(made)) return made;
	return made.map((doc, i) => ({ ...doc, [number]: numbers[i] }));
}

/** Copies with numbers: the documents may be the user's, and one may be there twice. */
export function withNumbers(docs: readonly object[], first: number): object[] {
	return docs.map((doc, i) => ({ ...doc, [number]: first + i }));
}

/** Copies without numbers, of those that have them. */
export function withoutNumbers(docs: object[]): object[] {
	return docs.map((doc) => {
		if (numberOf(doc) === undefined) return doc;
		const { [number]: _, ...rest } = doc as Numbered;
		return rest;
	});
}

/** `withNumbers` of a stream. */
export function numberedDocuments(docs: Documents<object>): Documents<object> {
	return documentsFrom(async function* () {
		let first = 0;
		for await (const chunk of docs.chunks()) {
			yield withNumbers(chunk, first);
			first += chunk.length;
		}
	}, docs.replayable);
}

/** `withoutNumbers` of a stream. */
export function plainDocuments(docs: Documents<object>): Documents<object> {
	const plain = documentsFrom(async function* () {
		for await (const chunk of docs.chunks()) yield withoutNumbers(chunk);
	}, docs.replayable);
	return docs.tally ? { ...plain, tally: docs.tally } : plain;
}
