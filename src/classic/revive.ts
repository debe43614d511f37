// Fitted classifiers made again from what was saved of them.
import { checkSparse } from '../sparse/index.js';
import type { State } from '../stream/index.js';
import { type CalibrationParts, withCalibration } from './calibration/calibrated.js';
import type { Classifier } from './classifier.js';
import { type LinearParts, linearClassifier } from './linear.js';
import { type NeighbourParts, neighbourClassifier } from './nearest-neighbours.js';

/**
 * The classifier of a state.
 *
 * @throws {TypeError} where the state is not one that a classifier wrote.
 *
 * @example
 * const again = reviveModel(model.state);
 */
export function reviveModel(state: State, who = 'reviveModel'): Classifier {
	const { kind } = (state ?? {}) as { kind?: unknown };
	const parts = state as never;
	if (kind === 'linear' && isLinear(parts)) return linearClassifier(who, linearPart(parts));
	if (kind === 'neighbours' && isNeighbours(parts)) return neighbourClassifier(neighbourPart(parts));
	if (kind === 'calibrated' && isCalibration(parts)) {
		const { model, method, sigmoids, steps, temperature } = parts as CalibrationParts & { model: State };
		return withCalibration(reviveModel(model, who), { method, sigmoids, steps, temperature });
	}
	throw refused(who, state);
}

function refused(who: string, state: State): TypeError {
	const got = JSON.stringify(state)?.slice(0, 80);
	return new TypeError(`${who}: expected the state of a fitted classifier, got ${got}. Save the pipeline again.`);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areClasses = (value: unknown): value is readonly string[] =>
	Array.isArray(value) && value.length >= 2 && value.every((name) => typeof name === 'string') && new Set(value).size === value.length;
const finite = (value: unknown): value is Float64Array => value instanceof Float64Array && value.every(Number.isFinite);

function isLinear({ classes, columns, coefficients, intercepts, link }: Partial<LinearParts>): boolean {
	return (
		areClasses(classes) &&
		isCount(columns) &&
		finite(coefficients) &&
		finite(intercepts) &&
		(intercepts.length === classes.length || (intercepts.length === 1 && classes.length === 2)) &&
		coefficients.length === columns * intercepts.length &&
		['softmax', 'sigmoid', 'none'].includes(link as string)
	);
}

function linearPart({ classes, columns, coefficients, intercepts, link, binary, generative }: LinearParts): LinearParts {
	return { classes, columns, coefficients, intercepts, link, binary: binary === true, generative: generative === true };
}

type SavedNeighbours = Omit<NeighbourParts, 'matrix' | 'options'> & NeighbourParts['matrix'] & NeighbourParts['options'];

function isNeighbours(saved: Partial<SavedNeighbours>): boolean {
	const { classes, targets, rows, columns, starts, indices, values, neighbours, metric, weights } = saved;
	const arrays =
		starts instanceof Uint32Array &&
		indices instanceof Int32Array &&
		(values instanceof Float32Array || values instanceof Float64Array) &&
		targets instanceof Int32Array;
	if (!areClasses(classes) || !isCount(rows) || !isCount(columns) || !arrays) return false;
	try {
		checkSparse('reviveModel', { rows, columns, starts, indices, values });
	} catch {
		return false;
	}
	return (
		targets.length === rows &&
		targets.every((target) => target >= 0 && target < classes.length) &&
		isCount(neighbours) &&
		neighbours >= 1 &&
		neighbours <= rows &&
		['cosine', 'euclidean'].includes(metric as string) &&
		['uniform', 'distance'].includes(weights as string)
	);
}

function neighbourPart({
	classes,
	targets,
	rows,
	columns,
	starts,
	indices,
	values,
	neighbours,
	metric,
	weights,
}: SavedNeighbours): NeighbourParts {
	return { classes, targets, matrix: { rows, columns, starts, indices, values }, options: { neighbours, metric, weights } };
}

function isCalibration({ method, sigmoids, steps, temperature, model }: Partial<CalibrationParts> & { model?: State }): boolean {
	const { classes } = (model ?? {}) as { classes?: unknown };
	if (!areClasses(classes) || !finite(sigmoids) || !Array.isArray(steps)) return false;
	const maps = classes.length === 2 ? 1 : classes.length;
	if (method === 'sigmoid') return sigmoids.length === 2 * maps;
	if (method === 'temperature') return typeof temperature === 'number' && temperature > 0 && Number.isFinite(temperature);
	return (
		method === 'isotonic' &&
		steps.length === maps &&
		steps.every(
			({ thresholds, values }) => finite(thresholds) && finite(values) && thresholds.length === values.length && values.length > 0,
		)
	);
}
