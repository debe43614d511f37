// Scores of a whole evaluation, kept for metrics of their ranks.
import { is, type Kinds } from '../base/index.js';
import { appended } from './appended.js';
import { eachDistribution } from './distributed.js';
import type { MeasuredBatch, Metric } from './metric.js';
import type { Ranked } from './ranked.js';
import { batchScores, eachRow, type ScoreMetricOptions, scoreMetricKinds } from './scored.js';

/** Which outputs and inputs a metric of ranks reads. */
export interface RankedMetricOptions extends ScoreMetricOptions {
	/**
	 * Whether the last axis of targets and scores is labels of which a sample may have several: each is ranked by itself. Default false: targets of one
	 * score each are the samples of one class.
	 */
	readonly multilabel?: boolean | undefined;
}

/** The kinds of these options. */
export const rankedKinds: Kinds<RankedMetricOptions> = { ...scoreMetricKinds, multilabel: is.flag };

/** The scores so far, row by row, with the class of each row, or with 0 or 1 for each score. */
export interface RankedState {
	/** 0 before there are any; 1 for scores of one class. */
	readonly columns: number;
	readonly scores: Float64Array;
	readonly targets: Float64Array;
}

/** The fold of such a metric: 0 of nothing. */
export function foldRanked(who: string, options: RankedMetricOptions, of: (ranked: Ranked) => number): Metric<RankedState> {
	const { multilabel = false, ...read } = options;
	return {
		start: () => ({ columns: 0, scores: new Float64Array(0), targets: new Float64Array(0) }),
		add(state, batch) {
			const more = multilabel ? labelSets(who, batch, read) : classes(who, batch, read);
			if (more.targets.length === 0) return state;
			if (state.columns !== 0 && state.columns !== more.columns) {
				throw new RangeError(
					`${who}: expected scores of ${state.columns} columns as in the batches before, got ${more.columns}. Pass those of one model.`,
				);
			}
			const { columns } = more;
			return { columns, scores: appended(state.scores, more.scores), targets: appended(state.targets, more.targets) };
		},
		result({ columns, scores, targets }) {
			if (columns === 0) return 0;
			return of({ columns, scores, targets, each: multilabel || columns === 1, ignore: multilabel ? read.ignore : undefined });
		},
	};
}

/** Of two classes one score, that of the second: of logits it is their difference, which has the order of its probability and fewer ties. */
function classes(who: string, batch: MeasuredBatch, read: ScoreMetricOptions): RankedState {
	const scores = batchScores(who, batch, read);
	const { data } = scores;
	const columns = scores.columns === 2 ? 1 : scores.columns;
	const kept = new Float64Array(columns * scores.targets.length);
	const targets = new Float64Array(scores.targets.length);
	let count = 0;
	if (columns > 1 || read.holds === 'probabilities') {
		eachDistribution(who, batch, read, (row, target) => {
			kept.set(columns === 1 ? row.subarray(1) : row, columns * count);
			targets[count++] = target;
		});
	} else {
		eachRow(who, scores, read, (first, target) => {
			kept[count] = scores.columns === 2 ? data[first + 1]! - data[first]! : data[first]!;
			targets[count++] = target;
		});
	}
	return { columns, scores: kept.subarray(0, columns * count), targets: targets.subarray(0, count) };
}

/** Every score is kept with its target, those that are ignored, too: they are left out label by label. */
function labelSets(who: string, batch: MeasuredBatch, read: ScoreMetricOptions): RankedState {
	const scores = batchScores(who, batch, read);
	if (scores.columns !== 1 || scores.shape.length < 2) {
		const got = `targets of ${scores.shape.join('×') || 'scalar'}`;
		throw new RangeError(
			`${who}: expected scores and targets […, labels] of one shape, got ${got}. Leave multilabel out, or pass 0 and 1.`,
		);
	}
	eachRow(who, scores, read, () => {});
	return { columns: scores.shape.at(-1)!, scores: new Float64Array(scores.data), targets: Float64Array.from(scores.targets, Number) };
}
