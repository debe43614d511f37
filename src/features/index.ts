export { type Labels, type LabelsOptions, labels, reviveLabels } from './labels.js';
export { reviveVocabulary, type Vocabulary, type VocabularyOptions, vocabulary } from './vocabulary.js';
