// What cross-validation and searches have in common: folds, score, labels.
import { is, type Kind, type Kinds } from '../../base/index.js';
import type { AnyLearner, AnyStage, CacheOptions } from '../../stream/index.js';
import { type Score, type ScoreName, scores } from '../scores.js';
import type { Fold } from '../splits/fold.js';
import { type LabelOf, labelOfKind } from '../splits/label.js';

/** What is evaluated: something that learns from documents, or a stage that has nothing to learn; it adds a prediction. */
export type Pipeline = AnyLearner | AnyStage;

/** How pipelines are evaluated on documents. */
export interface EvaluateOptions<D> {
	/** How many folds (default 5), or the folds, such as those of `groupKFold`, or one: `[trainTestSplit(docs)]`. */
	readonly folds?: number | readonly Fold[];
	/** Same seed, same folds. Default 0. */
	readonly seed?: number;
	/** Whether each fold has the shares of the classes (`stratifiedKFold`; default), or not (`kFold`). */
	readonly stratify?: boolean;
	/** What predictions are worth, the larger the better: a name, or a function of true labels, predicted ones and documents. Default `accuracy`. */
	readonly score?: ScoreName | Score;
	/** The field of the true label, or a function that gives it of a document as it comes in. Default `label`. */
	readonly label?: LabelOf<D>;
	/** The field that the pipeline predicts the label in. Default `predicted`. */
	readonly predicted?: string;
	/** How many documents are kept in memory between stages, as in `createCache`. Default 50,000. */
	readonly inMemory?: CacheOptions['inMemory'];
	/** Ends the work; it is rejected with the signal's reason. */
	readonly signal?: AbortSignal;
}

const isRows = (value: unknown) => value instanceof Uint32Array || Array.isArray(value);

const foldsKind: Kind = {
	expected: 'a whole number from 2, or an array of folds { train, test }',
	fits: (value) =>
		is.whole(2).fits(value) ||
		(Array.isArray(value) && value.length > 0 && value.every((fold) => isRows(fold?.train) && isRows(fold?.test))),
};

/** The kinds of these options. */
export const evaluateKinds: Kinds<EvaluateOptions<object>> = {
	folds: foldsKind,
	seed: is.whole(),
	stratify: is.flag,
	score: is.either(is.one(...Object.keys(scores)), is.function),
	label: labelOfKind,
	predicted: is.name,
	inMemory: is.limit(0),
	signal: is.signal,
};
