// NB-SVM over documents.
import { type Kinds, optionsOf } from '../../base/index.js';
import { type LearnerOf, ownLearner, type State } from '../../stream/index.js';
import type { LinearClassifier } from '../linear.js';
import { fitNbSvm, type NbSvmOptions, nbSvmKinds } from '../nb-svm.js';
import {
	type ClassifierStage,
	classifierLearner,
	fitOptions,
	type LabelledFeatures,
	reviveClassifier,
	type StageOptions,
	stageKinds,
} from './classify.js';

/** How NB-SVM is learned and what its stage adds. */
export interface NbSvmLearnerOptions extends NbSvmOptions, StageOptions {
	readonly seed?: number;
}

const kinds: Kinds<NbSvmLearnerOptions> = { ...nbSvmKinds, ...stageKinds };

/** Learns NB-SVM from `features` and `label`; see `fitNbSvm`. `score` is the margin, with `classifier: 'logistic'` or `calibration` a probability. */
export const nbSvm = ownLearner((given: NbSvmLearnerOptions = {}): LearnerOf<LabelledFeatures, ClassifierStage<LinearClassifier>> => {
	const options = optionsOf('nbSvm', given, kinds);
	const { seed = 0 } = options;
	return classifierLearner('nbSvm', options, (matrix, labels) => fitNbSvm(matrix, labels, { ...fitOptions(options), seed }));
}, revived);

function revived(options: never, state: State): ClassifierStage {
	return reviveClassifier('nbSvm', nbSvm(options).spec, state);
}
