// Text cut out of a block without holding the block.

/** V8 copies shorter slices anyway. */
const shortest = 13;

/**
 * The same text in memory of its own. A slice keeps alive the whole string that it was cut from: one word kept of each block
 * of a file would keep the file. Appending and cutting again copies the characters, and nothing cheaper does.
 */
export function detached(slice: string): string {
	return slice.length < shortest ? slice : ` ${slice}`.slice(1);
}
