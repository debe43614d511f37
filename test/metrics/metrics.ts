// Every metric with what it is measured on, cut into batches: what the contract and the golden tests run over.
import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from 'textloom/graph';
import type * as everyMetric from 'textloom/metrics';
import {
	accuracy,
	averagePrecision,
	bleu,
	brier,
	type ClassScoreOptions,
	calibrationError,
	cohenKappa,
	type F1Options,
	f1,
	logLoss,
	type Metric,
	matthews,
	perplexity,
	precision,
	recall,
	rocAuc,
	type SpanF1Options,
	spanF1,
	type Translation,
} from 'textloom/metrics';
import type { RefusalsOf } from '../refusals.js';
import { batchOf, cut, int32, type MetricForm, rowsOf } from './batches.js';
import { numberForms, probabilityForms, rankForms } from './classification.js';

/** The exports that make metrics. */
export type MetricName = {
	[Name in keyof typeof everyMetric]: (typeof everyMetric)[Name] extends (...options: never[]) => infer Made
		? Made extends Metric
			? Name
			: never
		: never;
}[keyof typeof everyMetric];

/** A metric's forms with the scores of golden cases; or why there are none, and then forms with scores by a formula. */
export type MetricForms =
	| { readonly golden: Readonly<Record<string, MetricForm>> }
	| { readonly golden: string; readonly forms: Readonly<Record<string, MetricForm>> };

/** All that is tested of a metric. */
export type MetricRow<Make> = MetricForms & {
	/** Options and batches that it cannot use. */
	readonly refuses: RefusalsOf<Make>;
};

interface ClassCase {
	readonly targets: number[];
	readonly predicted: number[];
	readonly ignore: number | null;
	readonly scores: Readonly<Record<string, number>>;
}
interface SpanCase {
	readonly tags: string[];
	readonly targets: number[][];
	readonly predicted: number[][];
	readonly scores: Readonly<Record<'micro' | 'macro' | 'weighted', number>>;
}
interface TextCase {
	readonly order: number;
	readonly texts: readonly { readonly hypothesis: string[]; readonly references: string[][] }[];
	readonly score: number;
}
export const golden = JSON.parse(readFileSync(new URL('../golden/metrics/metrics.json', import.meta.url), 'utf8')) as {
	readonly classes: Readonly<Record<string, ClassCase>>;
	readonly spans: Readonly<Record<string, SpanCase>>;
	readonly texts: Readonly<Record<string, TextCase>>;
};

/** Logits whose largest is at a class, two of them as large. */
export function logitsOf(classes: readonly number[], count: number): Tensor {
	const values = classes.flatMap((own) => Array.from({ length: count }, (_, at) => (at === own ? 2 : at > own ? 2 : -1 - at)));
	return tensor('float32', [classes.length, count], values);
}

function classBatches({ targets, predicted }: ClassCase) {
	const count = Math.max(...targets, ...predicted) + 1;
	return (size: number) =>
		cut(size, targets, predicted).map(([truth, said]) =>
			batchOf({ outputs: { logits: logitsOf(said, count) }, inputs: { targets: int32([truth.length], truth) } }),
		);
}
const ignoring = ({ ignore }: ClassCase) => (ignore === null ? {} : { ignore });

/** Texts filled up to one length, with a tag that would be a span. */
const filled = (texts: readonly number[][], time: number) => {
	const values = texts.flatMap((text) => [...text, ...new Array<number>(time - text.length).fill(1)]);
	return int32([texts.length, time], values);
};

function spanRow({ tags, targets, predicted, scores }: SpanCase, average: NonNullable<SpanF1Options['average']>): MetricForm {
	const time = Math.max(...targets.map(({ length }) => length)) + 1;
	return {
		metric: spanF1({ tags, lengths: 'lengths', average, logits: 'tags' }),
		batches: (size) =>
			cut(size, targets, predicted).map(([truth, said]) =>
				batchOf({
					outputs: { tags: filled(said, time) },
					inputs: {
						targets: filled(truth, time),
						lengths: int32(
							[truth.length],
							truth.map(({ length }) => length),
						),
					},
				}),
			),
		score: scores[average],
	};
}

function textRow({ order, texts, score }: TextCase): MetricForm {
	return {
		metric: bleu({ order, translations: ({ inputs }) => Array.from(inputs.at!.data as Int32Array, (at): Translation => texts[at]!) }),
		batches: (size) => cut(size, [...texts.keys()]).map(([at]) => batchOf({ inputs: { at: int32([at.length], at) } })),
		score,
	};
}

const losses = [
	{ sum: 12, weight: 10 },
	{ sum: 9, weight: 2 },
	{ sum: 0, weight: 0 },
];

/** Precision and recall by all averages. */
const classForms = (name: 'precision' | 'recall', make: (options: ClassScoreOptions) => Metric) =>
	numberForms(({ scores }) => ({
		'': { metric: make({}), score: scores[`${name} macro`] },
		micro: { metric: make({ average: 'micro' }), score: scores[`${name} micro`] },
		weighted: { metric: make({ average: 'weighted' }), score: scores[`${name} weighted`] },
		binary: { metric: make({ average: 'binary' }), score: scores[`${name} of 1`] },
		'binary of 0': { metric: make({ average: 'binary', positive: 0 }), score: scores[`${name} of 0`] },
	}));

const scores = (shape: readonly number[], values: readonly number[], targets: readonly number[]) =>
	batchOf({ outputs: { logits: tensor('float32', shape, values) }, inputs: { targets: int32([targets.length], targets) } });

/** One row for each metric: the type demands it. */
export const metrics: { readonly [Name in MetricName]: MetricRow<(typeof everyMetric)[Name]> } = {
	accuracy: {
		golden: rowsOf(golden.classes, (own) => ({
			'': { metric: accuracy(ignoring(own)), batches: classBatches(own), score: own.scores.accuracy! },
		})),
		refuses: [
			[() => accuracy({ target: 'y' } as never), 'accuracy: expected an option that it has, got target. Did you mean targets?'],
			[
				() => accuracy().add({ right: 0, all: 0 }, batchOf({ outputs: { guess: int32([1], [1]) } })),
				'accuracy: expected an output called logits, got guess. Name one of these.',
			],
		],
	},
	f1: {
		golden: rowsOf(golden.classes, (own) => {
			const row = (score: string, options: F1Options) =>
				own.scores[score] !== undefined && {
					metric: f1({ ...options, ...ignoring(own) }),
					batches: classBatches(own),
					score: own.scores[score],
				};
			return {
				'': row('macro', {}),
				micro: row('micro', { average: 'micro' }),
				weighted: row('weighted', { average: 'weighted' }),
				binary: row('binary', { average: 'binary' }),
				'binary of 0': row('binary of 0', { average: 'binary', positive: 0 }),
			};
		}),
		refuses: [
			[() => f1({ average: 'mean' as never }), "f1: expected average to be one of 'micro', 'macro', 'weighted', 'binary', got 'mean'."],
			[() => f1({ positive: 1 }), "f1: expected average: 'binary' beside positive, got 'macro'. Leave positive out, or average."],
			[
				() => f1().add(new Map(), batchOf({ outputs: { logits: int32([1], [1]) } })),
				'f1: expected an input called targets, got none. Name one of these.',
			],
		],
	},
	precision: {
		golden: classForms('precision', precision),
		refuses: [
			[
				() => precision({ average: 'mean' as never }),
				"precision: expected average to be one of 'micro', 'macro', 'weighted', 'binary', got",
			],
			[() => precision({ positive: 0 }), "precision: expected average: 'binary' beside positive, got 'macro'."],
		],
	},
	recall: {
		golden: classForms('recall', recall),
		refuses: [[() => recall({ positive: 0 }), "recall: expected average: 'binary' beside positive, got 'macro'."]],
	},
	cohenKappa: {
		golden: numberForms(({ kappa }) => ({
			'': { metric: cohenKappa(), score: kappa.none },
			linear: { metric: cohenKappa({ weights: 'linear' }), score: kappa.linear },
			quadratic: { metric: cohenKappa({ weights: 'quadratic' }), score: kappa.quadratic },
		})),
		refuses: [
			[() => cohenKappa({ weights: 'none' as never }), "cohenKappa: expected weights to be one of 'linear', 'quadratic', got 'none'."],
		],
	},
	matthews: {
		golden: numberForms((own) => ({ '': { metric: matthews(), score: own.matthews } })),
		refuses: [[() => matthews({ average: 'macro' } as never), 'matthews: expected an option that it has, got average.']],
	},
	rocAuc: {
		golden: rankForms('auc', rocAuc),
		refuses: [
			[() => rocAuc({ multiclass: 'ovr' as never }), "rocAuc: expected multiclass to be one of 'one-vs-rest', 'one-vs-one', got 'ovr'."],
			[
				() => rocAuc().result(rocAuc().add(rocAuc().start(), scores([2, 2], [0, 1, 1, 0], [1, 1]))),
				'rocAuc: expected samples of two classes or more, got 2 of one. Measure on samples that can be told apart.',
			],
			[
				() => rocAuc().add(rocAuc().add(rocAuc().start(), scores([1, 3], [0, 1, 2], [1])), scores([1, 4], [0, 1, 2, 3], [1])),
				'rocAuc: expected scores of 3 columns as in the batches before, got 4. Pass those of one model.',
			],
			[
				() => rocAuc({ multilabel: true }).add(rocAuc().start(), scores([1, 3], [0, 1, 2], [1])),
				'rocAuc: expected scores and targets […, labels] of one shape, got targets of 1. Leave multilabel out, or pass 0 and 1.',
			],
			[
				() => rocAuc().add(rocAuc().start(), scores([2, 1], [0, 1], [0, 1])),
				'rocAuc: expected logits to have the shape of targets, or one axis of two or more classes more, got 2×1 and 2.',
			],
			[
				() => rocAuc().add(rocAuc().start(), batchOf({ outputs: { logits: int32([1], [1]) }, inputs: { targets: int32([1], [1]) } })),
				'rocAuc: expected logits to be float32 or float64, got int32. Name the scores, or cast them.',
			],
		],
	},
	averagePrecision: {
		golden: rankForms('precision', averagePrecision),
		refuses: [
			[
				() => averagePrecision({ average: 'micro' as never }),
				"averagePrecision: expected average to be one of 'macro', 'weighted', got 'micro'.",
			],
			[
				() => averagePrecision().add(averagePrecision().start(), scores([2], [0, Number.NaN], [0, 1])),
				'averagePrecision: expected logits to be finite numbers, got NaN in row 1. Did the training diverge?',
			],
		],
	},
	logLoss: {
		golden: probabilityForms((own, holds) => ({ '': [logLoss({ holds }), own['log loss']] })),
		refuses: [
			[() => logLoss({ holds: 'scores' as never }), "logLoss: expected holds to be one of 'logits', 'probabilities', got 'scores'."],
			[
				() => logLoss().add(logLoss().start(), scores([1, 3], [0, 1, 2], [3])),
				'logLoss: expected targets from 0 to 2, got 3. Set ignore where it does not count.',
			],
			[
				() => logLoss().add(logLoss().start(), scores([2, 2], [1, 2, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], [1, 0])),
				'logLoss: expected logits to be finite numbers, got -Infinity in row 1. Did the training diverge?',
			],
			[
				() => logLoss({ holds: 'probabilities' }).add(logLoss().start(), scores([1, 3], [0.5, 0.25, 0.5], [2])),
				"logLoss: expected logits that sum to 1 in each row, got 1.25. Leave holds: 'probabilities' out where they are logits.",
			],
		],
	},
	brier: {
		golden: probabilityForms((own, holds) => ({ '': [brier({ holds }), own.brier] })),
		refuses: [
			[
				() => brier({ holds: 'probabilities' }).add(brier().start(), scores([1], [1.5], [1])),
				"brier: expected logits from 0 to 1, got -0.5. Leave holds: 'probabilities' out where they are logits.",
			],
		],
	},
	calibrationError: {
		golden: probabilityForms(({ calibration }, holds) =>
			Object.fromEntries(
				Object.entries(calibration).map(([bins, { ece }]) => [`${bins} bins, `, [calibrationError({ holds, bins: Number(bins) }), ece]]),
			),
		),
		refuses: [[() => calibrationError({ bins: 0 }), 'calibrationError: expected bins to be a whole number from 1, got 0.']],
	},
	spanF1: {
		golden: rowsOf(golden.spans, (own) => ({
			'': spanRow(own, 'micro'),
			macro: spanRow(own, 'macro'),
			weighted: spanRow(own, 'weighted'),
		})),
		refuses: [[() => spanF1({} as never), 'spanF1: expected tags to be an array of tags such as O, B-PER and I-PER, got nothing.']],
	},
	perplexity: {
		golden: 'the reference implementations have none: e to the mean loss',
		forms: {
			perplexity: {
				metric: perplexity({ loss: 'words' }),
				// Two batches of very different size, and one in which nothing counts.
				batches: (size) =>
					cut(size, losses).map(([some]) =>
						batchOf({
							losses: {
								words: { sum: some.reduce((all, { sum }) => all + sum, 0), weight: some.reduce((all, { weight }) => all + weight, 0) },
							},
						}),
					),
				score: Math.exp(21 / 12),
			},
		},
		refuses: [
			[() => perplexity({ losses: 'a' } as never), 'perplexity: expected an option that it has, got losses. Did you mean loss?'],
			[
				() => perplexity().add({ sum: 0, weight: 0 }, batchOf({ losses: { words: { sum: 1, weight: 1 } } })),
				'perplexity: expected a loss called loss, got words. Name one of these.',
			],
		],
	},
	bleu: {
		golden: rowsOf(golden.texts, (own) => ({ '': textRow(own) })),
		refuses: [
			[() => bleu({} as never), 'bleu: expected translations to be a function, got nothing. Pass it.'],
			[() => bleu({ translations: () => [], order: 0 }), 'bleu: expected order to be a whole number from 1, got 0.'],
		],
	},
};

/** The forms of a metric by their names. */
export const formsOf = (row: MetricForms) => ('forms' in row ? row.forms : row.golden);
