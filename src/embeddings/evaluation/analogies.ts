// How many analogies word vectors complete (Mikolov et al. 2013): gensim's evaluate_word_analogies, many questions at a time.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import { vectorsKind, type WordVectors } from '../vectors/word-vectors.js';
import { type KnownOptions, type KnownWords, knownKinds, knownWords } from './known-words.js';
import type { Analogy, AnalogySection } from './read-analogies.js';

/** Which questions count, and how they are answered; the defaults are gensim's. */
export interface AnalogyOptions extends KnownOptions {
	/** By the sum b + c − a (3CosAdd, default), or by products of cosines (3CosMul, Levy & Goldberg 2014), which takes longer. */
	readonly method?: 'sum' | 'product';
	/** Told of each answer, in the order of the questions. */
	readonly onAnswer?: (answer: AnalogyAnswer) => void;
	/** Told how many of the questions without unknown words were answered. What it throws ends the work. */
	readonly onProgress?: (answered: number, questions: number) => void;
}

/** An answer. */
export interface AnalogyAnswer {
	readonly section: string;
	readonly analogy: Analogy;
	/** Undefined where a word is unknown. */
	readonly answer: string | undefined;
	readonly correct: boolean;
}

/** How many answers are right. */
export interface AnalogyScore {
	readonly name: string;
	/** Questions that count. */
	readonly questions: number;
	readonly correct: number;
	/** The share of them that are right; undefined where none counts. */
	readonly accuracy: number | undefined;
	/** Questions with unknown words. */
	readonly unknown: number;
}

/** The scores of sections, and of several together. */
export interface AnalogyReport {
	readonly sections: readonly AnalogyScore[];
	/** The sections whose names begin with `gram`, as those of questions-words.txt do, and the others; where there are both. */
	readonly syntactic?: AnalogyScore;
	readonly semantic?: AnalogyScore;
	readonly total: AnalogyScore;
}

const kinds: Kinds<AnalogyOptions> = {
	...knownKinds,
	...{ method: is.one('sum', 'product'), onAnswer: is.function, onProgress: is.function },
};
const sectionsKind = {
	expected: 'an array of sections',
	fits: (value: unknown) =>
		is.list(is.object).fits(value) && (value as AnalogySection[]).every(({ analogies }) => Array.isArray(analogies)),
	next: 'Take those of readAnalogies(path).',
};

/** Questions that are answered at a time. */
const batch = 256;
/** gensim looks at so many words for the first that is none of the question's. */
const looked = 5;

/**
 * Answers analogies: d is the word that is most similar to b and c and least to a.
 *
 * @example
 * const { total } = evaluateAnalogies(vectors, await readAnalogies('questions-words.txt'));
 */
export function evaluateAnalogies(vectors: WordVectors, sections: readonly AnalogySection[], options: AnalogyOptions = {}): AnalogyReport {
	const who = 'evaluateAnalogies';
	argumentOf(who, 'vectors', vectors, vectorsKind);
	argumentOf(who, 'sections', sections, sectionsKind);
	const { method = 'sum', countUnknown = false, onAnswer, onProgress } = optionsOf(who, options, kinds);
	const known = knownWords(vectors, options);
	const asked = sections.map(({ analogies }) => analogies.map((analogy) => questionOf(analogy, known)));
	const all = asked.flat().filter((question) => question !== undefined);
	const answers: string[] = [];
	for (let from = 0; from < all.length; from += batch) {
		answers.push(...answersTo(vectors, all.slice(from, from + batch), known, method));
		onProgress?.(answers.length, all.length);
	}
	let next = 0;
	const scores = sections.map(({ name, analogies }, i) => {
		const tally = { questions: 0, correct: 0, unknown: 0 };
		for (const [place, analogy] of analogies.entries()) {
			const question = asked[i]![place];
			const answer = question && answers[next++];
			const correct = question !== undefined && answer === question.expected;
			if (!question) tally.unknown++;
			if (question || countUnknown) tally.questions++;
			if (correct) tally.correct++;
			onAnswer?.({ section: name, analogy, answer, correct });
		}
		return scoreOf(name, [tally]);
	});
	const [syntactic, semantic] = [true, false].map((are) => scores.filter(({ name }) => name.startsWith('gram') === are));
	const groups =
		syntactic!.length > 0 && semantic!.length > 0
			? { semantic: scoreOf('semantic', semantic!), syntactic: scoreOf('syntactic', syntactic!) }
			: {};
	return { sections: scores, ...groups, total: scoreOf('total', scores) };
}

/** A question whose words are known: their rows, what is no answer, and the answer. */
interface AskedAnalogy {
	readonly places: readonly [a: number, b: number, c: number];
	readonly ignored: ReadonlySet<string>;
	readonly expected: string;
}

function questionOf(analogy: Analogy, { folded, place }: KnownWords): AskedAnalogy | undefined {
	const words = analogy.map(folded);
	const [a, b, c, d] = words.map(place);
	if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
	return { places: [a, b, c], ignored: new Set(words.slice(0, 3)), expected: words[3]! };
}

function answersTo(
	vectors: WordVectors,
	questions: readonly AskedAnalogy[],
	{ count, folded }: KnownWords,
	method: 'sum' | 'product',
): string[] {
	const asked = questions.map(({ places }) => {
		const [a, b, c] = places.map((place) => vectors.words[place]!);
		return { positive: [b!, c!], negative: [a!], top: looked, restrict: count };
	});
	const found = method === 'sum' ? vectors.mostSimilarAll(asked) : asked.map((question) => vectors.mostSimilarCosmul(question));
	return questions.map(({ ignored }, i) => {
		const words = found[i]!.map(({ word }) => folded(word));
		// Other forms of the question's words, such as King of king, are no answers either.
		return words.find((word) => !ignored.has(word)) ?? words.at(-1) ?? '';
	});
}

function scoreOf(name: string, parts: readonly Omit<AnalogyScore, 'name' | 'accuracy'>[]): AnalogyScore {
	const sum = (key: 'questions' | 'correct' | 'unknown') => parts.reduce((all, part) => all + part[key], 0);
	const [questions, correct] = [sum('questions'), sum('correct')];
	return { name, questions, correct, accuracy: questions === 0 ? undefined : correct / questions, unknown: sum('unknown') };
}
