export { type CleanOptions, clean, cleanText } from './clean.js';
export { englishStopwords, type StopwordsOptions, stopwords } from './stopwords.js';
export type { Subwords, SubwordsOptions } from './subword/encoder.js';
export { reviveSubwords, type SubwordStage, subwords } from './subword/subwords.js';
export type { TokenizerJson } from './subword/tokenizer-json.js';
export { type BpeOptions, bpe } from './subword/training/bpe.js';
export type { SubwordTraining } from './subword/training/options.js';
export { type WordpieceOptions, wordpiece } from './subword/training/wordpiece.js';
export { type WordsOptions, words, wordTokens } from './words.js';
