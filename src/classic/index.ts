export * from './topics/index.js';
