// Naive Bayes over documents: it counts, so that threads can share the learning.
import { type Kinds, optionsOf } from '../../base/index.js';
import { sparseMatrix } from '../../sparse/index.js';
import { type LearnerOf, learner, ownLearner, type State } from '../../stream/index.js';
import type { Probabilistic } from '../classifier.js';
import type { LinearClassifier } from '../linear.js';
import {
	addBayesCounts,
	bayesKinds,
	bayesOf,
	emptyBayesCounts,
	fitNaiveBayes,
	mergeBayesCounts,
	type NaiveBayesOptions,
} from '../naive-bayes.js';
import {
	type ClassifierStage,
	classifierLearner,
	classifierStage,
	fitOptions,
	type LabelledFeatures,
	plainOptions,
	reviveClassifier,
	type StageOptions,
	stageKinds,
} from './classify.js';

/** How naive Bayes is learned and what its stage adds. */
export interface NaiveBayesLearnerOptions extends NaiveBayesOptions, StageOptions {}

const kinds: Kinds<NaiveBayesLearnerOptions> = { ...bayesKinds, ...stageKinds };

/**
 * Learns naive Bayes from `features` and `label`; see `fitNaiveBayes`. `score` is a probability. With `calibration` all rows are kept until the end. Sums of float32
 * features are exact, whoever adds them up; those of float64 ones may differ in their last bit where threads share the learning.
 */
export const naiveBayes = ownLearner(
	(given: NaiveBayesLearnerOptions = {}): LearnerOf<LabelledFeatures, ClassifierStage<LinearClassifier & Probabilistic>> => {
		const options = optionsOf('naiveBayes', given, kinds);
		if (options.calibration !== undefined) {
			return classifierLearner('naiveBayes', options, (matrix, labels) => fitNaiveBayes(matrix, labels, fitOptions(options)));
		}
		return learner(
			{
				start: emptyBayesCounts,
				add(counts, docs: readonly LabelledFeatures[]) {
					const matrix = sparseMatrix(docs.map(({ features }) => features));
					addBayesCounts(
						'naiveBayes',
						counts,
						matrix,
						docs.map(({ label }) => label),
					);
				},
				merge: (counts, other) => mergeBayesCounts('naiveBayes', counts, other),
				finish: (counts) => classifierStage('naiveBayes', options, bayesOf('naiveBayes', counts, options)),
			},
			{ stage: 'naiveBayes', options: plainOptions(options), needs: { features: 'features', label: 'text' } },
		);
	},
	revived,
);

function revived(options: never, state: State): ClassifierStage {
	return reviveClassifier('naiveBayes', naiveBayes(options).spec, state);
}
