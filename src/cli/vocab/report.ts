// What `textloom vocab` prints: the most frequent words, what share of the tokens they are, and counts by rank.
import type { Vocabulary, Zipf } from '../../features/index.js';
import { count, percent } from '../output.js';

/** `words`, or `2-grams`. */
export const ofLength = (n: number) => (n === 1 ? 'words' : `${n}-grams`);

/** Ranks that are printed: 1, 2, 5, 10, 20, … and the last. */
function ranks(last: number): number[] {
	const found: number[] = [];
	for (let power = 1; power <= last; power *= 10) found.push(...[1, 2, 5].map((digit) => digit * power).filter((rank) => rank <= last));
	return found.at(-1) === last ? found : [...found, last];
}

/** Lines of columns, numbers at the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
	const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? [];
	return rows.map((row) => `  ${row.map((cell, column) => cell.padStart(widths[column]!)).join('  ')}`.trimEnd());
}

/** Rank, count, share and word. */
export function frequentLines({ tokens, counts }: Vocabulary, top: number): string[] {
	const all = counts.reduce((sum, count) => sum + count, 0);
	const most = tokens.slice(2, 2 + top);
	const numbers = columns(most.map((_, place) => [`${place + 1}`, count(counts[place + 2]!), percent(counts[place + 2]! / all)]));
	return most.map((token, place) => `${numbers[place]}  ${token}`);
}

/** The share of all tokens that the most frequent 10, 100, … are. */
export function coverageOf({ counts }: Vocabulary): { rank: number; share: number }[] {
	const all = counts.reduce((sum, count) => sum + count, 0);
	const found: { rank: number; share: number }[] = [];
	let known = 0;
	for (let id = 2; id < counts.length; id++) {
		known += counts[id]!;
		const rank = id - 1;
		if (/^10+$/.test(String(rank)) || rank === counts.length - 2) found.push({ rank, share: known / all });
	}
	return found;
}

/** The same for people. */
export function coverageLines(fitted: Vocabulary, n: number): string[] {
	const rows = coverageOf(fitted).map(({ rank, share }) => [count(rank), percent(share)]);
	return [`The most frequent ${ofLength(n)} are so much of all:`, ...columns(rows)];
}

/** Counts by rank, with those of the line. */
export function zipfRows(law: Zipf): { rank: number; count: number; line: number }[] {
	return ranks(law.counts.length).map((rank) => ({ rank, count: law.counts[rank - 1]!, line: law.at(rank) }));
}

/** The same for people. */
export function zipfLines(law: Zipf): string[] {
	const line = (value: number) => (value < 10 ? value.toFixed(1) : count(value));
	const rows = zipfRows(law).map((row) => [count(row.rank), count(row.count), line(row.line)]);
	return [
		`Zipf: count ≈ ${line(law.constant)} / rank^${law.exponent.toFixed(3)}, R² ${law.explained.toFixed(3)}`,
		...columns([['rank', 'count', 'line'], ...rows]),
	];
}
