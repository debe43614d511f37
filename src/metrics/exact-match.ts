// Exact match: the share of texts that are what they should be.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type References, referencesOf } from './text/segments.js';

/** What is compared of texts. */
export interface ExactMatchOptions {
	/** The form that texts are compared in, such as lower case without marks. Default: as they are written. */
	readonly form?: ((text: string) => string) | undefined;
}

const kinds: Kinds<ExactMatchOptions> = { form: is.function };

/**
 * The share, from 0 to 1, of texts that equal their reference, or one of them.
 *
 * @example
 * exactMatch(['Paris', 'in 1912'], [['paris', 'Paris, France'], '1912'], { form: (text) => text.toLowerCase() }); // 0.5
 *
 * @throws {RangeError} where there are no texts, or not as many references.
 */
export function exactMatch(hypotheses: readonly string[], references: References, options: ExactMatchOptions = {}): number {
	const { form = (text: string) => text } = optionsOf('exactMatch', options, kinds);
	const given = referencesOf('exactMatch', hypotheses, references);
	const right = hypotheses.filter((text, at) => given[at]!.some((reference) => form(reference) === form(text)));
	return right.length / hypotheses.length;
}
