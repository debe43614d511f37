// What users get of this folder: sources, stages and steps, and what it takes to write more of them.
export { type CsvColumns, type CsvMapping, type CsvOptions, csv } from './csv.js';
export { DataError } from './data-error.js';
export { detached } from './detached.js';
export { collect, type Documents, documents, documentsFrom, replayable, type Source } from './documents.js';
export { type JsonlMapping, type JsonObject, jsonl } from './jsonl.js';
export { LineSplitter, type RecordEvents, type TextParser } from './line-core.js';
export { lines } from './lines.js';
export { chain, pipe } from './pipe.js';
export { type Progress, progress } from './progress.js';
export { permutation, randomFloat, randomUint32 } from './random.js';
export { type ReadTextOptions, readText } from './read-text.js';
export { adding, type Counts, type RecordSink, recordSource, type SourceOptions } from './record-source.js';
export { shuffle } from './shuffle.js';
export { type AddsOf, type AnyStage, type Json, type Learner, learner, map, type Spec, type Stage, type Step, stage } from './stage.js';
