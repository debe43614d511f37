// Every metric with what it is measured on, cut into batches: what the contract and the golden tests run over.
import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from 'textloom/graph';
import type * as everyMetric from 'textloom/metrics';
import {
	accuracy,
	bleu,
	type F1Options,
	f1,
	type MeasuredBatch,
	type Metric,
	perplexity,
	type SpanF1Options,
	spanF1,
	type Translation,
} from 'textloom/metrics';

/** The exports that make metrics. */
export type MetricName = {
	[Name in keyof typeof everyMetric]: (typeof everyMetric)[Name] extends (...options: never[]) => infer Made
		? Made extends Metric
			? Name
			: never
		: never;
}[keyof typeof everyMetric];

/** A metric, the same samples in batches of any size, and its score. */
export interface MetricRow {
	readonly metric: Metric;
	readonly batches: (size: number) => readonly MeasuredBatch[];
	readonly score: number;
}

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

export const batchOf = (parts: Partial<MeasuredBatch>): MeasuredBatch => ({ outputs: {}, inputs: {}, losses: {}, ...parts });
export const int32 = (shape: readonly number[], values: readonly number[]) => tensor('int32', shape, values);

/** Lists cut into parts of a size, one beside the other. */
function cut<T extends readonly (readonly unknown[])[]>(size: number, ...lists: T): T[] {
	const parts = Math.ceil(lists[0]!.length / size);
	return Array.from({ length: parts }, (_, part) => lists.map((list) => list.slice(part * size, (part + 1) * size)) as unknown as T);
}

/** Logits whose largest is at a class, two of them as large. */
export function logitsOf(classes: readonly number[], count: number): Tensor {
	const values = classes.flatMap((own) => Array.from({ length: count }, (_, at) => (at === own ? 2 : at > own ? 2 : -1 - at)));
	return tensor('float32', [classes.length, count], values);
}

const rowsOf = <Case>(cases: Readonly<Record<string, Case>>, row: (own: Case) => Readonly<Record<string, MetricRow | false>>) =>
	Object.fromEntries(
		Object.entries(cases).flatMap(([name, own]) =>
			Object.entries(row(own)).flatMap(([part, made]): [string, MetricRow][] => (made ? [[`${name}${part && `, ${part}`}`, made]] : [])),
		),
	);

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

function spanRow({ tags, targets, predicted, scores }: SpanCase, average: NonNullable<SpanF1Options['average']>): MetricRow {
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

function textRow({ order, texts, score }: TextCase): MetricRow {
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

/** At least one row for each metric: the type demands it. */
export const metrics: Record<MetricName, Readonly<Record<string, MetricRow>>> = {
	accuracy: rowsOf(golden.classes, (own) => ({
		'': { metric: accuracy(ignoring(own)), batches: classBatches(own), score: own.scores.accuracy! },
	})),
	f1: rowsOf(golden.classes, (own) => {
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
	spanF1: rowsOf(golden.spans, (own) => ({
		'': spanRow(own, 'micro'),
		macro: spanRow(own, 'macro'),
		weighted: spanRow(own, 'weighted'),
	})),
	perplexity: {
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
	bleu: rowsOf(golden.texts, (own) => ({ '': textRow(own) })),
};
