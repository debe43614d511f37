// Two classes: which samples are of the one that a score or a probability is about.
import type { Kinds } from '../base/index.js';
import { checkKnown, type Label, labelKind, labelsIn, show } from './labels.js';
import { type SampleOptions, sampleKinds } from './samples.js';

/** What functions over arrays of scores are told of classes and samples. */
export interface ScoreOptions extends SampleOptions {
	/** The class that larger scores mean, where there is one score for each sample. Default: the second of two in their order. */
	readonly positive?: Label | undefined;
}

/** The kinds of these options. */
export const scoreKinds: Kinds<ScoreOptions> = { ...sampleKinds, positive: labelKind };

/** Which samples are of the positive class, and whether it is the second of two. */
export interface PositivePlaces {
	/** 1 for a sample of the class, else 0. */
	readonly positive: Uint8Array;
	readonly second: boolean;
}

/**
 * The samples of the class `positive`, by default the second of two: 1 where all are 0 or 1.
 *
 * @throws {RangeError} where it cannot be told which it is.
 */
export function positivePlaces(
	who: string,
	truth: ArrayLike<Label>,
	{ positive, labels }: Pick<ScoreOptions, 'positive' | 'labels'>,
): PositivePlaces {
	const seen = labelsIn(who, { truth });
	const known = labels ?? (seen.every((label) => label === 0 || label === 1) ? [0, 1] : seen);
	checkKnown(who, seen, known);
	if (positive === undefined && known.length !== 2) {
		throw new RangeError(
			`${who}: expected two classes, one of which the scores are about, got ${known.length}: ${show(known)}. Say which it is: positive.`,
		);
	}
	const own = positive ?? known[1]!;
	if (known.length > 1 && !known.includes(own))
		throw new RangeError(`${who}: expected positive to be one of ${show(known)}, got ${show([own])}. Name one of these.`);
	const places = new Uint8Array(truth.length);
	for (let at = 0; at < places.length; at++) places[at] = Number(truth[at] === own);
	return { positive: places, second: known.length < 2 || known.indexOf(own) > 0 };
}
