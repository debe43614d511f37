// Wrong usage: the command line itself cannot be meant. Exit code 2.

/** Wrong usage. `fail` adds where to read about the right one. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
