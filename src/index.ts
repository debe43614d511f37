export * from './graph/index.js';
export * as nn from './nn/index.js';
export * from './optim/index.js';
export * from './stream/index.js';
