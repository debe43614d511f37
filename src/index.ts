export * from './features/index.js';
export * from './keywords/index.js';
export * from './stream/index.js';
export * from './text/index.js';
