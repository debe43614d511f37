// The error for an option that takes one of a few values.

/** Says what an option can be and what came. */
export function refused(who: string, option: string, allowed: readonly unknown[], got: unknown): RangeError {
	const list = allowed.map((value) => JSON.stringify(value)).join(', ');
	return new RangeError(
		`${who}: expected ${option} to be one of ${list}, got ${JSON.stringify(got)}. Choose one of these, or leave it out.`,
	);
}
