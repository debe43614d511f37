// The corpora by name: what the command line lists.
import { agNews } from './ag-news.js';
import { timeMachine, tinyShakespeare } from './books.js';
import { chnSentiCorp } from './chn-senti-corp.js';
import { conll2003 } from './conll2003.js';
import type { AnyCorpus } from './corpus.js';
import { imdb } from './imdb.js';
import { msraNer } from './msra-ner.js';
import { multi30kDe, multi30kFr } from './multi30k.js';
import { onlineShopping, onlineShoppingCategories } from './online-shopping.js';
import { peoplesDaily } from './peoples-daily.js';
import { ptb } from './ptb.js';
import { sighanMsr, sxu } from './sighan.js';
import { sst5 } from './sst5.js';
import { tatoeba } from './tatoeba.js';
import { thucnews } from './thucnews.js';
import { trec, trecFine } from './trec.js';
import { twentyNewsgroups } from './twenty-newsgroups.js';
import { udEnglish } from './ud-english.js';
import { weiboNer } from './weibo-ner.js';

const all: readonly AnyCorpus[] = [
	...[agNews, imdb, twentyNewsgroups, sst5, trec, trecFine, thucnews, chnSentiCorp, onlineShopping, onlineShoppingCategories],
	...[multi30kDe, multi30kFr, tatoeba],
	...[ptb, timeMachine, tinyShakespeare],
	...[conll2003, weiboNer, msraNer, udEnglish],
	...[peoplesDaily, sighanMsr, sxu],
];

/** Every corpus, by its name. */
export const corpora: Readonly<Record<string, AnyCorpus>> = Object.fromEntries(all.map((corpus) => [corpus.name, corpus]));

export type * from './corpus.js';
export { type DownloadedFile, type DownloadOptions, download } from './download.js';
export { cacheFolder, dataFolders } from './folders.js';
