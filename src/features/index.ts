export { type Batch, type BatchOptions, batches } from './batches.js';
export { type CharacterIds, type CharacterIdsOptions, characterIds } from './character-ids.js';
export { type Labels, type LabelsOptions, labels } from './labels.js';
export { type PaddedIds, padIds } from './pad.js';
export { type Tfidf, type TfidfOptions, tfidf } from './tfidf.js';
export { type Vocabulary, type VocabularyOptions, vocabulary } from './vocabulary.js';
