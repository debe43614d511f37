// The user's own files as a corpus: a part of the rows is for testing.
import { basename } from 'node:path';
import { createCache, type Documents } from '../../stream/index.js';
import { corpusOf, type RecipeCorpus } from '../../train/recipes.js';
import type { Labelled } from '../catalog.js';
import { type LabelledInput, labelled } from './labelled.js';

/** What the files are called together. */
export function nameOf([first, ...more]: readonly string[]): string {
	const name = first === '-' ? 'stdin' : basename(first!);
	return more.length > 0 ? `${name} and ${more.length} more` : name;
}

/** A corpus, to be closed when done: what came from stdin is kept till then. */
export interface OwnCorpus {
	readonly corpus: RecipeCorpus<Labelled>;
	close(): Promise<void>;
}

/** The rows as a corpus: one in ten of each class is for testing. */
export async function ownCorpus(paths: readonly string[], input: LabelledInput): Promise<OwnCorpus> {
	const rows = await labelled(paths, input);
	const cache = createCache();
	const kept = () => Object.assign(cache.through(rows, []) as Documents<Labelled>, { counts: rows.counts });
	const all = rows.replayable ? rows : kept();
	// Kept at the first whole pass, and there is only one.
	if (!rows.replayable) for await (const _ of all.chunks());
	const origin = paths.length === 1 && paths[0] !== '-' ? paths[0]! : nameOf(paths);
	return { corpus: corpusOf(all, { origin, name: nameOf(paths) }), close: () => cache.close() };
}
