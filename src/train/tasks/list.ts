// The tasks, one line a file: the registry is made of what is exported here.
export { textClassification } from './text-classification.js';
export { tokenClassification } from './token-classification.js';
export { translation } from './translation.js';
