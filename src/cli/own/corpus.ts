// The user's own files as a corpus: some files, or a part of the rows, are for testing.
import { basename } from 'node:path';
import { byCodePoint } from '../../base/index.js';
import { createCache, type Documents } from '../../stream/index.js';
import { type AnyTask, corpusOf, type RecipeCorpus, type RecipeDocuments } from '../../train/recipes.js';
import { UsageError } from '../usage-error.js';
import { type LabelledInput, labelled } from './labelled.js';

/** What the files are called together. */
export function nameOf([first, ...more]: readonly string[]): string {
	const name = first === '-' ? 'stdin' : basename(first!);
	return more.length > 0 ? `${name} and ${more.length} more` : name;
}

const originOf = (paths: readonly string[]) => (paths.length === 1 && paths[0] !== '-' ? paths[0]! : nameOf(paths));

/** A corpus, to be closed when done: what came from stdin is kept till then. */
export interface OwnCorpus {
	readonly corpus: RecipeCorpus;
	close(): Promise<void>;
}

/** Files for training, and those for testing, if there are any. */
export interface OwnFiles extends LabelledInput {
	readonly test: readonly string[];
}

/** The rows as a corpus: those of `test`, which are looked at here, else one in ten of each class, are for testing. */
export async function ownCorpus(paths: readonly string[], input: OwnFiles, task: AnyTask): Promise<OwnCorpus> {
	if (input.test.includes('-')) throw new UsageError('expected files for --test, got stdin.');
	const rows = await labelled(paths, input, task);
	const cache = createCache();
	const close = () => cache.close();
	try {
		const all = rows.replayable ? rows : Object.assign(cache.through(rows, []) as Documents<object>, { counts: rows.counts });
		// Kept at the first whole pass, and there is only one.
		if (!rows.replayable) for await (const _ of all.chunks());
		const name = nameOf(paths);
		if (input.test.length === 0) return { corpus: corpusOf(all, { origin: originOf(paths), name }), close };
		const tests = await labelled(input.test, input, task, await classesOf(all, task));
		// Before the training, not after it.
		for await (const _ of tests.chunks());
		const named = (docs: Documents<object>, files: readonly string[]): RecipeDocuments =>
			Object.assign(docs, { origin: originOf(files), sample: false });
		return { corpus: { name, train: () => named(all, paths), test: () => named(tests, input.test) }, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** The labels there are, of a task of one label. */
async function classesOf(docs: Documents<object>, { needs }: AnyTask): Promise<readonly string[] | undefined> {
	if ((needs as { label?: string }).label !== 'name') return undefined;
	const names = new Set<string>();
	for await (const { label } of docs as Documents<{ label: string }>) names.add(label);
	return [...names].sort(byCodePoint);
}
