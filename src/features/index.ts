export { type Labels, type LabelsOptions, labels, reviveLabels } from './labels.js';
export { reviveTfidf, type Tfidf, type TfidfOptions, tfidf } from './tfidf.js';
export { reviveVocabulary, type Vocabulary, type VocabularyOptions, vocabulary } from './vocabulary.js';
