// The rows that are most similar to a query, exactly: one query over many rows by their codes first, which are a quarter of the memory.
import type { Best } from './best.js';
import { blockRows, codeBytes, queriesAtOnce, type Rows, registers } from './rows.js';
import { compareAll, placeQueries } from './scores.js';

/** Fewer rows, or wider ones, are compared at once. */
const [leastRows, widest] = [8192, 8000];

/** Adds the best of the first `end` rows for each query of length 1. */
export function search(rows: Rows, queries: readonly Float32Array[], end: number, bests: readonly Best[]): void {
	if (queries.length === 1 && end >= leastRows && rows.width <= widest) {
		screen(rows, queries[0]!, end, bests[0]!);
		return;
	}
	compareAll(rows, queries, end, (query, first, count, scores, step) => {
		const best = bests[query]!;
		let { least } = best;
		for (let row = 0, at = 0; row < count; row++, at += step) {
			if (!(scores[at]! > least)) continue;
			best.add(first + row, scores[at]!);
			least = best.least;
		}
	});
}

/**
 * With u the row of length 1, u = s c + e (scale, codes, rest) and the query q = t d + f (d of 16 bits), the cosine is s t (c · d) + s c · f + e · q, so
 * at most s t (c · d) + (1 + ‖e‖) ‖f‖ + ‖e‖. A row whose bound is above the least of the best so far is compared itself: by the same sums as all are
 * without codes, so that the answer is the same to the last bit.
 */
function screen(rows: Rows, query: Float32Array, end: number, best: Best): void {
	const { width } = rows;
	const [stride, bytes, perCode] = [width * 4, registers(width), codeBytes(width)];
	const { whole, factor, error } = rounded(query, perCode);
	// The rest of a row is at most 1 long. Sums of float32 are off by less than their terms times 2⁻²⁴.
	const margin = 2 * error + (width + 32) * 2 ** -24;
	for (const { first } of rows.chunks) {
		if (first >= end) break;
		const { kernel, buffer, at, count } = rows.codedChunkOf(first);
		// The codes of the query lie behind it: there is room for four queries of float32, and these are two bytes for each number.
		placeQueries(buffer, at.queries, bytes, [query]);
		const codesOfQuery = at.queries + 2 * bytes;
		new Int16Array(buffer, codesOfQuery, perCode).set(whole);
		const out = at.out + blockRows * (queriesAtOnce - 1) * 4;
		const bounds = new Float32Array(buffer, out, blockRows);
		const score = new Float32Array(buffer, at.out, 1);
		const last = Math.min(count, end - first);
		for (let from = 0; from < last; from += blockRows) {
			const some = Math.min(blockRows, last - from);
			const scales = at.scales + from * 4;
			kernel.bounds(at.codes + from * perCode, perCode, codesOfQuery, scales, at.errors + from * 4, factor, out, some);
			let least = best.least - margin;
			for (let i = 0; i < some; i++) {
				if (!(bounds[i]! > least)) continue;
				const row = from + i;
				kernel.scores(row * stride, stride, bytes, at.queries, at.norms + row * 4, at.out, 1);
				best.add(first + row, score[0]!);
				least = best.least - margin;
			}
		}
	}
}

/** A query as whole numbers times a factor, so large that sums of products with codes stay below 2³¹, and how far it is from them. */
function rounded(query: Float32Array, size: number): { whole: Int16Array; factor: number; error: number } {
	const largest = Math.min(32767, Math.floor(2 ** 31 / (128 * size)) - 1);
	const most = query.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
	const factor = most > 0 ? most / largest : 1;
	const whole = new Int16Array(size);
	let squares = 0;
	for (let i = 0; i < query.length; i++) {
		whole[i] = Math.round(query[i]! / factor);
		squares += (query[i]! - factor * whole[i]!) ** 2;
	}
	return { whole, factor, error: Math.sqrt(squares) + 1e-7 };
}
