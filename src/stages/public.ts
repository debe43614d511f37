// What users get of this folder: pipelines as data, and in threads.
export { type CustomStages, fromJSON, type SavedPipeline, toJSON } from './json.js';
export type { Revivers, SavedStage } from './saved-stages.js';
export { type ParallelOptions, parallel } from './threads/parallel.js';
