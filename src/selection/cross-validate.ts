// Cross-validation: how good the predictions are for documents that were not learned from.
import { argumentOf, is, optionsOf } from '../base/index.js';
import type { Source } from '../stream/index.js';
import { isPipeline, partsOf, pipelineKind } from './evaluate/check-parts.js';
import { evaluate } from './evaluate/evaluate.js';
import { type EvaluateOptions, evaluateKinds, type Pipeline } from './evaluate/options.js';
import { prepared } from './evaluate/prepare.js';
import { summaryOf } from './evaluate/summary.js';
import type { Label } from './splits/label.js';

/** A fold that is done. */
export interface FoldDone {
	/** From 0. */
	readonly fold: number;
	/** How many there are. */
	readonly folds: number;
	readonly score: number;
	/** To learn and to predict. */
	readonly seconds: number;
}

/** How a pipeline is cross-validated. */
export interface CrossValidateOptions<D> extends EvaluateOptions<D> {
	/** Called after each fold. May throw to end the work. */
	readonly onFold?: (done: FoldDone) => void;
}

/** What cross-validation found. */
export interface CrossValidation {
	/** The score of each fold. */
	readonly scores: readonly number[];
	/** Their mean. */
	readonly mean: number;
	/** Their standard deviation, divided by their number. */
	readonly deviation: number;
	/** The prediction for each document by what has not learned from it; undefined for one that no fold holds out. */
	readonly predictions: readonly (Label | undefined)[];
	/** To learn and to predict, all folds together. */
	readonly seconds: number;
}

/**
 * Learns anew on each fold, and predicts what it holds out (Stone 1974; Kohavi 1995 for stratified folds). What the pipeline learns, vocabularies and
 * weights included, it learns from the fold's training documents alone. A function is asked for a pipeline once for each fold, by the fold's number.
 *
 * @throws {RangeError} where there are more folds than documents of a class; errors of stages say in which fold.
 *
 * @example
 * const { mean, deviation, predictions } = await crossValidate(chain(words(), vocabulary(), classifier), docs, { folds: 10, score: 'f1Macro' });
 */
export function crossValidate<D extends object>(
	make: (fold: number) => Pipeline,
	docs: Source<D>,
	options?: CrossValidateOptions<D>,
): Promise<CrossValidation>;
export function crossValidate<D extends object>(
	pipeline: Pipeline,
	docs: Source<D>,
	options?: CrossValidateOptions<D>,
): Promise<CrossValidation>;
export async function crossValidate<D extends object>(
	pipeline: Pipeline | ((fold: number) => Pipeline),
	docs: Source<D>,
	options: CrossValidateOptions<D> = {},
): Promise<CrossValidation> {
	argumentOf('crossValidate', 'pipeline', pipeline, pipelineKind);
	const given = optionsOf<CrossValidateOptions<D>>('crossValidate', options, { ...evaluateKinds, onFold: is.function });
	const { onFold, predicted = 'predicted', inMemory = 50_000, signal } = given;
	const ready = await prepared('crossValidate', docs, given);
	const folds = ready.folds.length;
	const scores = new Array<number>(folds).fill(0);
	const predictions = new Array<Label | undefined>(ready.truth.length).fill(undefined);
	let total = 0;
	await evaluate(docs, {
		...ready,
		who: 'crossValidate',
		chains: (fold) => [partsOf('crossValidate', isPipeline(pipeline) ? pipeline : (pipeline as (fold: number) => Pipeline)(fold))],
		onEvaluated({ fold, predicted, score, seconds }) {
			for (const [i, row] of ready.folds[fold]!.test.entries()) predictions[row] = predicted[i]!;
			scores[fold] = score;
			total += seconds;
			onFold?.({ fold, folds, score, seconds });
		},
		...{ predicted, inMemory, signal },
	});
	return { scores, ...summaryOf(scores), predictions, seconds: total };
}
