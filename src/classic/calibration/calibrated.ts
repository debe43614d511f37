// A classifier with calibrated probabilities: maps from its scores, learned from rows that it was not fitted on.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { SparseMatrix } from '../../sparse/index.js';
import { type Classifier, checkColumns, classifierOf, type Probabilistic, sigmoid, softmaxRows } from '../classifier.js';
import { checkCount, placesOf } from '../targets.js';
import { type Isotonic, isotonicRegression, isotonicValue } from './isotonic.js';
import { plattScaling } from './platt.js';
import { temperatureScaling } from './temperature.js';

/** How scores become probabilities. */
export type CalibrationMethod = 'sigmoid' | 'isotonic' | 'temperature';

/** Options of `calibrated`. */
export interface CalibrationOptions {
	/** `sigmoid` (Platt; default) for few rows, `isotonic` for a thousand or more, `temperature` for one number that keeps every order. */
	readonly method?: CalibrationMethod;
}

const kinds: Kinds<CalibrationOptions> = { method: is.one('sigmoid', 'isotonic', 'temperature') };

/** What was learned: a map for each class, of two classes one for the second, or a temperature. */
export interface CalibrationParts {
	readonly method: CalibrationMethod;
	readonly sigmoids: Float64Array;
	readonly steps: readonly Isotonic[];
	readonly temperature: number;
}

/**
 * The classifier with calibrated probabilities, which also decide what it predicts; equal to scikit-learn's CalibratedClassifierCV over a FrozenEstimator.
 * Scores are mapped, of naive Bayes and neighbours their probabilities; of more than two classes each class for itself, scaled to the sum 1.
 *
 * @param matrix Rows that the classifier was not fitted on.
 *
 * @example
 * const sure = calibrated(fitLinearSvm(train, trainLabels), heldOut, heldOutLabels, { method: 'isotonic' });
 */
export function calibrated<C extends Classifier>(
	model: C,
	matrix: SparseMatrix,
	labels: readonly string[],
	given: CalibrationOptions = {},
): C & Probabilistic {
	const { method = 'sigmoid' } = optionsOf('calibrated', given, kinds);
	checkCount('calibrated', matrix, labels);
	const targets = placesOf('calibrated', model.classes, labels);
	if (new Set(targets).size < 2) {
		throw new RangeError(
			`calibrated: expected rows of at least two classes, got ${matrix.rows} rows of ${new Set(targets).size}. Hold out more rows.`,
		);
	}
	const inputs = inputsOf(model, matrix);
	const width = model.classes.length;
	const mapped = Array.from({ length: method === 'temperature' ? 0 : width === 2 ? 1 : width }, (_, i) => (width === 2 ? 1 : i)).map(
		(place) => ({
			scores: Float64Array.from({ length: matrix.rows }, (_, row) => inputs[row * width + place]!),
			truth: Float64Array.from(targets, (target) => (target === place ? 1 : 0)),
		}),
	);
	return withCalibration(model, {
		method,
		sigmoids: Float64Array.from(
			method === 'sigmoid' ? mapped.flatMap(({ scores, truth }) => Object.values(plattScaling(scores, truth))) : [],
		),
		steps: method === 'isotonic' ? mapped.map(({ scores, truth }) => isotonicRegression(scores, truth)) : [],
		temperature: method === 'temperature' ? temperatureScaling(asLogits(model, inputs), targets, width) : 1,
	});
}

/** A classifier with maps that were learned. */
export function withCalibration<C extends Classifier>(model: C, parts: CalibrationParts): C & Probabilistic {
	const { method, sigmoids, steps, temperature } = parts;
	const { classes, columns, scores } = model;
	const width = classes.length;
	const map = (output: number, score: number) =>
		method === 'sigmoid' ? sigmoid(-(sigmoids[2 * output]! * score + sigmoids[2 * output + 1]!)) : isotonicValue(steps[output]!, score);
	const probabilities = (matrix: SparseMatrix): Float64Array => {
		checkColumns('calibrated', columns, matrix);
		const inputs = inputsOf(model, matrix);
		if (method === 'temperature') {
			return softmaxRows(
				asLogits(model, inputs).map((logit) => logit / temperature),
				width,
			);
		}
		for (let from = 0; from < inputs.length; from += width) {
			if (width === 2) {
				const second = map(0, inputs[from + 1]!);
				inputs[from] = 1 - second;
				inputs[from + 1] = second;
				continue;
			}
			let sum = 0;
			for (let k = 0; k < width; k++) {
				inputs[from + k] = map(k, inputs[from + k]!);
				sum += inputs[from + k]!;
			}
			for (let k = 0; k < width; k++) inputs[from + k] = sum === 0 ? 1 / width : inputs[from + k]! / sum;
		}
		return inputs;
	};
	const state = { kind: 'calibrated', method, sigmoids, steps: steps.map((step) => ({ ...step })), temperature, model: model.state };
	return { ...model, ...classifierOf({ who: 'calibrated', classes, columns, scores, state, decides: probabilities }), probabilities };
}

/** Whether a model's scores are no margins, so that its probabilities are mapped. */
const byProbabilities = (model: Classifier) =>
	model.probabilities !== undefined &&
	((model as { generative?: boolean }).generative === true || (model.state as { kind: string }).kind === 'neighbours');

const inputsOf = (model: Classifier, matrix: SparseMatrix) =>
	byProbabilities(model) ? model.probabilities!(matrix) : model.scores(matrix);

/** ln(p + 10⁻¹²) of probabilities; margins as they are. */
const asLogits = (model: Classifier, inputs: Float64Array) => (byProbabilities(model) ? inputs.map((p) => Math.log(p + 1e-12)) : inputs);
