// The cases of classifiers that scikit-learn measured, and the forms of the folds that are compared with them.
import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from 'textloom/graph';
import type { Label, MeasuredBatch, Metric } from 'textloom/metrics';
import { batchOf, cut, int32, type MetricForm, rowsOf } from './batches.js';

/** What was left undefined is null. */
type Numbers = Readonly<Record<string, number | null>>;

interface NumberCase {
	readonly truth: number[];
	readonly predicted: number[];
	readonly scores: Numbers;
	readonly accuracy: number;
	readonly kappa: Numbers;
	readonly matthews: number;
}
export interface LabelCase extends Omit<NumberCase, 'truth' | 'predicted'> {
	readonly truth: Label[];
	readonly predicted: Label[];
	readonly labels: Label[] | null;
	readonly names: string[] | null;
	readonly weights: number[] | null;
	readonly confusion: number[][];
	/** Precision, recall, F1 and support of each class. */
	readonly classes: [number, number, number, number][];
	readonly text: string | null;
	readonly 'text of 4': string | null;
}
export interface ScoreCase {
	readonly truth: Label[];
	readonly scores: number[];
	readonly positive: Label;
	readonly weights: number[] | null;
	readonly auc: number;
	readonly precision: number;
	/** Rates and thresholds, without the first of these, which is infinite. */
	readonly roc: [number[], number[], number[]];
	readonly every: [number[], number[]];
	readonly curve: [number[], number[], number[]];
}
interface Measured {
	readonly truth: number[];
	readonly weights?: number[] | null;
	readonly 'log loss': number;
	readonly brier: number;
	readonly calibration: Readonly<Record<string, { readonly bins: [number, number, number][]; readonly ece: number }>>;
}
export interface ClassCase extends Measured {
	readonly logits: number[][];
	readonly probabilities: number[][];
	readonly auc: Readonly<Record<string, number>>;
	readonly precision: Readonly<Record<'macro' | 'weighted', number>>;
}
export interface SetCase {
	readonly truth: number[][];
	readonly logits: number[][];
	readonly weights: number[] | null;
	readonly auc: Readonly<Record<'macro' | 'weighted', number>>;
	readonly precision: Readonly<Record<'macro' | 'weighted', number>>;
}
export interface SingleCase extends Measured {
	readonly logits: number[];
	readonly probabilities: number[];
	readonly auc: number;
	readonly precision: number;
}
export interface ModelCase {
	readonly table: [[number, number], [number, number]];
	readonly exact: number;
	/** Statistic and p. */
	readonly corrected: [number, number];
	readonly plain: [number, number];
}
type Cases<Case> = Readonly<Record<string, Case>>;

export const golden = JSON.parse(readFileSync(new URL('../golden/metrics/classification.json', import.meta.url), 'utf8')) as {
	readonly labels: Cases<LabelCase>;
	readonly numbers: Cases<NumberCase>;
	readonly scores: Cases<ScoreCase>;
	readonly classes: Cases<ClassCase>;
	readonly sets: Cases<SetCase>;
	readonly single: Cases<SingleCase>;
	readonly models: Cases<ModelCase>;
};

/** Cases without weights, which folds do not have. */
const even = <Case extends { readonly weights?: number[] | null }>(cases: Cases<Case>) =>
	Object.fromEntries(Object.entries(cases).filter(([, { weights }]) => !weights));

/** Class numbers as an output says them. */
const said = ({ truth, predicted }: NumberCase) => {
	return (size: number) =>
		cut(size, truth, predicted).map(([own, other]) =>
			batchOf({ outputs: { logits: int32([other.length], other) }, inputs: { targets: int32([own.length], own) } }),
		);
};

/** Rows of numbers, or numbers, in batches of one output and the targets beside it. */
function scored(given: readonly (number | number[])[], truth: readonly (number | number[])[], dtype: Tensor['dtype'] = 'float64') {
	const shaped = (type: Tensor['dtype'], rows: readonly (number | number[])[]) =>
		tensor(type, [rows.length, ...(Array.isArray(rows[0]) ? [rows[0].length] : [])], rows.flat());
	return (size: number): MeasuredBatch[] =>
		cut(size, given, truth).map(([scores, own]) =>
			batchOf({ outputs: { logits: shaped(dtype, scores) }, inputs: { targets: shaped('int32', own) } }),
		);
}

/** The forms of a metric of class numbers, such as `{ macro: f1() }` for the scores of that name. */
export const numberForms = (of: (own: NumberCase) => Readonly<Record<string, { metric: Metric; score: number | null | undefined }>>) =>
	rowsOf(golden.numbers, (own) =>
		Object.fromEntries(
			Object.entries(of(own)).map(([name, { metric, score }]) => [
				name,
				// Undefined there is 0 here.
				score !== undefined && { metric, batches: said(own), score: score ?? 0 },
			]),
		),
	);

/** The forms of a metric of ranks: of classes, label sets, and scores of one class each. */
export function rankForms(
	which: 'auc' | 'precision',
	make: (options: { average?: never; multiclass?: never; multilabel?: boolean; holds?: 'probabilities' }) => Metric,
): Readonly<Record<string, MetricForm>> {
	const classes = rowsOf(even(golden.classes), (own) =>
		Object.fromEntries(
			Object.entries(own[which]).flatMap(([name, score]): [string, MetricForm][] => {
				const average = name.split(' ').at(-1) as never;
				const options = name.includes(' ') ? { average, multiclass: name.split(' ')[0] as never } : { average };
				return [
					[name, { metric: make(options), batches: scored(own.logits, own.truth, 'float32'), score }],
					[
						`${name}, probabilities`,
						{ metric: make({ ...options, holds: 'probabilities' }), batches: scored(own.probabilities, own.truth), score },
					],
				];
			}),
		),
	);
	const sets = rowsOf(even(golden.sets), (own) => ({
		macro: { metric: make({ multilabel: true }), batches: scored(own.logits, own.truth, 'float32'), score: own[which].macro },
		weighted: {
			metric: make({ multilabel: true, average: 'weighted' as never }),
			batches: scored(own.logits, own.truth),
			score: own[which].weighted,
		},
	}));
	const single = rowsOf(golden.single, (own) => ({ '': { metric: make({}), batches: scored(own.logits, own.truth), score: own[which] } }));
	return { ...classes, ...sets, ...single };
}

/** The forms of a metric of probabilities, each of logits and of probabilities. */
export const probabilityForms = (of: (own: Measured, holds: 'logits' | 'probabilities') => Readonly<Record<string, [Metric, number]>>) => {
	const forms = (own: ClassCase | SingleCase) =>
		Object.fromEntries(
			(['logits', 'probabilities'] as const).flatMap((holds) =>
				Object.entries(of(own, holds)).map(([name, [metric, score]]): [string, MetricForm] => [
					`${name}${holds}`,
					{ metric, batches: scored(own[holds], own.truth, holds === 'logits' ? 'float32' : 'float64'), score },
				]),
			),
		);
	return { ...rowsOf(even(golden.classes), forms), ...rowsOf(golden.single, forms) };
};
