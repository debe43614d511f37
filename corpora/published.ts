// Every corpus, one line a file: the index, the command line and the tests know of them from here.
export { agNews } from './ag-news.js';
export { timeMachine, tinyShakespeare } from './books.js';
export { chnSentiCorp } from './chn-senti-corp.js';
export { conll2003 } from './conll2003.js';
export { imdb } from './imdb.js';
export { msraNer } from './msra-ner.js';
export { multi30kDe, multi30kFr } from './multi30k.js';
export { onlineShopping, onlineShoppingCategories } from './online-shopping.js';
export { peoplesDaily } from './peoples-daily.js';
export { ptb } from './ptb.js';
export { sighanMsr, sxu } from './sighan.js';
export { sst5 } from './sst5.js';
export { tatoeba } from './tatoeba.js';
export { thucnews } from './thucnews.js';
export { trec, trecFine } from './trec.js';
export { twentyNewsgroups } from './twenty-newsgroups.js';
export { udEnglish } from './ud-english.js';
export { weiboNer } from './weibo-ner.js';
