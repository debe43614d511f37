// What other folders of src get: all that is public, and these.
export { chainParts } from './pipe.js';
export * from './public.js';
export { randomKeys } from './random.js';
export { type Handlers, type Remote, serve, startWorker } from './remote.js';
export { writeAllAtomic, writeAtomic } from './write-atomic.js';
