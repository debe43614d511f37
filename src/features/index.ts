export { type Batch, type BatchOptions, batches } from './batches.js';
export { type Bm25, type Bm25Options, bm25 } from './bm25.js';
export { type CharacterIds, type CharacterIdsOptions, characterIds } from './character-ids.js';
export { type CountsOptions, counts } from './counts.js';
export { type HashingOptions, hashing } from './hashing.js';
export { type Labels, type LabelsOptions, labels } from './labels.js';
export { estimatedJaccard, hammingDistance, mergedSignature } from './near/compare.js';
export type { IndexKey } from './near/keyed-bands.js';
export { type Bands, type LshBandsOptions, lshBands } from './near/lsh-bands.js';
export { type Minhash, type MinhashOptions, minhash } from './near/minhash.js';
export {
	createMinhashIndex,
	type MinhashIndex,
	type MinhashIndexOptions,
	type MinhashIndexState,
	minhashIndexOf,
} from './near/minhash-index.js';
export { type NearDuplicate, nearDuplicates } from './near/near-duplicates.js';
export { type Simhash, type SimhashOptions, simhash } from './near/simhash.js';
export {
	createSimhashIndex,
	type SimhashIndex,
	type SimhashIndexOptions,
	type SimhashIndexState,
	simhashIndexOf,
} from './near/simhash-index.js';
export { type OneHot, oneHot } from './one-hot.js';
export { type PaddedIds, padIds } from './pad.js';
export { type Collocation, type CollocationsOptions, collocations } from './phrases/collocations.js';
export { englishConnectors } from './phrases/connectors.js';
export { type Phrases, type PhrasesOptions, phrases } from './phrases/phrases.js';
export type { Phrase } from './phrases/phrases-state.js';
export type { PairCounts, Scoring } from './phrases/scores.js';
export { idsBeforeTerms, termIds } from './term-ids.js';
export { type Tfidf, type TfidfOptions, tfidf } from './tfidf.js';
export type { FeatureType, Vectorizer, VectorizerLearner } from './vectorizer.js';
export type { Coverage } from './vocabulary/coverage.js';
export type { Vocabulary } from './vocabulary/fitted.js';
export type { Limits } from './vocabulary/learned.js';
export type { TokenTable } from './vocabulary/table.js';
export { loadVocabulary, type VocabularyOptions, vocabulary } from './vocabulary.js';
export { type Zipf, type ZipfOptions, zipf } from './zipf.js';
