// The vocabulary: which token has which id. Learned from documents, then a stage from tokens to ids.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type LearnerOf, learner, ownLearner, ownStagesOf } from '../stream/index.js';
import { addCounted, type Counted, count, nothing } from './vocabulary/counted.js';
import { readVocabulary } from './vocabulary/file.js';
import { fittedVocabulary, type Vocabulary } from './vocabulary/fitted.js';
import { type Limits, learnedOf } from './vocabulary/learned.js';
import { merged } from './vocabulary/merged.js';
import { learnedIn } from './vocabulary/state.js';

/** What a vocabulary keeps. */
export interface VocabularyOptions extends Limits {
	/** The first tokens: padding (id 0), unknown (id 1), then any others, such as `<bos>` and `<eos>`. Default `['<pad>', '<unk>']`. */
	special?: readonly string[];
	/**
	 * The order of tokens of one count: 'codePoint', the same however documents come and whoever counts them, or 'seen', as they came first.
	 * Default 'codePoint'.
	 */
	ties?: 'codePoint' | 'seen';
	/**
	 * For tokens that do not all fit into memory: holds the `capacity` most frequent ones, and at most twice as many. Counts are too large by
	 * `error` of the fitted vocabulary at most, and that is at most tokens / (capacity + 1). Default none: all tokens, exact counts.
	 */
	approximate?: { readonly capacity: number };
}

/** The options as the spec has them. No limit is no entry: Infinity is not JSON. */
export type Kept = { readonly special: readonly string[]; readonly minCount: number } & VocabularyOptions;

const kinds: Kinds<VocabularyOptions> = {
	...{ minCount: is.whole(1), maxCount: is.limit(1), size: is.limit(1), special: is.texts, ties: is.one('codePoint', 'seen') },
	approximate: {
		expected: 'an object { capacity } of a whole number from 1',
		fits: (value) =>
			is.object.fits(value) && Object.keys(value as object).join() === 'capacity' && is.whole(1).fits(Object.values(value as object)[0]),
	},
};

/**
 * Learns a vocabulary from `tokens`.
 *
 * @example
 * const fitted = await vocabulary({ minCount: 2, size: 20_000 }).fit(pipe(docs, clean(), words()));
 * fitted.idOf('market');
 */
export const vocabulary = ownLearner((given: VocabularyOptions = {}): LearnerOf<{ tokens: string[] }, Vocabulary> => {
	const options = checked(given);
	const counting = { capacity: options.approximate?.capacity ?? Number.POSITIVE_INFINITY, seen: options.ties === 'seen' };
	return learner(
		{
			start: nothing,
			add: (part: Counted, docs: readonly { tokens: string[] }[], first = 0) => count(part, docs, first, counting),
			merge: (part, other) => addCounted(part, other, counting),
			finish: (part) => fittedVocabulary(learnedOf(part, options), options, merge),
		},
		{ stage: 'vocabulary', options: { ...options }, needs: { tokens: 'texts' } },
	);
}, reviveVocabulary);

/** A vocabulary of its options and of what was learned. Throws a TypeError where the state is not one that `fit` wrote. */
export function reviveVocabulary(given: VocabularyOptions, state: unknown): Vocabulary {
	const options = checked(given);
	return fittedVocabulary(learnedIn(state, options.special), options, merge);
}

/** What makes fitted vocabularies of textloom's own again. */
const again = (options: object, state: object) => ownStagesOf({ vocabulary }).vocabulary!(options as never, state as never) as Vocabulary;

function merge(one: Vocabulary, other: Vocabulary, limits: Limits): Vocabulary {
	const { special } = one.spec.options as unknown as Kept;
	const options = checked({ ...limits, special });
	return again({ ...options }, { ...learnedOf(merged(one, other), options) });
}

/**
 * The vocabulary that `save` wrote as a text file.
 *
 * @throws {DataError} with `file:line` where the file is not as it was written.
 */
export async function loadVocabulary(path: string): Promise<Vocabulary> {
	const { options, tokens, counts, error } = await readVocabulary(path);
	return again(options as object, { tokens, counts, ...(error > 0 && { error }) });
}

function checked(given: VocabularyOptions): Kept {
	const {
		special = ['<pad>', '<unk>'],
		minCount = 1,
		maxCount = Infinity,
		size = Infinity,
		ties,
		approximate,
	} = optionsOf('vocabulary', given, kinds);
	if (special.length < 2) {
		throw new TypeError(
			`vocabulary: expected special to hold at least two strings, padding and unknown, got ${JSON.stringify(special)}. Pass ['<pad>', '<unk>', …].`,
		);
	}
	if (new Set(special).size < special.length) {
		throw new RangeError(`vocabulary: expected special tokens that differ, got ${JSON.stringify(special)}. Take the repeated one out.`);
	}
	if (size <= special.length) {
		throw new RangeError(
			`vocabulary: expected size to be a whole number above ${special.length}, the special tokens, got ${size}. Leave it out for no limit.`,
		);
	}
	if (maxCount < minCount) {
		throw new RangeError(
			`vocabulary: expected maxCount to be at least minCount, ${minCount}, got ${maxCount}. Swap them, or leave one out.`,
		);
	}
	if (ties === 'seen' && approximate) {
		throw new RangeError("vocabulary: expected ties: 'seen' with exact counts, got approximate. Leave one of both out.");
	}
	return {
		...{ minCount, special: [...special] },
		...(Number.isFinite(maxCount) && { maxCount }),
		...(Number.isFinite(size) && { size }),
		...(ties === 'seen' && { ties }),
		...(approximate && { approximate: { capacity: approximate.capacity } }),
	};
}
