// The user's own files as a corpus: a part of the rows is for testing.
import { basename } from 'node:path';
import { randomFloat } from '../../base/index.js';
import { createCache, documentsFrom } from '../../stream/index.js';
import type { RecipeCorpus, RecipeDocuments } from '../../train/recipes.js';
import type { Labelled } from '../catalog.js';
import { type LabelledInput, labelled } from './labelled.js';

const testShare = 0.1;

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

/** The rows as a corpus: a tenth of them, fixed by their place, for testing; the first of each class always for training. */
export async function ownCorpus(paths: readonly string[], input: LabelledInput): Promise<OwnCorpus> {
	const rows = await labelled(paths, input);
	const cache = createCache();
	const all = rows.replayable ? rows : cache.through(rows, []);
	// Kept at the first whole pass, and there is only one.
	if (!rows.replayable) for await (const _ of all.chunks());
	const split = (test: boolean): RecipeDocuments<Labelled> => {
		const docs = documentsFrom(async function* () {
			const seen = new Set<string>();
			let row = 0;
			for await (const chunk of all.chunks() as AsyncIterable<{ text: string; label: string }[]>) {
				const part = chunk.filter(({ label }) => {
					const first = !seen.has(label);
					if (first) seen.add(label);
					return (randomFloat(0, 0, row++) < testShare && !first) === test;
				});
				if (part.length > 0) yield part;
			}
		});
		const origin = `${test ? 'a tenth' : 'nine tenths'} of ${paths.length > 1 ? nameOf(paths) : paths[0] === '-' ? 'stdin' : paths[0]}`;
		return Object.assign(docs, { origin, sample: false, counts: rows.counts });
	};
	return { corpus: { name: nameOf(paths), train: () => split(false), test: () => split(true) }, close: () => cache.close() };
}
