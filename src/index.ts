// The public names of textloom, in import order: a folder imports itself and the folders above it.

// From tokens to numbers
export * from './features/index.js';
// The engine, and what models are built of
export * from './graph/index.js';
export * from './keywords/index.js';
export * as nn from './nn/index.js';
export * from './optim/index.js';
// From bytes to tokens
export * from './stream/index.js';
export * from './text/index.js';

// Training and prediction
export * from './metrics/index.js';
export * from './train/index.js';
