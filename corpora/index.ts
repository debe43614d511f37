// The corpora by name: what the command line lists.
import { agNews } from './ag-news.js';
import type { Corpus } from './corpus.js';
import { imdb } from './imdb.js';

/** Every corpus, by its name. */
export const corpora: Readonly<Record<string, Corpus>> = Object.fromEntries([agNews, imdb].map((corpus) => [corpus.name, corpus]));

export type { Corpus, CorpusDocuments, CorpusFile, LabelledText, Split } from './corpus.js';
