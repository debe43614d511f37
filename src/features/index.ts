export { type Batch, type BatchOptions, batches } from './batches.js';
export { type CharacterIds, type CharacterIdsOptions, characterIds } from './character-ids.js';
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
export { type PaddedIds, padIds } from './pad.js';
export { type Tfidf, type TfidfOptions, tfidf } from './tfidf.js';
export { type Vocabulary, type VocabularyOptions, vocabulary } from './vocabulary.js';
