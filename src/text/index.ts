export { type CleanOptions, clean, cleanText } from './clean.js';
export { englishStopwords, type StopwordsOptions, stopwords } from './stopwords.js';
export { type WordsOptions, words, wordTokens } from './words.js';
