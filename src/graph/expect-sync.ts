// Graphs are built at once: where nodes are made, and for which layer, would get mixed up between builders that wait.

/** The result of a builder as it came; `who` says whose it is. */
export function expectSync<T>(who: string, result: T): T {
	if (typeof (result as { then?: unknown } | null | undefined)?.then !== 'function') return result;
	// Refused here: that it may fail later, too, is of no interest.
	Promise.resolve(result).catch(() => {});
	throw new TypeError(`${who}: expected a function that builds at once, got a promise. Load what it needs before, and make it not async.`);
}
