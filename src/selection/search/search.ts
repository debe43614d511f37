// A search: which settings of a pipeline are best, by cross-validation.
import { argumentOf, canonical, is, type Kind, optionsOf } from '../../base/index.js';
import type { Source } from '../../stream/index.js';
import { isPipeline, pipelineKind } from '../evaluate/check-parts.js';
import { evaluate } from '../evaluate/evaluate.js';
import type { Pipeline } from '../evaluate/options.js';
import { prepared } from '../evaluate/prepare.js';
import { dataHash, pipelineHash } from './fingerprint.js';
import { madeOf } from './made.js';
import { type ListSearchOptions, type Searched, type SearchOptions, searchKinds } from './options.js';
import { openResults, type Result } from './results-file.js';
import { type SearchResult, searchResult } from './search-result.js';
import type { Settings } from './settings.js';
import { withSettings } from './with-settings.js';

const settingsKind: Kind = {
	expected: 'an array of settings',
	fits: (value) => Array.isArray(value) && value.length > 0 && value.every(is.object.fits),
	next: "Write [{ 'vocabulary.minCount': 1 }, …].",
};

/**
 * Cross-validates a pipeline with each of the settings. All have the same folds. What settings have in common is computed once: the stages before
 * the first learner or setting once in all, what comes before the first difference once a fold, and so on at each further one.
 *
 * @throws {RangeError} for settings that the pipeline does not have, before anything is learned.
 *
 * @example
 * const { best, table, refit } = await search(chain(words(), vocabulary(), classifier), docs, { settings: [{ 'vocabulary.minCount': 1 }, { 'vocabulary.minCount': 5 }] });
 */
export function search<D extends object, const S extends Settings>(
	make: (settings: NoInfer<S>) => Pipeline,
	docs: Source<D>,
	options: ListSearchOptions<D, S>,
): Promise<SearchResult<S>>;
export function search<D extends object, const S extends Settings>(
	pipeline: Pipeline,
	docs: Source<D>,
	options: ListSearchOptions<D, S>,
): Promise<SearchResult<S>>;
export async function search<D extends object, S extends Settings>(
	pipeline: Searched<S>,
	docs: Source<D>,
	options: ListSearchOptions<D, S>,
): Promise<SearchResult<S>> {
	const { settings, ...rest } = optionsOf('search', options ?? {}, { ...searchKinds, settings: is.needed(settingsKind) });
	return searchOver('search', { pipeline, docs, settings }, rest);
}

/** The same for whoever made the settings. */
export async function searchOver<D extends object, S extends Settings>(
	who: string,
	{ pipeline, docs, settings }: { pipeline: Searched<S>; docs: Source<D>; settings: readonly S[] },
	options: SearchOptions<D, S>,
): Promise<SearchResult<S>> {
	const { folder, stages, onProgress, predicted = 'predicted', inMemory = 50_000, signal } = options;
	expectDifferent(who, settings);
	argumentOf(who, 'pipeline', pipeline, pipelineKind);
	const parts = isPipeline(pipeline)
		? settings.map(withSettings(who, pipeline, stages))
		: madeOf(who, pipeline as (given: Settings) => Pipeline, settings);
	const hash = folder === undefined ? undefined : dataHash(who);
	const ready = await prepared(who, docs, options, hash?.add);
	const file = folder === undefined ? undefined : await openResults(who, folder);
	const whole = hash?.digest([
		JSON.stringify([ready.truth, predicted, String(options.score ?? 'accuracy')]),
		...ready.folds.flatMap(({ train, test }) => [new Uint8Array(train.buffer), '|', new Uint8Array(test.buffer), '\n']),
	]);
	const hashes = whole === undefined ? [] : parts.map((some) => pipelineHash(who, some, whole));
	const known = (chain: number, fold: number) => file?.find({ of: hashes[chain]!, settings: settings[chain]!, fold });
	const results = settings.map((_, chain) =>
		ready.folds.map((_, fold): Pick<Result, 'score' | 'seconds'> | undefined => known(chain, fold)),
	);
	let done = results.flat().filter((result) => result !== undefined).length;
	await evaluate(docs, {
		...ready,
		who,
		chains: () => parts,
		wanted: (fold) => settings.flatMap((_, chain) => (results[chain]![fold] ? [] : [chain])),
		named: (chain) => ` of ${canonical(settings[chain], who, 'settings')}`,
		async onEvaluated({ chain, fold, score, seconds }) {
			const result = { settings: settings[chain]!, fold, score, seconds };
			results[chain]![fold] = result;
			await file?.add({ of: hashes[chain]!, ...result });
			onProgress?.({ done: ++done, total: settings.length * ready.folds.length, ...result });
		},
		...{ predicted, inMemory, signal },
	});
	const scored = settings.map((some, chain) => {
		const row = results[chain]! as Pick<Result, 'score' | 'seconds'>[];
		return { settings: some, scores: row.map(({ score }) => score), seconds: row.reduce((sum, { seconds }) => sum + seconds, 0) };
	});
	return searchResult(who, scored, { docs, parts });
}

/** Throws for settings that are not data, or that are there twice. */
function expectDifferent(who: string, settings: readonly Settings[]): void {
	const seen = new Set<string>();
	for (const some of settings) {
		const text = canonical(some, who, 'settings');
		if (seen.has(text)) throw new RangeError(`${who}: expected settings that differ, got ${text} twice. Take one out.`);
		seen.add(text);
	}
}
