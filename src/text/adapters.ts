// Tokenizers and stemmers of other packages, as stages.
import { argumentOf, is } from '../base/index.js';
import { map, type Stage } from '../stream/index.js';
import { remembered } from './stemmers/remembered.js';

/** A tokenizer as `natural` has them, or a function of the text. */
export type TokenizeWith = ((text: string) => readonly string[] | null) | { tokenize(text: string): readonly string[] | null };

/** A stemmer as `natural` has them, or a function of the word. */
export type StemWith = ((word: string) => string) | { stem(word: string): string };

/**
 * The stage that splits `text` into `tokens` by a tokenizer of another package. A pipeline that is saved holds the name alone: supply the
 * stage again by `load(folder, { stages: { [name]: () => tokenizeWith(name, tokenizer) } })`.
 *
 * @example
 * import natural from 'natural';
 * pipe(docs, clean(), tokenizeWith('treebank', new natural.TreebankWordTokenizer()));
 * // Lemmas by wink-nlp, which splits into words, too:
 * pipe(docs, tokenizeWith('lemmas', (text) => nlp.readDoc(text).tokens().out(nlp.its.lemma)));
 */
export function tokenizeWith(name: string, tokenizer: TokenizeWith): Stage<{ text: string }, { tokens: string[] }> {
	argumentOf('tokenizeWith', 'name', name, is.name);
	const tokenize = functionOf<[string], readonly string[] | null>('tokenizeWith', tokenizer, 'tokenize');
	const add = ({ text }: { text: string }) => {
		// For a text without words some tokenizers have null.
		const tokens = tokenize(text) ?? [];
		if (!Array.isArray(tokens) || tokens.some((token) => typeof token !== 'string')) {
			throw new TypeError(
				`tokenizeWith: expected strings of "${name}", got ${shown(tokens)}. Wrap it in a function that returns an array of strings.`,
			);
		}
		return { tokens: [...tokens] };
	};
	return Object.assign(map(add, { stage: name, needs: { text: 'text' } }), { cuts: 'text' });
}

/**
 * The stage that stems each of `tokens` by a stemmer of another package. A word must always have the same stem: stems of short words are
 * remembered. Supply it again when the pipeline is loaded, as with `tokenizeWith`.
 *
 * @example
 * import natural from 'natural';
 * pipe(docs, clean(), words(), stemWith('carry', natural.CarryStemmerFr));
 */
export function stemWith(name: string, stemmer: StemWith): Stage<{ tokens: string[] }, { tokens: string[] }> {
	argumentOf('stemWith', 'name', name, is.name);
	const stem = functionOf<[string], string>('stemWith', stemmer, 'stem');
	const stemOf = remembered((word) => {
		const stemmed = stem(word);
		if (typeof stemmed === 'string') return stemmed;
		throw new TypeError(
			`stemWith: expected a string of "${name}" for '${word}', got ${shown(stemmed)}. Wrap it in a function that returns a string.`,
		);
	});
	return map(({ tokens }) => ({ tokens: tokens.map(stemOf) }), { stage: name, needs: { tokens: 'texts' } });
}

/** The function itself, or the method of the object. */
function functionOf<A extends unknown[], R>(who: string, given: unknown, method: string): (...args: A) => R {
	if (typeof given === 'function' && !(method in given)) return given as (...args: A) => R;
	const found = (given as Record<string, unknown> | null | undefined)?.[method];
	if (typeof found === 'function') return (...args) => found.apply(given, args) as R;
	throw new TypeError(`${who}: expected a function or an object with ${method}, got ${shown(given)}. Does its class need new?`);
}

function shown(value: unknown): string {
	return Array.isArray(value) ? 'an array of other things' : value === null ? 'null' : typeof value;
}
