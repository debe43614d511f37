// Generated texts beside those that would be right, as arrays have them.
import { argumentOf, is, type Kind } from '../../base/index.js';

/** What would be right for each text: a text, or one or more of which any would be. */
export type References = readonly (string | readonly string[])[];

/** A kind of argument: the references of one text. */
export const referenceKind: Kind = {
	expected: 'a text or an array of texts, at least one',
	fits: (value) => typeof value === 'string' || (Array.isArray(value) && value.length > 0 && is.texts.fits(value)),
};

const references: Kind = { expected: 'an array with a text or an array of texts for each hypothesis', fits: Array.isArray };

/** The references of each hypothesis. Throws where there are no hypotheses, or not as many references, and for what is no text. */
export function referencesOf(who: string, hypotheses: readonly string[], given: References, name = 'hypotheses'): readonly string[][] {
	argumentOf(who, name, hypotheses, is.texts);
	argumentOf(who, 'references', given, references);
	if (given.length !== hypotheses.length) {
		throw new RangeError(
			`${who}: expected references of ${hypotheses.length} texts as ${name}, got ${given.length}. Pass for each text its reference, or an array of them.`,
		);
	}
	if (hypotheses.length === 0) throw new RangeError(`${who}: expected at least one text, got none. Is what they are read from empty?`);
	for (const [at, own] of given.entries()) argumentOf(who, `references[${at}]`, own, referenceKind);
	return given.map((own) => (typeof own === 'string' ? [own] : [...own]));
}
