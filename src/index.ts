// What pipelines are made of. The engine has names of its own: textloom/graph, textloom/nn, textloom/optim, textloom/metrics, textloom/train.

// From bytes to tokens
export * from './stream/public.js';
export * from './text/index.js';
// From tokens to numbers, and to keywords
export * from './features/index.js';
export * from './keywords/index.js';
// Pipelines as data, and in threads
export * from './stages/index.js';
// Text classifiers
export * from './train/classifier/index.js';
