// Parameters chosen by their names.

/** Biases, and the scales of normalization layers, by the names that PyTorch and Hugging Face give them. */
export const biasesAndNorms = '(^|[._])bias[^.]*$|norm|(^|\\.)(ln|bn)[^.]*\\.[^.]*$';

/** Whether a name matches a regular expression, in any case of letters; null matches none. Throws a TypeError for what is no expression. */
export function matcher(who: string, pattern: string | null): (name: string) => boolean {
	if (pattern === null) return () => false;
	try {
		if (typeof pattern !== 'string') throw new Error('not a string');
		const expression = new RegExp(pattern, 'i');
		return (name) => expression.test(name);
	} catch {
		throw new TypeError(
			`${who}: expected a regular expression as a string, got ${JSON.stringify(pattern)}. Write it as in '\\\\.bias$', or a part of the names.`,
		);
	}
}
