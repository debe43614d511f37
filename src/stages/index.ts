export { type Revive, reviveStages } from './built-in.js';
export { type CustomStages, fromJSON, type SavedPipeline, toJSON } from './json.js';
export { type ParallelOptions, parallel } from './parallel.js';
