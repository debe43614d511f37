// What tests of metrics are made of: the form of a metric with its score, and samples cut into batches.
import { tensor } from 'textloom/graph';
import type { MeasuredBatch, Metric } from 'textloom/metrics';

/** A metric, the same samples in batches of any size, and its score. */
export interface MetricForm {
	readonly metric: Metric;
	readonly batches: (size: number) => readonly MeasuredBatch[];
	readonly score: number;
}

export const batchOf = (parts: Partial<MeasuredBatch>): MeasuredBatch => ({ outputs: {}, inputs: {}, losses: {}, ...parts });
export const int32 = (shape: readonly number[], values: readonly number[]) => tensor('int32', shape, values);

/** Lists cut into parts of a size, one beside the other. */
export function cut<T extends readonly (readonly unknown[])[]>(size: number, ...lists: T): T[] {
	const parts = Math.ceil(lists[0]!.length / size);
	return Array.from({ length: parts }, (_, part) => lists.map((list) => list.slice(part * size, (part + 1) * size)) as unknown as T);
}

/** The forms of every case, by the case's name and the form's own. */
export const rowsOf = <Case>(cases: Readonly<Record<string, Case>>, row: (own: Case) => Readonly<Record<string, MetricForm | false>>) =>
	Object.fromEntries(
		Object.entries(cases).flatMap(([name, own]) =>
			Object.entries(row(own)).flatMap(([part, made]): [string, MetricForm][] => (made ? [[`${name}${part && `, ${part}`}`, made]] : [])),
		),
	);
