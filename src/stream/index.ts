// What other folders of src get: all that is public, and these.
export { chosenTokens, joinedTokens, movedTokens, remadeTokens, type Span, surroundedTokens } from './aligned.js';
export { chainParts } from './chain.js';
export { specless } from './data-spec.js';
export { chunkSize } from './documents.js';
export type { NeedsOf } from './fields.js';
export { isLearner } from './learner.js';
export { each, originOf, placeless, rangeOf, together, togetherAsync } from './located.js';
export { checkOf } from './needs.js';
export { numberAll } from './numbered.js';
export { orderOf } from './order.js';
export { type OwnStage, ownLearner, ownStage, ownStagesOf, type Revive } from './own-stage.js';
export { partKeys } from './part-keys.js';
export * from './public.js';
export { fileName, readBytes } from './reading/read-bytes.js';
export { sourceForms } from './reading/source-of.js';
export { isOwn, type Numbers, specParts } from './spec.js';
export { gzipped } from './writing/sink.js';
export { sinkForms } from './writing/sink-of.js';
