// What a search found: a row for each of the settings, ranked.
import { argumentOf } from '../../base/index.js';
import { type AnyStage, chain, isLearner, type LearnOptions, type Source } from '../../stream/index.js';
import type { Pipeline } from '../evaluate/options.js';
import { summaryOf } from '../evaluate/summary.js';
import type { SearchRow } from './search-row.js';
import type { Settings } from './settings.js';
import { resultsTable } from './table.js';

/** What a search found. */
export interface SearchResult<S extends Settings = Settings> {
	/** A row for each of the settings, in their order. */
	readonly rows: readonly SearchRow<S>[];
	/** The row of the largest mean, the first of equal ones. */
	readonly best: SearchRow<S>;
	/** The rows by rank, as text. */
	table(): string;
	/** The pipeline with some settings (default: the best), learned from all documents. */
	refit(options?: RefitOptions<S>): Promise<AnyStage>;
}

/** How a pipeline is learned from all documents. */
export interface RefitOptions<S extends Settings = Settings> extends LearnOptions {
	/** Those of a row. Default: the best. */
	readonly row?: SearchRow<S>;
}

/** Ranks the scores of settings. `parts` are the pipelines. */
export function searchResult<S extends Settings>(
	who: string,
	scored: readonly { readonly settings: S; readonly scores: readonly number[]; readonly seconds: number }[],
	{ docs, parts }: { readonly docs: Source<object>; readonly parts: readonly (readonly Pipeline[])[] },
): SearchResult<S> {
	const means = scored.map(({ scores }) => summaryOf(scores).mean);
	const rows = scored.map(({ settings, scores, seconds }, at): SearchRow<S> => {
		const rank = 1 + means.filter((mean) => mean > means[at]!).length;
		return { settings, scores, ...summaryOf(scores), rank, seconds };
	});
	const best = rows.find(({ rank }) => rank === 1)!;
	return {
		...{ rows, best },
		table: () => resultsTable(rows),
		async refit({ row = best, ...learning }: RefitOptions<S> = {}) {
			const known = {
				expected: 'a row of this search',
				fits: (value: unknown) => rows.includes(value as SearchRow<S>),
				next: 'Pass one of rows.',
			};
			const own = parts[rows.indexOf(argumentOf(who, 'row', row, known))]!;
			const whole = (chain as unknown as (...parts: readonly Pipeline[]) => Pipeline)(...own);
			return isLearner(whole) ? whole.fit(docs, learning) : whole;
		},
	};
}
