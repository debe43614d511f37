export { type CleanOptions, clean, cleanText } from './clean.js';
export { type WordsOptions, words, wordTokens } from './words.js';
