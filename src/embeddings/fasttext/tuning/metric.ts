// What an automatic tuning looks for, as fastText writes it.
import type { Kind } from '../../../base/index.js';
import { precisionAtRecall, recallAtPrecision } from '../predicting/meter.js';
import type { Tally } from '../predicting/tally.js';

/**
 * `f1`, or `f1:LABEL` of one label; `precisionAtRecall:30`, the best precision with a recall of at least 30%, or `precisionAtRecall:30:LABEL`; `recallAtPrecision`
 * likewise.
 */
export type FastTextMetric =
	| 'f1'
	| `f1:${string}`
	| `precisionAtRecall:${number}`
	| `precisionAtRecall:${number}:${string}`
	| `recallAtPrecision:${number}`
	| `recallAtPrecision:${number}:${string}`;

interface Parsed {
	readonly kind: 'f1' | 'precisionAtRecall' | 'recallAtPrecision';
	readonly least: number;
	readonly label?: string;
}

function parsed(metric: unknown): Parsed | undefined {
	if (typeof metric !== 'string') return undefined;
	const f1 = /^f1(?::(.+))?$/s.exec(metric);
	if (f1) return { kind: 'f1', least: 0, ...(f1[1] !== undefined && { label: f1[1] }) };
	const other = /^(precisionAtRecall|recallAtPrecision):(\d+(?:\.\d+)?)(?::(.+))?$/s.exec(metric);
	if (!other || Number(other[2]) > 100) return undefined;
	return { kind: other[1] as Parsed['kind'], least: Number(other[2]) / 100, ...(other[3] !== undefined && { label: other[3] }) };
}

/** The kind of a metric. */
export const metricKind: Kind = {
	expected: "'f1', 'f1:LABEL', 'precisionAtRecall:30', 'recallAtPrecision:30', or one of these with ':LABEL'",
	fits: (value) => parsed(value) !== undefined,
	next: "Write such as 'f1:good'.",
};

/** The label that a metric names. */
export const labelOf = (metric: FastTextMetric): string | undefined => parsed(metric)!.label;

/** The score of predictions; `labels` are those of the model. */
export function scoreOf(metric: FastTextMetric, tally: Tally, labels: readonly string[]): number {
	const { kind, least, label } = parsed(metric)!;
	if (kind === 'f1') {
		const scores = tally.scores();
		return (label === undefined ? scores.f1 : scores.labels[label]?.f1) ?? Number.NaN;
	}
	const { predictions, gold } = tally.scored(label === undefined ? undefined : labels.indexOf(label));
	return (kind === 'precisionAtRecall' ? precisionAtRecall : recallAtPrecision)(predictions, gold, least);
}
