// The corpora by name: what the command line lists.
import type { AnyCorpus, Kind } from './corpus.js';
import * as published from './published.js';

/** The kinds in the order in which corpora are listed. */
const order: Readonly<Record<Kind, number>> = { classification: 0, pairs: 1, text: 2, tagging: 3, segmentation: 4 };

const all: readonly AnyCorpus[] = Object.values(published);

/** Every corpus, by its name: those for the same work beside each other. */
export const corpora: Readonly<Record<string, AnyCorpus>> = Object.fromEntries(
	all.toSorted((a, b) => order[a.kind] - order[b.kind]).map((corpus) => [corpus.name, corpus]),
);

export type * from './corpus.js';
export { type DownloadedFile, type DownloadOptions, download } from './download.js';
export { cacheFolder, dataFolders } from './folders.js';
export * from './published.js';
