// What all classifiers over documents share: learning from `features` and `label`, a stage that adds `predicted` and `score`, and its revival.
import { is, type Json, type Kinds } from '../../base/index.js';
import { checkSparse, pickRows, type SparseMatrix, type SparseVector, sparseMatrix } from '../../sparse/index.js';
import { type Documents, type LearnerOf, learner, type Spec, type Stage, type State, stage } from '../../stream/index.js';
import { type CalibrationMethod, calibrated } from '../calibration/calibrated.js';
import type { Classifier } from '../classifier.js';
import { holdOut } from '../hold-out.js';
import { reviveModel } from '../revive.js';
import { classesOf, targetsOf } from '../targets.js';

/** A document to learn from. */
export interface LabelledFeatures {
	features: SparseVector;
	label: string;
}

/** What a classifier says of a document. */
export interface Classified {
	/** The class. */
	predicted: string;
	/** Its probability where the model has one, else its margin. */
	score: number;
	/** On request (`scores: true`) the same of all classes, in the order of the fitted stage's `classes`. */
	scores?: Float64Array;
}

/** A fitted classifier over documents: a stage that adds `predicted` and `score`. */
export interface ClassifierStage<C extends Classifier = Classifier> extends Stage<{ features: SparseVector }, Classified> {
	/** The classes, sorted by code point. */
	readonly classes: readonly string[];
	/** The classifier over matrices. */
	readonly model: C;
}

/** What every classifier over documents takes. */
export interface StageOptions {
	/** Whether the scores of all classes are added, too. Default false. */
	readonly scores?: boolean;
	/** How scores become probabilities, learned from rows put aside. Default not at all. */
	readonly calibration?: CalibrationMethod;
	/** The share of each class that is put aside for it. Default 0.2. */
	readonly calibrationShare?: number;
	/** Of what is put aside, and of the order in which a solver visits rows. Default 0. */
	readonly seed?: number;
}

/** The kinds of these options. */
export const stageKinds: Kinds<StageOptions> = {
	scores: is.flag,
	calibration: is.one('sigmoid', 'isotonic', 'temperature'),
	calibrationShare: is.share,
	seed: is.whole(),
};

/** Options without those that are left out, as a spec has them. */
export const plainOptions = (options: object): Json => JSON.parse(JSON.stringify(options));

/** The options of the fit apart from those of the stage. */
export function fitOptions<O extends StageOptions>({
	scores,
	calibration,
	calibrationShare,
	seed,
	...options
}: O): Omit<O, keyof StageOptions> {
	return options;
}

/** A learner of a classifier. */
export function classifierLearner<C extends Classifier>(
	name: string,
	options: StageOptions,
	fit: (matrix: SparseMatrix, labels: readonly string[]) => C,
): LearnerOf<LabelledFeatures, ClassifierStage<C>> {
	const learn = async (docs: Documents<LabelledFeatures>) => {
		const [rows, labels]: [SparseVector[], string[]] = [[], []];
		for await (const chunk of docs.chunks()) {
			for (const { features, label } of chunk) {
				rows.push(features);
				labels.push(label);
			}
		}
		classesOf(name, labels);
		const matrix = sparseMatrix(rows);
		checkSparse(name, matrix);
		return classifierStage(name, options, fitted(name, options, { matrix, labels, fit }));
	};
	return learner(learn, { stage: name, options: plainOptions(options), needs: { features: 'features', label: 'text' } });
}

function fitted<C extends Classifier>(
	who: string,
	{ calibration, calibrationShare: share = 0.2, seed = 0 }: StageOptions,
	{ matrix, labels, fit }: { matrix: SparseMatrix; labels: string[]; fit: (matrix: SparseMatrix, labels: readonly string[]) => C },
): C {
	if (calibration === undefined) return fit(matrix, labels);
	const parts = holdOut(who, targetsOf(who, matrix, labels), { share, seed });
	const of = (places: readonly number[]) => places.map((place) => labels[place]!);
	const model = fit(pickRows(matrix, parts.fit), of(parts.fit));
	return calibrated(model, pickRows(matrix, parts.aside), of(parts.aside), { method: calibration });
}

/** The stage of a fitted classifier. */
export function classifierStage<C extends Classifier>(name: string, options: StageOptions, model: C): ClassifierStage<C> {
	const { classes, columns } = model;
	const apply = (docs: readonly { features: SparseVector }[]) => {
		if (docs.length === 0) return [];
		// Of another size in one document alone: the matrix is made of the rows that fit.
		const rows = docs.map(({ features }) => checked(name, columns, features));
		const matrix = sparseMatrix(rows);
		const numbers = model.probabilities ? model.probabilities(matrix) : model.scores(matrix);
		// By the scores: probabilities of large ones may be equal.
		const said = model.predict(matrix);
		return docs.map((doc, row) => {
			const all = numbers.subarray(row * classes.length, (row + 1) * classes.length);
			const added: Classified = { predicted: said[row]!, score: all[classes.indexOf(said[row]!)]! };
			return { ...doc, ...added, ...(options.scores && { scores: all.slice() }) };
		});
	};
	const made = stage<{ features: SparseVector }, Classified>(apply, {
		...{ stage: name, options: plainOptions(options), state: model.state },
		needs: { features: 'features' },
	});
	return Object.assign(made, { classes, model });
}

function checked(name: string, columns: number, features: SparseVector): SparseVector {
	if (features.size === columns) return features;
	throw new RangeError(
		`${name}: expected features of ${columns} columns, as in fitting, got ${features.size}. Take them from the same fitted stage.`,
	);
}

/** The stage of a spec whose options its learner has looked at. Throws a TypeError where the state is not one that `fit` wrote. */
export function reviveClassifier(name: string, { options }: Spec, state: State): ClassifierStage {
	return classifierStage(name, options as StageOptions, reviveModel(state, name));
}
