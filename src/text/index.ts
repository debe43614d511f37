export { basicEnglish, basicEnglishTokens } from './basic-english.js';
export { type CharactersOptions, characters } from './characters.js';
export { type CleanOptions, clean, cleanText, type Treatment } from './clean.js';
export { type RegexpOptions, regexp } from './regexp.js';
export { sentences, splitSentences } from './sentences.js';
export { englishStopwords, type StopwordsOptions, stopwords } from './stopwords.js';
export type { Offset, Tokenizer, TokenizerOptions } from './tokenizer.js';
export { whitespace } from './whitespace.js';
export { type WordsOptions, words, wordTokens } from './words.js';
