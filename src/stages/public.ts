// What users get of this folder: pipelines as data, and in threads.
export {
	type Job,
	type JobParts,
	type JobProgress,
	type JobResult,
	type JobRunOptions,
	type JobSpec,
	job,
	type PlainJobParts,
} from './job.js';
export { jobFrom } from './job-from.js';
export { fromJSON, type SavedPipeline, toJSON } from './json.js';
export type { CustomStages, PackedStages } from './packed.js';
export type { Revivers, SavedStage } from './saved-stages.js';
export { type ParallelOptions, parallel } from './threads/parallel.js';
