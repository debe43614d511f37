// What other folders of src get: all that is public, and these.
export { asyncStage } from './async-stage.js';
export { is, type Kind } from './kinds.js';
export { each, originOf, placeless, rangeOf, together, togetherAsync } from './located.js';
export { checkOf } from './needs.js';
export { numberAll, numberOf } from './numbered.js';
export { argumentOf, type Kinds, OptionError, optionsOf } from './options.js';
export { ownStages } from './own-stages.js';
export { parseJson } from './parse-json.js';
export { type Chained, chainParts, specParts } from './pipe.js';
export * from './public.js';
export { randomKeys } from './random.js';
export { type ErrorClass, errorOf, type Failure, failureOf, type Handlers, moved, type Remote, serve, startWorker } from './remote.js';
export { isLeftover, readCurrent, replaceFiles, settleFiles } from './replace-files.js';
export { isLearner, type NeedsOf, numberedMap } from './stage.js';
export { writeAllAtomic, writeAtomic } from './write-atomic.js';
