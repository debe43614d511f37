// Grid search: all combinations of some values.
import { is, optionsOf } from '../../base/index.js';
import type { Source } from '../../stream/index.js';
import type { Pipeline } from '../evaluate/options.js';
import { type Searched, type SearchOptions, searchKinds } from './options.js';
import { searchOver } from './search.js';
import type { SearchResult } from './search-result.js';
import { combinations, type Grid, type SettingsOf } from './settings.js';

/** How a grid is searched. */
export interface GridSearchOptions<D, G extends Grid> extends SearchOptions<D, SettingsOf<G>> {
	/** The values of each setting. */
	readonly grid: G;
}

/**
 * Cross-validates a pipeline with all combinations of the values, as `search` does.
 *
 * @throws {RangeError} for settings that the pipeline does not have, before anything is learned.
 *
 * @example
 * const { best, table, refit } = await gridSearch(chain(words(), vocabulary(), classifier), docs, {
 * 	grid: { 'words.punctuation': [true, false], 'vocabulary.minCount': [1, 2, 5] },
 * 	score: 'f1Macro',
 * 	folder: 'runs/grid',
 * });
 * console.error(table());
 * const model = await refit();
 */
export function gridSearch<D extends object, const G extends Grid>(
	make: (settings: SettingsOf<NoInfer<G>>) => Pipeline,
	docs: Source<D>,
	options: GridSearchOptions<D, G>,
): Promise<SearchResult<SettingsOf<G>>>;
export function gridSearch<D extends object, const G extends Grid>(
	pipeline: Pipeline,
	docs: Source<D>,
	options: GridSearchOptions<D, G>,
): Promise<SearchResult<SettingsOf<G>>>;
export async function gridSearch<D extends object, G extends Grid>(
	pipeline: Searched<SettingsOf<G>>,
	docs: Source<D>,
	options: GridSearchOptions<D, G>,
): Promise<SearchResult<SettingsOf<G>>> {
	const { grid, ...rest } = optionsOf('gridSearch', options ?? {}, { ...searchKinds, grid: is.needed(is.object) });
	return searchOver(
		'gridSearch',
		{ pipeline, docs, settings: combinations<G>(grid as G, 'gridSearch') },
		rest as SearchOptions<D, SettingsOf<G>>,
	);
}
