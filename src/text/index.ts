export { type StemWith, stemWith, type TokenizeWith, tokenizeWith } from './adapters.js';
export { type CleanOptions, clean, cleanText } from './clean.js';
export { type StemAlgorithm, type StemOptions, stem, stemmer } from './stem.js';
export { type StemLanguage, stemLanguages } from './stemmers/snowball.js';
export { englishStopwords, type StopwordsOptions, stopwordLanguages, stopwords, stopwordsOf } from './stopwords.js';
export { type WordsOptions, words, wordTokens } from './words.js';
