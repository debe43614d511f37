export { type Keyword, type KeywordsOptions, keywords } from './tfidf.js';
