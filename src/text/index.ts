export { type CleanOptions, clean, cleanText } from './clean.js';
export { englishStopwords, type StopwordsOptions, stopwords } from './stopwords.js';
export type { Subwords, SubwordsOptions } from './subword/encoder.js';
export { reviveSubwords, type SubwordStage, subwords } from './subword/subwords.js';
export type { TokenizerJson } from './subword/tokenizer-json.js';
export { type WordsOptions, words, wordTokens } from './words.js';
