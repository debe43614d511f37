// The classifier of fastText over documents: it learns from `tokens` and `label`, and adds `predicted` and `score`.
import { is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import type { Classified } from '../../classic/index.js';
import { type LearnerOf, learner, ownLearner, type Stage, type State, stage } from '../../stream/index.js';
import { type FastTextClassifier, type FastTextPrediction, fastTextClassifier } from './classifier.js';
import { fileOfState } from './state.js';
import { type FastTextClassifierOptions, fastTextKinds } from './training/options.js';
import type { LabelledTokens } from './training/read-corpus.js';
import { trainSupervised } from './training/train.js';

/** How it is learned, and what its stage adds. */
export interface FastTextLearnerOptions extends Omit<FastTextClassifierOptions, 'from' | 'pretrainedVectors'> {
	/** How many labels `predictions` has at most. Default: there is no such field. */
	readonly k?: number;
	/** The probability that labels of `predictions` must have. Default 0. */
	readonly threshold?: number;
	/** Whether `scores` has the probabilities of all labels. Default false. */
	readonly scores?: boolean;
}

/** What the stage says of a document. */
export interface FastTextClassified extends Classified {
	/** Where `k` or `threshold` is given: these labels, best first. */
	predictions?: readonly FastTextPrediction[];
}

/** A fitted classifier over documents. */
export interface FastTextStage extends Stage<{ tokens: readonly string[] }, FastTextClassified> {
	/** The labels in the order of `scores`: by falling counts. */
	readonly classes: readonly string[];
	readonly model: FastTextClassifier;
}

const { from, pretrainedVectors, ...trainingKinds } = fastTextKinds;
const kinds: Kinds<FastTextLearnerOptions> = { ...trainingKinds, k: is.whole(1), threshold: is.number(0), scores: is.flag };

/**
 * Learns a classifier of fastText from `tokens` and `label`, one or several; see `trainFastTextClassifier`. Tokens are taken as they are: one that begins with
 * `__label__` is no word, and each document ends with the token `</s>`, as lines of a file do.
 *
 * @example
 * const fitted = await chain(words(), fastText({ wordNgrams: 2, dim: 50 })).fit(reviews);
 */
export const fastText = ownLearner((given: FastTextLearnerOptions = {}): LearnerOf<LabelledTokens, FastTextStage> => {
	const options = optionsOf('fastText', given, kinds);
	const { k, threshold, scores, ...training } = options;
	return learner(
		async (docs) => {
			const file = await trainSupervised('fastText', docs, training);
			return fastTextStage(options, fastTextClassifier(file, training.label === undefined ? {} : { label: training.label }));
		},
		{ stage: 'fastText', options: plain(options), needs: { tokens: 'texts' } },
	);
}, revived);

/** Options without those that are left out. */
const plain = (options: object): Json => JSON.parse(JSON.stringify(options));

function fastTextStage(options: FastTextLearnerOptions, model: FastTextClassifier): FastTextStage {
	const { k, threshold, scores } = options;
	const asked = { ...(k !== undefined && { k }), ...(threshold !== undefined && { threshold }) };
	const apply = (docs: readonly { tokens: readonly string[] }[]) =>
		docs.map((doc) => {
			const all = model.probabilities(doc.tokens) ?? new Float64Array(model.labels.length).fill(1 / model.labels.length);
			const [best] = model.best(all, {});
			const added: FastTextClassified = { predicted: best!.label, score: best!.score };
			return {
				...doc,
				...added,
				...(Object.keys(asked).length > 0 && { predictions: model.best(all, asked) }),
				...(scores && { scores: all }),
			};
		});
	const made = stage<{ tokens: readonly string[] }, FastTextClassified>(apply, {
		...{ stage: 'fastText', options: plain(options), state: model.state },
		needs: { tokens: 'texts' },
	});
	return Object.assign(made, { classes: model.labels, model });
}

function revived(options: never, state: State): FastTextStage {
	const known = optionsOf('fastText', options as FastTextLearnerOptions, kinds);
	const { file, label } = fileOfState(state, 'fastText');
	return fastTextStage(known, fastTextClassifier(file, { label }));
}
