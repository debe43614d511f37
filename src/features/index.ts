export { type Batch, type BatchOptions, batches } from './batches.js';
export { type Labels, type LabelsOptions, labels, reviveLabels } from './labels.js';
export { type PaddedIds, padIds } from './pad.js';
export { reviveTfidf, type Tfidf, type TfidfOptions, tfidf } from './tfidf.js';
export { reviveVocabulary, type Vocabulary, type VocabularyOptions, vocabulary } from './vocabulary.js';
