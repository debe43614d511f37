// The results of a search as a table of text.
import type { SearchRow } from './search-row.js';

/** Rows by rank: rank, mean score, its deviation over the folds, and each setting. Columns are as wide as their widest cell. */
export function resultsTable(rows: readonly SearchRow[]): string {
	const names = [...new Set(rows.flatMap(({ settings }) => Object.keys(settings)))];
	const head = ['rank', 'mean', 'deviation', ...names];
	const ranked = rows.toSorted((a, b) => a.rank - b.rank);
	const cells = ranked.map(({ rank, mean, deviation, settings }) => [
		String(rank),
		mean.toFixed(4),
		deviation.toFixed(4),
		...names.map((name) => (Object.hasOwn(settings, name) ? JSON.stringify(settings[name]) : '')),
	]);
	const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)));
	return [head, ...cells]
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
