// Error rates of texts that were recognized: edits for each character or word of what is right.
import { argumentOf, is, type Kinds, levenshtein, optionsOf } from '../base/index.js';
import { referencesOf } from './text/segments.js';
import { split } from './text/white-space.js';

/** What is compared of texts. */
export interface ErrorRateOptions {
	/** Whether case is of no account. Default false. */
	readonly lowercase?: boolean | undefined;
}

const kinds: Kinds<ErrorRateOptions> = { lowercase: is.flag };

/**
 * The word error rate: words to put in, leave out or change, over all texts, for each word of their references. From 0, above 1 where much was said that
 * is not there. Words stand between white space. Without any word in the references it is 0, or 1 where something was said.
 *
 * @throws {RangeError} where there are no texts, or not as many references.
 */
export function wordErrorRate(hypotheses: readonly string[], references: readonly string[], options: ErrorRateOptions = {}): number {
	return errorRate('wordErrorRate', hypotheses, references, options, split);
}

/** The character error rate: as `wordErrorRate`, of code points, white space included. */
export function characterErrorRate(hypotheses: readonly string[], references: readonly string[], options: ErrorRateOptions = {}): number {
	return errorRate('characterErrorRate', hypotheses, references, options, (text) => [...text]);
}

function errorRate(
	who: string,
	hypotheses: readonly string[],
	references: readonly string[],
	options: ErrorRateOptions,
	cut: (text: string) => string[],
): number {
	const { lowercase = false } = optionsOf(who, options, kinds);
	argumentOf(who, 'references', references, is.texts);
	referencesOf(who, hypotheses, references);
	const units = (text: string) => cut(lowercase ? text.toLowerCase() : text);
	let [edits, all] = [0, 0];
	for (const [at, text] of hypotheses.entries()) {
		const reference = units(references[at]!);
		edits += levenshtein(units(text), reference);
		all += reference.length;
	}
	return all > 0 ? edits / all : Math.min(edits, 1);
}
