export { collect, type Documents, documents, documentsFrom, replayable, type Source } from './documents.js';
export { chain, pipe } from './pipe.js';
export { type AddsOf, type AnyStage, type Json, type Learner, learner, map, type Spec, type Stage, type Step, stage } from './stage.js';
