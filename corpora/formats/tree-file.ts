// A file of a tree, what is wanted of it, and files in chunks.

/** A file of an archive, or of a folder. */
export interface TreeFile<M> {
	readonly name: string;
	/** Bytes that it has. */
	readonly size: number;
	/** `undefined` where they are more than the limit. */
	readonly bytes: Uint8Array | undefined;
	readonly make: M;
}

/** What is wanted of a tree. */
export interface Wanted<M> {
	/** What to make of the file at a path; `undefined` leaves the file out. */
	readonly pick: (path: string) => M | undefined;
	/** The most bytes of a file that are held. */
	readonly maxBytes: number;
	readonly signal: AbortSignal | undefined;
}

/** Files in a chunk, and read at once: enough to hide the waiting, few enough for any limit of open files. */
export const mostFiles = 64;
/** Bytes after which a chunk is full: above any 64 reviews or postings, so that it limits large files alone. */
const fullBytes = 1 << 24;

/** Files in chunks. Those before an error come before it. */
export async function* together<F extends { readonly size: number }>(files: AsyncIterable<F>): AsyncGenerator<F[]> {
	let chunk: F[] = [];
	let bytes = 0;
	try {
		for await (const file of files) {
			chunk.push(file);
			bytes += file.size;
			if (chunk.length < mostFiles && bytes < fullBytes) continue;
			yield chunk;
			[chunk, bytes] = [[], 0];
		}
	} catch (error) {
		yield chunk;
		throw error;
	}
	yield chunk;
}
