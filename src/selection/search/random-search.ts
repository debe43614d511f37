// Random search: settings drawn from distributions.
import { is, optionsOf } from '../../base/index.js';
import type { Source } from '../../stream/index.js';
import type { Pipeline } from '../evaluate/options.js';
import { type Distribution, type Distributions, drawn } from './drawn.js';
import { type Searched, type SearchOptions, searchKinds } from './options.js';
import { searchOver } from './search.js';
import type { SearchResult } from './search-result.js';

/** A setting that is drawn. */
type Drawn<D extends Distribution> = D extends { readonly choice: readonly (infer Value)[] } ? Value : number;

/** The settings that are drawn. */
export type DrawnSettings<D extends Distributions> = { readonly [Name in keyof D]: Drawn<D[Name]> };

/** How settings are drawn and searched. */
export interface RandomSearchOptions<D, From extends Distributions> extends SearchOptions<D, DrawnSettings<From>> {
	/** What each setting is drawn from. */
	readonly draw: From;
	/** How many settings are tried. */
	readonly count: number;
}

/**
 * Cross-validates a pipeline with settings that are drawn at random (Bergstra and Bengio 2012), as `search` does: where few of the settings matter, it
 * finds as good ones as a grid with a fraction of the work. `seed` is that of the folds and of what is drawn.
 *
 * @throws {RangeError} for settings that the pipeline does not have, before anything is learned.
 *
 * @example
 * const { best } = await randomSearch(({ minCount, punctuation }) => chain(words({ punctuation }), vocabulary({ minCount }), classifier), docs, {
 * 	draw: { minCount: { whole: [1, 10] }, punctuation: { choice: [true, false] } },
 * 	count: 10,
 * 	seed: 1,
 * });
 */
export function randomSearch<D extends object, const From extends Distributions>(
	make: (settings: DrawnSettings<NoInfer<From>>) => Pipeline,
	docs: Source<D>,
	options: RandomSearchOptions<D, From>,
): Promise<SearchResult<DrawnSettings<From>>>;
export function randomSearch<D extends object, const From extends Distributions>(
	pipeline: Pipeline,
	docs: Source<D>,
	options: RandomSearchOptions<D, From>,
): Promise<SearchResult<DrawnSettings<From>>>;
export async function randomSearch<D extends object, From extends Distributions>(
	pipeline: Searched<DrawnSettings<From>>,
	docs: Source<D>,
	options: RandomSearchOptions<D, From>,
): Promise<SearchResult<DrawnSettings<From>>> {
	const kinds = { ...searchKinds, draw: is.needed(is.object), count: is.needed(is.whole(1)) };
	const { draw, count, ...rest } = optionsOf('randomSearch', options ?? {}, kinds);
	const settings = drawn(draw, { count, ...(rest.seed !== undefined && { seed: rest.seed }) }, 'randomSearch') as DrawnSettings<From>[];
	return searchOver('randomSearch', { pipeline, docs, settings }, rest as SearchOptions<D, DrawnSettings<From>>);
}
