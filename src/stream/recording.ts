// Documents that are made once, for any number of passes, also at the same time: the first that needs one has it made, the others find it kept.
import type { Documents } from './documents.js';
import { blockSize, keepDocuments } from './kept-documents.js';

/** Documents that are made once. */
export interface Recording {
	/** A pass: what is kept, then what it is the first to ask for. One that ends early leaves the rest to others. */
	chunks(): AsyncIterable<object[]>;
	/** Whether making them failed; a pass gets as far, and throws the same. */
	readonly failed: boolean;
	/** Forgets all, ends the source where it has not ended, and removes the file. */
	close(): Promise<void>;
}

/** Records documents; more than `inMemory` go to a temporary file, all of them. */
export function record(docs: Documents<object>, inMemory: number): Recording {
	const source = docs.chunks()[Symbol.asyncIterator]();
	const kept = keepDocuments(inMemory);
	let latest: object[] = [];
	let end: { readonly error?: unknown } | undefined;
	let pulling: Promise<void> | undefined;
	let closed = false;

	const pull = async () => {
		let chunk: object[] = [];
		let last: typeof end;
		try {
			do {
				const { done, value } = await source.next();
				if (done) last = {};
				else chunk = chunk.length > 0 ? chunk.concat(value) : value;
			} while (kept.filed && !last && chunk.length < blockSize);
		} catch (error) {
			last = { error };
		}
		// What came before the end, or before an error, is handed on.
		await kept.add(chunk).catch((error) => {
			last = { error };
		});
		latest = chunk;
		// Not before all is kept: another pass would end without it.
		end = last;
		pulling = undefined;
	};
	return {
		get failed() {
			return end !== undefined && 'error' in end;
		},
		async *chunks() {
			for (let place = 0; ; ) {
				let made = false;
				while (place >= kept.count && !end && !closed) {
					pulling ??= pull();
					await pulling;
					made = true;
				}
				if (place >= kept.count && end) {
					if ('error' in end) throw end.error;
					return;
				}
				if (closed)
					throw new Error('createCache: expected to be open, got a pass after close(). Close it when all that read it have ended.');
				// What has just been made need not be read from the file.
				const chunk = made && place === kept.count - latest.length ? latest : await kept.from(place);
				place += chunk.length;
				yield chunk;
			}
		},
		async close() {
			closed = true;
			await pulling;
			// What goes wrong while closing says nothing of the documents.
			if (!end) await Promise.resolve(source.return?.()).catch(() => {});
			latest = [];
			await kept.close();
		},
	};
}
