// What changes the scores of next tokens before a search chooses, in the order that Hugging Face has.

import type { Settings } from '../options.js';
import { logSoftmax } from '../scores.js';
import { exponentialDecay, minLength } from './lengths.js';
import { badWords, noRepeatNgrams, noSourceNgrams } from './ngrams.js';
import type { Processor } from './processor.js';
import { repetitionPenalty } from './repetition.js';
import { minP, temperature, topK, topP } from './sampling.js';
import { allowedOnly, forcedFirst, forcedLast, suppressed } from './tokens.js';

/** What processors know of a sequence. */
export interface Sequence {
	/** The number of its input. */
	readonly input: number;
	readonly source: readonly number[] | undefined;
	/** The tokens that it begins with. */
	readonly prompt: readonly number[];
	/** The most tokens that it gets, prompt included. */
	readonly longest: number;
}

/** The processors that the options ask for. */
export function processorsOf(settings: Settings, { input, source, prompt, longest }: Sequence): readonly Processor[] {
	const { ends, renormalizeLogits, repetitionPenalty: penalty, numBeams } = settings;
	const begun = prompt.length;
	const firstPlace = begun === 1 && settings.forcedBosTokenId !== undefined ? 2 : begun;
	// Beams need something to go on with beside an end.
	const kept = numBeams > 1 ? ends.length + 1 : 1;
	const given = <T>(value: T | undefined, make: (value: T) => Processor): Processor[] => (value === undefined ? [] : [make(value)]);
	return [
		...given(penalty, repetitionPenalty),
		...given(settings.noRepeatNgramSize, noRepeatNgrams),
		...given(settings.encoderNoRepeatNgramSize, (size) => noSourceNgrams(size, source ?? [])),
		...given(settings.badWordsIds, (words) => badWords(words.filter((word) => !(word.length === 1 && ends.includes(word[0]!))))),
		...given(settings.minLength, (least) => minLength(least, ends)),
		...given(settings.minNewTokens, (least) => minLength(begun + least, ends)),
		...given(settings.prefixAllowedTokens, (allowed) => allowedOnly((tokens) => allowed(input, tokens))),
		...given(settings.forcedBosTokenId, forcedFirst),
		...given(settings.forcedEosTokenId, (last) => forcedLast([last].flat() as number[], longest)),
		...given(settings.exponentialDecayLengthPenalty, ([start, factor]) => exponentialDecay(begun + start, factor, ends)),
		...given(settings.suppressTokens, (tokens) => suppressed(tokens)),
		...given(settings.beginSuppressTokens, (tokens) => suppressed(tokens, firstPlace)),
		...given(settings.temperature, temperature),
		...given(settings.topK, (count) => topK(Math.max(count, kept))),
		...given(settings.topP, (share) => topP(share, kept)),
		...given(settings.minP, (share) => minP(share, kept)),
		...(renormalizeLogits ? [logSoftmax] : []),
	];
}
