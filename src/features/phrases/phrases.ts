// Phrases: words that stand side by side more often than chance has it, learned from documents and joined to one token.
import { byCodePoint, is, type Kinds, optionsOf } from '../../base/index.js';
import { joinedTokens, type LearnerOf, learner, map, ownLearner, type Span, type Stage } from '../../stream/index.js';
import { addCounted, type Counted, count, nothing } from './counted.js';
import { joiner } from './joiner.js';
import { named, wordsOf } from './named.js';
import { type Phrase, phrasesIn, stateOf } from './phrases-state.js';
import { type PairCounts, phraseScore, type Scoring, scorings } from './scores.js';

/** Which pairs are phrases. */
export interface PhrasesOptions {
	/** Pairs that occur fewer times are none; `default` takes it off the count. Default 5. */
	minCount?: number;
	/** A phrase has a higher score. Default 10 for `default`, 0.5 for `npmi`, 5 for `pmi`, 10.83 for `logLikelihood` (p = 0.001). */
	threshold?: number;
	/** The measure: 'default' (Mikolov et al. 2013), 'npmi' (Bouma 2009), 'pmi' in bits, 'logLikelihood' (Dunning 1993). Default 'default'. */
	scoring?: Scoring;
	/** Words that may stand inside a phrase, such as `englishConnectors`: pairs are those of the words around them. Default none. */
	connectors?: readonly string[];
	/** What stands between the words of a phrase. Default '_'. */
	delimiter?: string;
	/** Above so many different words and pairs, counted in one thread, those that were seen least are forgotten. Default 40 million. */
	maxVocabulary?: number;
}

/** Fitted phrases: a stage that joins the phrases in `tokens`. */
export interface Phrases extends Stage<{ tokens: string[] }, { tokens: string[] }> {
	/** How many phrases there are. */
	readonly size: number;
	/** The phrases by falling score, equal scores by code point. */
	phrases(): readonly Phrase[];
	/** The tokens of one document with its phrases joined, from left to right. */
	join(tokens: readonly string[]): string[];
}

type Options = Required<PhrasesOptions>;

const kinds: Kinds<PhrasesOptions> = {
	...{ minCount: is.whole(1), scoring: is.one(...scorings), connectors: is.texts, delimiter: is.text, maxVocabulary: is.whole(1) },
	threshold: { expected: 'a number', fits: Number.isFinite },
};

const thresholds: Readonly<Record<Scoring, number>> = { default: 10, npmi: 0.5, pmi: 5, logLikelihood: 10.83 };

/**
 * Learns which pairs of `tokens` are phrases, as gensim's `Phrases`. Phrases of three or four words: one learner behind another.
 *
 * @example
 * const fitted = await phrases({ connectors: englishConnectors }).fit(pipe(docs, clean(), words()));
 * fitted.join(['in', 'new', 'york']); // in, new_york
 */
export const phrases = ownLearner(
	(given: PhrasesOptions = {}): LearnerOf<{ tokens: string[] }, Phrases> => {
		const options = checked(given);
		const { connectors, maxVocabulary } = options;
		return learner(
			{
				start: () => nothing(connectors),
				add: (part: Counted, docs: readonly { tokens: string[] }[]) => count(part, docs, connectors.length, maxVocabulary),
				merge: (part, other) => addCounted(part, other, connectors.length, maxVocabulary),
				finish(part) {
					if (part.tokens > 0) return fitted(above(part, options), options, given);
					throw new RangeError(
						'phrases: expected documents with tokens to fit on, got none. Check the source, and that words() comes before.',
					);
				},
			},
			{ stage: 'phrases', options: written(options, given), needs: { tokens: 'texts' } },
		);
	},
	(given: PhrasesOptions, state) => {
		const options = checked(given);
		return fitted(phrasesIn(state, options.connectors, options.delimiter), options, given);
	},
);

/** The options without a threshold that follows from the scoring: another one has its own. */
function written({ threshold, ...options }: Options, given: PhrasesOptions) {
	return { ...options, ...(given.threshold !== undefined && { threshold }) };
}

function checked(given: PhrasesOptions): Options {
	const {
		minCount = 5,
		scoring = 'default',
		connectors = [],
		delimiter = '_',
		maxVocabulary = 40_000_000,
		...rest
	} = optionsOf('phrases', given, kinds);
	const { threshold = thresholds[scoring] } = rest;
	const [lowest, highest] =
		scoring === 'default' ? [Number.MIN_VALUE, Number.MAX_VALUE] : scoring === 'npmi' ? [-1, 1] : [-Number.MAX_VALUE, Number.MAX_VALUE];
	if (threshold < lowest || threshold > highest) {
		const expected = scoring === 'npmi' ? 'from -1 to 1 for npmi' : 'above 0 for default';
		throw new RangeError(`phrases: expected a threshold ${expected}, got ${threshold}. Leave it out for ${thresholds[scoring]}.`);
	}
	return { minCount, threshold, scoring, connectors: [...connectors], delimiter, maxVocabulary };
}

/** The pairs whose score is above the threshold. */
function above(part: Counted, { minCount, threshold, scoring, connectors, delimiter }: Options): Phrase[] {
	const { size, wordCount, pairCount } = named(part, connectors, delimiter);
	const corpus = { tokens: part.tokens, size, minCount };
	const score = phraseScore[scoring];
	const counts: PairCounts = { count: 0, first: 0, second: 0 };
	const found: Phrase[] = [];
	for (let pair = 0; pair < part.pairs.size; pair++) {
		counts.count = pairCount(pair);
		counts.first = wordCount(part.pairs.first[pair]!);
		counts.second = wordCount(part.pairs.second[pair]!);
		const reached = score(counts, corpus);
		if (!(reached > threshold)) continue;
		const words = wordsOf(part, pair, connectors);
		found.push({ phrase: words.join(delimiter), words, score: reached, ...counts });
	}
	return found.sort((a, b) => b.score - a.score || byCodePoint(a.phrase, b.phrase) || byCodePoint(a.words[0]!, b.words[0]!));
}

function fitted(all: readonly Phrase[], options: Options, given: PhrasesOptions): Phrases {
	const join = joiner(
		all.map(({ words }) => words),
		options.connectors,
		options.delimiter,
	);
	const spans = (tokens: readonly string[]) => {
		const found: Span[] = [];
		join(tokens, found);
		return found;
	};
	const step = map((doc: { tokens: string[] }) => joinedTokens(doc, join(doc.tokens), () => spans(doc.tokens)), {
		...{ stage: 'phrases', options: written(options, given), state: stateOf(all) },
		needs: { tokens: 'texts' },
	});
	return Object.assign(step, { size: all.length, phrases: () => all, join: (tokens: readonly string[]) => join(tokens) });
}
