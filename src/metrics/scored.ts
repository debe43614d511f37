// Scores that a batch's outputs give to classes, beside the true ones.
import { is, type Kinds } from '../base/index.js';
import type { Tensor } from '../graph/index.js';
import { isFloat } from '../tensors/tensor.js';
import type { MeasuredBatch } from './metric.js';
import { type ClassMetricOptions, classKinds, named } from './predicted.js';

/** Which outputs and inputs a metric of scores reads. */
export interface ScoreMetricOptions extends Omit<ClassMetricOptions, 'logits'> {
	/** The output with the scores. Default `logits`: `[…, classes]`, two or more; or, for targets 0 and 1, one for each target. */
	readonly logits?: string | undefined;
	/** What the output holds: `logits` (default), of which softmax or, of one for each target, sigmoid makes probabilities; or `probabilities`. */
	readonly holds?: 'logits' | 'probabilities' | undefined;
}

/** The kinds of these options. */
export const scoreMetricKinds: Kinds<ScoreMetricOptions> = { ...classKinds, holds: is.one('logits', 'probabilities') };

/** The scores of a batch row by row, and what is true. */
export interface BatchScores {
	readonly data: Float32Array | Float64Array;
	/** 2 or more; 1 where there is one score for each target. */
	readonly columns: number;
	readonly targets: ArrayLike<number | bigint>;
	/** The sizes of the targets. */
	readonly shape: readonly number[];
}

/** Reads the scores of a batch. Throws a RangeError where output and input do not belong together, and for scores that are no floats. */
export function batchScores(who: string, { outputs, inputs }: MeasuredBatch, options: ScoreMetricOptions): BatchScores {
	const { logits = 'logits', targets = 'targets' } = options;
	const scores = named(who, 'an output', logits, outputs);
	const truth = named(who, 'an input', targets, inputs);
	if (!isFloat(scores.dtype))
		throw new RangeError(`${who}: expected ${logits} to be float32 or float64, got ${scores.dtype}. Name the scores, or cast them.`);
	const begins = truth.shape.every((size, axis) => size === scores.shape[axis]);
	const more = scores.shape.length - truth.shape.length;
	const columns = more === 0 ? 1 : scores.shape.at(-1)!;
	if (!begins || (more !== 0 && (more !== 1 || columns < 2))) {
		const both = `${show(scores)} and ${show(truth)}`;
		throw new RangeError(
			`${who}: expected ${logits} to have the shape of ${targets}, or one axis of two or more classes more, got ${both}. Name an output and an input that belong together.`,
		);
	}
	return { data: scores.data as Float32Array, columns, targets: truth.data as ArrayLike<number | bigint>, shape: truth.shape };
}

/**
 * Calls `visit` with the place of the first score of each row that counts, and with its target.
 *
 * @throws {RangeError} for a target that is no class, and for a row of which no softmax can be: with NaN, or whose largest score is infinite.
 */
export function eachRow(
	who: string,
	{ data, columns, targets }: BatchScores,
	{ logits = 'logits', targets: name = 'targets', ignore }: ScoreMetricOptions,
	visit: (first: number, target: number) => void,
): void {
	const classes = Math.max(columns, 2);
	for (let row = 0; row < targets.length; row++) {
		const target = Number(targets[row]);
		if (target === ignore) continue;
		if (!Number.isInteger(target) || target < 0 || target >= classes)
			throw new RangeError(`${who}: expected ${name} from 0 to ${classes - 1}, got ${target}. Set ignore where it does not count.`);
		const first = row * columns;
		let top = Number.NEGATIVE_INFINITY;
		for (let at = first; at < first + columns; at++) top = Math.max(top, data[at]!);
		if (Number.isNaN(top) || (columns > 1 && !Number.isFinite(top)))
			throw new RangeError(`${who}: expected ${logits} to be finite numbers, got ${top} in row ${row}. Did the training diverge?`);
		visit(first, target);
	}
}

const show = ({ shape }: Tensor) => shape.join('×') || 'scalar';
