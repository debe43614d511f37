// Stemming: words without their endings, so that `market`, `markets` and `marketing` count as one.
import { is, optionsOf } from '../base/index.js';
import { map, ownStage, type Stage } from '../stream/index.js';
import { lancaster } from './stemmers/lancaster.js';
import { porter, porterPublished } from './stemmers/porter.js';
import { remembered } from './stemmers/remembered.js';
import { type StemLanguage, snowball, stemLanguages } from './stemmers/snowball.js';

const algorithms = {
	porter,
	'porter-1980': porterPublished,
	lancaster,
} satisfies Record<string, (word: string) => string>;

/** English algorithms: Porter with its author's later changes, as he published it, Lancaster (Paice and Husk). */
export type StemAlgorithm = keyof typeof algorithms;

/** Either an English algorithm or a language. Default: the algorithm 'porter'. */
export type StemOptions = { algorithm?: StemAlgorithm; language?: never } | { language: StemLanguage; algorithm?: never };

const next = 'Choose one of these, or use stemWith.';
const kinds = {
	algorithm: { ...is.one(...Object.keys(algorithms)), next },
	language: { ...is.one(...stemLanguages), next },
};

/**
 * A function from a word, in lower case, to its stem. Stems of short words are remembered.
 *
 * @example
 * stemmer({ algorithm: 'porter' })('relational'); // 'relat'
 * stemmer({ language: 'de' })('häusern'); // 'haus'
 */
export function stemmer(options: StemOptions = {}): (word: string) => string {
	return remembered(made(whole('stemmer', options)));
}

/**
 * The stage that stems each of `tokens`, which must be in lower case; the same work as `stemmer`.
 *
 * @example
 * pipe(docs, clean(), words({ punctuation: false }), stopwords(), stem({ language: 'en' }));
 */
export const stem = ownStage((options: StemOptions = {}): Stage<{ tokens: string[] }, { tokens: string[] }> => {
	const given = whole('stem', options);
	const stemOf = stemmer(given);
	return map(({ tokens }) => ({ tokens: tokens.map(stemOf) }), { stage: 'stem', options: { ...given }, needs: { tokens: 'texts' } });
});

/** The one option that counts. */
function whole(who: string, options: StemOptions): { algorithm: StemAlgorithm } | { language: StemLanguage } {
	const { algorithm, language } = optionsOf<StemOptions>(who, options, kinds);
	if (language === undefined) return { algorithm: algorithm ?? 'porter' };
	if (algorithm !== undefined) throw new TypeError(`${who}: expected algorithm or language, got both. Leave one out.`);
	return { language };
}

function made(options: { algorithm: StemAlgorithm } | { language: StemLanguage }): (word: string) => string {
	return 'language' in options ? snowball(options.language) : algorithms[options.algorithm];
}
