// Keywords by TextRank: words are ranked by the ranks of the words beside them.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type StemLanguage, stemLanguages, stemmer } from '../text/index.js';
import { best, type Extractor, stopwordSet, type TaggedOptions, taggedKinds, topAsJson } from './extractor.js';
import { type RankOptions, rankKinds } from './graph/rank.js';
import { jiebaStopwords } from './jieba-stopwords.js';
import { jiebaRanks } from './textrank/jieba.js';
import { paperRanks } from './textrank/paper.js';
import type { WordSimilarity } from './textrank/plan.js';
import { summaRanks } from './textrank/summa.js';

/** The tags of nouns and adjectives, universal and of the Penn Treebank: what the paper chooses words by. */
export const nounsAndAdjectives: readonly string[] = ['NOUN', 'PROPN', 'ADJ', 'NN', 'NNS', 'NNP', 'NNPS', 'JJ', 'JJR', 'JJS'];

/** How TextRank finds keywords; what is not said has the variant's default. */
export interface TextrankOptions extends TaggedOptions, RankOptions {
	/**
	 * `paper`: Mihalcea & Tarau (2004), neighbours without weights, the best third of the words, merged where they stand side by side.
	 * `jieba`: `jieba.analyse.textrank`, words of two characters or more by their tags, pairs counted, ten sweeps, no merging.
	 * `summa`: `summa.keywords` over tokens of `whitespace()`: stems, the best fifth, combined; but ranks are always those of the eigenvalue 1, where
	 * summa takes the first eigenvector that LAPACK gives, whichever that is. Default `paper`.
	 */
	readonly variant?: 'paper' | 'jieba' | 'summa';
	/** Words less than so many places apart are neighbours. Default 2, in `jieba` 5. */
	readonly window?: number;
	/** The share of the words that become keywords: default a third in `paper`, a fifth in `summa`. */
	readonly ratio?: number;
	/** The number of words in the place of the share, in `summa`: before they are combined. */
	readonly words?: number;
	/** Whether keywords side by side are one, in `paper`. Default true. */
	readonly merge?: boolean;
	/** The language of stems that words are joined by: default none in `paper`, 'en' in `summa`. */
	readonly stem?: StemLanguage | false;
	/** An edge between any two words in the place of neighbours, in `paper`: its weight, such as the cosine of their vectors. Such an extractor is no JSON. */
	readonly similarity?: WordSimilarity;
}

const kinds: Kinds<TextrankOptions> = {
	...{ ...taggedKinds, ...rankKinds, variant: is.one('paper', 'jieba', 'summa'), window: is.whole(2), ratio: is.share },
	...{ words: is.whole(1), merge: is.flag, stem: is.one(...stemLanguages, false), similarity: is.function },
};

const who = 'textrankKeywords';

/** The defaults of each variant, and the options that have no effect there. */
const variants = {
	paper: { window: 2, stopwords: 'en', tags: false, ratio: 1 / 3, stem: false, merge: true, without: ['words'] },
	jieba: {
		window: 5,
		stopwords: jiebaStopwords,
		tags: ['ns', 'n', 'vn', 'v'],
		ratio: 1,
		stem: false,
		merge: false,
		without: ['words', 'ratio', 'merge', 'stem', 'similarity', 'tolerance', 'iterations'],
	},
	summa: { window: 2, stopwords: 'en', tags: false, ratio: 0.2, stem: 'en', merge: true, without: ['tags', 'merge', 'similarity'] },
} as const;

/**
 * Keywords by TextRank, in the variant of the paper, of jieba or of summa. A document in which no two words are neighbours has none.
 *
 * @example
 * textrankKeywords({ stopwords: 'en', top: 5 }).extract({ tokens: wordTokens(text) });
 * textrankKeywords({ tags: nounsAndAdjectives }).extract({ tokens, tags });
 * textrankKeywords({ variant: 'jieba' }).extract({ tokens: ['北京', '大学'], tags: ['ns', 'n'] });
 */
export function textrankKeywords(given: TextrankOptions = {}): Extractor {
	const { variant = 'paper', words, similarity, ...rest } = optionsOf(who, given, kinds);
	const { without, ...defaults } = variants[variant];
	const idle = without.find((name) => given[name] !== undefined);
	if (idle) throw new TypeError(`${who}: expected no ${idle} with the variant ${variant}, which has none, got it. Leave one of them out.`);
	if (similarity && rest.window !== undefined) {
		throw new TypeError(`${who}: expected window or similarity, got both. Words have edges by one of them: leave one out.`);
	}
	const { top = 10, damping = 0.85, tolerance = 1e-6, iterations = 1000 } = rest;
	const { window = defaults.window, ratio = defaults.ratio, stopwords = defaults.stopwords, merge = defaults.merge } = rest;
	const tags: readonly string[] | false = rest.tags ?? defaults.tags;
	const stem: StemLanguage | false = rest.stem ?? defaults.stem;
	const { words: stopped, json } = stopwordSet(stopwords);
	const plan = {
		...{ window, damping, tolerance, iterations, ratio, merge, stopwords: stopped, similarity },
		tags: tags === false ? undefined : new Set<string | null>(tags),
		stem: stem === false ? (word: string) => word : stemmer({ language: stem }),
	};
	const all = { window, ratio, merge, stem, tags: tags === false ? (false as const) : [...tags], tolerance, iterations };
	const own = Object.fromEntries(
		Object.entries(all).filter(([name]) => !(without as readonly string[]).includes(name) && !(similarity && name === 'window')),
	);
	return {
		method: 'textrank',
		options: {
			...{ variant, top: topAsJson(top), stopwords: json, damping, ...own, ...(words !== undefined && { words }) },
			// A function is no JSON, and `toJSON` says so.
			...(similarity && { similarity: similarity as never }),
		},
		extract(doc) {
			const found =
				variant === 'jieba' ? jiebaRanks(who, doc, plan) : variant === 'summa' ? summaRanks(doc, plan, words) : paperRanks(who, doc, plan);
			return best(found, top);
		},
	};
}
