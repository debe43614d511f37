export { type CleanOptions, clean, cleanText } from './clean.js';
export { type StemAlgorithm, type StemOptions, stem, stemmer } from './stem.js';
export { type StemLanguage, stemLanguages } from './stemmers/snowball.js';
export { englishStopwords, type StopwordsOptions, stopwords } from './stopwords.js';
export { type WordsOptions, words, wordTokens } from './words.js';
