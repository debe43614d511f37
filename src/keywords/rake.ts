// Keywords by RAKE: runs of words between stop words and marks, scored by how many words theirs stand beside (Rose et al. 2010).
import { is, type Kinds, optionsOf } from '../base/index.js';
import { best, type Extractor, type ExtractorOptions, extractorKinds, joinedWords, stopwordSet, topAsJson } from './extractor.js';

/** How RAKE finds and scores keywords. Stop words are needed, since they end keywords; default 'en'. */
export interface RakeOptions extends ExtractorOptions {
	/** What a word counts: its degree by its frequency, or one of them. Default `ratio`. */
	readonly score?: 'ratio' | 'degree' | 'frequency';
	/** The most words of a keyword; longer runs are none. Default Infinity. */
	readonly longest?: number;
	/** How often a keyword must be there. Default 1. */
	readonly minCount?: number;
}

const kinds: Kinds<RakeOptions> = {
	...{ ...extractorKinds, score: is.one('ratio', 'degree', 'frequency'), longest: is.limit(1), minCount: is.whole(1) },
};

/**
 * Keywords by RAKE (Rose, Engel, Cramer & Cowley 2010, section 1.2). A word's degree is the number of words, itself included, in the runs that it
 * is in; a keyword's score is the sum over its words. Words are compared in lower case, which keywords are in; one token of marks ends a run.
 *
 * @example
 * rakeKeywords().extract({ tokens: wordTokens('The storm closes the old harbour.') });
 */
export function rakeKeywords(given: RakeOptions = {}): Extractor {
	const {
		top = 10,
		stopwords = 'en',
		score = 'ratio',
		longest = Number.POSITIVE_INFINITY,
		minCount = 1,
	} = optionsOf('rakeKeywords', given, kinds);
	const { words: stopped, json } = stopwordSet(stopwords);
	return {
		method: 'rake',
		options: { top: topAsJson(top), stopwords: json, score, longest: topAsJson(longest), minCount },
		extract({ tokens }) {
			const words = new Map<string, { degree: number; frequency: number }>();
			const runs = new Map<string, { parts: string[]; positions: number[] }>();
			for (const [first, parts] of runsOf(tokens, stopped)) {
				if (parts.length > longest) continue;
				for (const part of parts) {
					const word = words.get(part) ?? { degree: 0, frequency: 0 };
					word.degree += parts.length;
					word.frequency++;
					words.set(part, word);
				}
				const keyword = joinedWords(parts);
				const known = runs.get(keyword);
				if (known) known.positions.push(first);
				else runs.set(keyword, { parts, positions: [first] });
			}
			const worth = ({ degree, frequency }: { degree: number; frequency: number }) =>
				score === 'ratio' ? degree / frequency : score === 'degree' ? degree : frequency;
			const found = [...runs]
				.filter(([, { positions }]) => positions.length >= minCount)
				.map(([keyword, { parts, positions }]) => ({
					...{ keyword, positions, score: parts.reduce((sum, part) => sum + worth(words.get(part)!), 0) },
				}));
			return best(found, top);
		},
	};
}

/** Runs of words in lower case, with the place of the first. */
function* runsOf(tokens: readonly string[], stopped: ReadonlySet<string>): Generator<[first: number, parts: string[]]> {
	let parts: string[] = [];
	for (let i = 0; i <= tokens.length; i++) {
		const word = tokens[i]?.toLowerCase();
		if (word !== undefined && /[\p{L}\p{N}]/u.test(word) && !stopped.has(word)) {
			parts.push(word);
			continue;
		}
		if (parts.length > 0) yield [i - parts.length, parts];
		parts = [];
	}
}
