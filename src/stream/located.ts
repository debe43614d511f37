// Where an error happened: the place of its document and the name of the stage go before its message, once.
import { numberOf } from './numbered.js';

/** Errors that say where they happened, and those that happened nowhere. */
const placed = new WeakSet<Error>();

/** An error that is no document's fault (a thread ended): it gets no place. */
export function placeless(error: Error): Error {
	placed.add(error);
	return error;
}

/** The numbers of documents, which people count from 1. */
export function rangeOf(first: number, count: number): string {
	return count === 1 ? `document ${first + 1}` : `documents ${first + 1} to ${first + count}`;
}

/** The fields of a document that say where it came from, where it has them. */
export function originOf(doc: object): object {
	const { file, line } = doc as { file?: unknown; line?: unknown };
	return { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
}

/** `file:line` or the file, where the document has them; else its number in the stream, `number` unless another is written on it. */
function placeOf(doc: unknown, number: number): string {
	const { file, line } = Object(doc) as { file?: unknown; line?: unknown };
	if (typeof file !== 'string') return rangeOf(numberOf(Object(doc)) ?? number, 1);
	return typeof line === 'number' ? `${file}:${line}` : file;
}

function placeOfAll(docs: readonly unknown[], first: number): string {
	return docs.length === 1 ? placeOf(docs[0], first) : rangeOf(numberOf(Object(docs[0])) ?? first, docs.length);
}

/** The error itself, class and stack kept, with the place and the stage in its message. */
function located(thrown: unknown, place: string, stage: string): Error {
	if (thrown instanceof Error && placed.has(thrown)) return thrown;
	const usable = thrown instanceof Error && Object.isExtensible(thrown);
	const error = usable ? thrown : new Error(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
	const { message, stack } = error;
	const told = `${place}: ${message.startsWith(`${stage}: `) ? '' : `${stage}: `}${message}`;
	// Defined, since the message of an AbortError cannot be assigned.
	Object.defineProperty(error, 'message', { value: told, configurable: true, writable: true });
	if (stack && message !== '') error.stack = stack.replace(message, () => told);
	placed.add(error);
	return error;
}

/** Does `work` with each document, the first of which is number `first` of the stream, and says at which one it failed. */
export function each<D>(stage: string, docs: readonly D[], first: number, work: (doc: D, number: number) => void): void {
	let i = 0;
	try {
		for (; i < docs.length; i++) work(docs[i]!, first + i);
	} catch (error) {
		throw located(error, placeOf(docs[i], first + i), stage);
	}
}

/** Waits for `work` with each document in turn; the same otherwise. */
export async function eachAsync<D>(stage: string, docs: readonly D[], first: number, work: (doc: D) => unknown): Promise<void> {
	for (const [i, doc] of docs.entries()) {
		try {
			// Waiting for what is no promise would cost a turn of the loop.
			const done = work(doc);
			if (done instanceof Promise) await done;
		} catch (error) {
			throw located(error, placeOf(doc, first + i), stage);
		}
	}
}

/** Does `work` with each document, at most so many at the same time; results are in the order of the documents. The first to fail, in that order, is told. */
export async function eachTogether<D, R>(
	stage: string,
	docs: readonly D[],
	first: number,
	{ work, most }: { work: (doc: D) => Promise<R> | R; most: number },
): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const failures: { readonly place: number; readonly error: unknown }[] = [];
	const worker = async () => {
		while (next < docs.length && failures.length === 0) {
			const place = next++;
			try {
				results[place] = await work(docs[place]!);
			} catch (error) {
				failures.push({ place, error });
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, docs.length) }, worker));
	if (failures.length === 0) return results;
	const { place, error } = failures.reduce((a, b) => (b.place < a.place ? b : a));
	throw located(error, placeOf(docs[place], first + place), stage);
}

/** Does `work` with all documents at once; where it fails, with one at a time to find the first that fails by itself. */
export function together<D, R>(stage: string, docs: readonly D[], first: number, work: (docs: readonly D[], first: number) => R): R {
	try {
		return work(docs, first);
	} catch (error) {
		if (docs.length > 1 && !placed.has(error as Error)) {
			for (const [i, doc] of docs.entries()) {
				try {
					work([doc], first + i);
				} catch {
					throw located(error, placeOf(doc, first + i), stage);
				}
			}
		}
		throw located(error, placeOfAll(docs, first), stage);
	}
}

/** `together` for work that is waited for. */
export async function togetherAsync<D, R>(
	stage: string,
	docs: readonly D[],
	first: number,
	work: (docs: readonly D[]) => Promise<R>,
): Promise<R> {
	try {
		return await work(docs);
	} catch (error) {
		if (docs.length > 1 && !placed.has(error as Error)) {
			for (const [i, doc] of docs.entries()) {
				const failed = await work([doc]).then(
					() => false,
					() => true,
				);
				if (failed) throw located(error, placeOf(doc, first + i), stage);
			}
		}
		throw located(error, placeOfAll(docs, first), stage);
	}
}
