// k nearest neighbours over documents.
import { type Kinds, optionsOf } from '../../base/index.js';
import { type LearnerOf, ownLearner, type State } from '../../stream/index.js';
import type { Probabilistic } from '../classifier.js';
import { fitNearestNeighbours, type NearestNeighboursOptions, neighbourKinds } from '../nearest-neighbours.js';
import {
	type ClassifierStage,
	classifierLearner,
	fitOptions,
	type LabelledFeatures,
	reviveClassifier,
	type StageOptions,
	stageKinds,
} from './classify.js';

/** How neighbours are kept and what the stage adds. */
export interface NearestNeighboursLearnerOptions extends NearestNeighboursOptions, StageOptions {}

const kinds: Kinds<NearestNeighboursLearnerOptions> = { ...neighbourKinds, ...stageKinds };

/** Keeps `features` and `label`; see `fitNearestNeighbours`. `score` is the share of the neighbours. */
export const nearestNeighbours = ownLearner(
	(given: NearestNeighboursLearnerOptions = {}): LearnerOf<LabelledFeatures, ClassifierStage<Probabilistic>> => {
		const options = optionsOf('nearestNeighbours', given, kinds);
		return classifierLearner('nearestNeighbours', options, (matrix, labels) => fitNearestNeighbours(matrix, labels, fitOptions(options)));
	},
	revived,
);

function revived(options: never, state: State): ClassifierStage {
	return reviveClassifier('nearestNeighbours', nearestNeighbours(options).spec, state);
}
