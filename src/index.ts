// The public names of textloom.

// From bytes to tokens
export * from './stream/public.js';
export * from './text/index.js';
// From tokens to numbers, and to keywords
export * from './features/index.js';
export * from './keywords/index.js';
// Pipelines as data, and in threads
export * from './stages/index.js';
// The engine, and what models are built of
export * from './graph/index.js';
export * as nn from './nn/index.js';
export * from './optim/index.js';
// Training and prediction
export * from './metrics/index.js';
export * from './train/index.js';
