// Parameters chosen by their names.
import type { Kind } from '../base/index.js';

/** Biases, and the scales of normalization layers, by the names that PyTorch and Hugging Face give them. */
export const biasesAndNorms = '(^|[._])bias[^.]*$|norm|(^|\\.)(ln|bn)[^.]*\\.[^.]*$';

/** The kind of what names are matched by. */
export const namePattern: Kind = {
	expected: 'a regular expression as a string',
	fits: (value) => typeof value === 'string' && expressionOf(value) !== undefined,
	next: "Write it as in '\\\\.bias$', or a part of the names.",
};

/** Whether any of a parameter's names matches a regular expression, in any case of letters; null matches none. */
export function matcher(pattern: string | null): (names: readonly string[]) => boolean {
	const expression = pattern === null ? undefined : expressionOf(pattern);
	return (names) => expression !== undefined && names.some((name) => expression.test(name));
}

function expressionOf(pattern: string): RegExp | undefined {
	try {
		return new RegExp(pattern, 'i');
	} catch {
		return undefined;
	}
}
