// Probabilities that a batch's outputs give to classes, beside the true ones.
import type { MeasuredBatch } from './metric.js';
import { batchScores, eachRow, type ScoreMetricOptions } from './scored.js';

/** How far the probabilities of a row may be from 1 in all: they are rounded to float32. */
const slack = 1e-3;

/** Calls `visit` with the probabilities of each row that counts, which are another row's afterwards, and its target. One score for each target makes two. */
export function eachDistribution(
	who: string,
	batch: MeasuredBatch,
	options: ScoreMetricOptions,
	visit: (probabilities: Float64Array, target: number) => void,
): void {
	const scores = batchScores(who, batch, options);
	const { data, columns } = scores;
	const { holds = 'logits', logits = 'logits' } = options;
	const row = new Float64Array(Math.max(columns, 2));
	eachRow(who, scores, options, (first, target) => {
		if (holds === 'logits') {
			if (columns === 1) sigmoidInto(row, data[first]!);
			else softmaxInto(row, data, first);
		} else {
			if (columns === 1) row.set([1 - data[first]!, data[first]!]);
			else for (let at = 0; at < columns; at++) row[at] = data[first + at]!;
			checkRow(who, logits, row);
		}
		visit(row, target);
	});
}

/** 1 / (1 + eᶻ) and 1 / (1 + e⁻ᶻ). */
function sigmoidInto(row: Float64Array, logit: number): void {
	row[0] = 1 / (1 + Math.exp(logit));
	row[1] = 1 / (1 + Math.exp(-logit));
}

/** eᶻ / Σ eᶻ, the largest z taken off first, so that no power is infinite. */
function softmaxInto(row: Float64Array, logits: ArrayLike<number>, first: number): void {
	let top = Number.NEGATIVE_INFINITY;
	for (let at = 0; at < row.length; at++) if (logits[first + at]! > top) top = logits[first + at]!;
	let sum = 0;
	for (let at = 0; at < row.length; at++) {
		row[at] = Math.exp(logits[first + at]! - top);
		sum += row[at]!;
	}
	for (let at = 0; at < row.length; at++) row[at]! /= sum;
}

function checkRow(who: string, name: string, row: Float64Array): void {
	let sum = 0;
	for (let at = 0; at < row.length; at++) {
		if (!(row[at]! >= 0 && row[at]! <= 1)) throw new RangeError(`${who}: expected ${name} from 0 to 1, got ${row[at]}. ${next}`);
		sum += row[at]!;
	}
	if (Math.abs(sum - 1) > slack) throw new RangeError(`${who}: expected ${name} that sum to 1 in each row, got ${sum}. ${next}`);
}

const next = "Leave holds: 'probabilities' out where they are logits.";
