// What users get of this folder: sources, stages, steps and sinks, and what it takes to write more of them.
export { DataError, detached, type Json, makeFolder, permutation, randomFloat, randomUint32 } from '../base/index.js';
export { asyncMap, asyncStage } from './async-stage.js';
export { type CacheOptions, createCache, type DocumentCache } from './cache.js';
export { chain } from './chain.js';
export type { ChainLearner, ChainLearnOptions } from './chain-learner.js';
export type { Chained } from './chained.js';
export { collect, type Documents, documents, documentsFrom, replayable, type Source } from './documents.js';
export type { AddsOf, With } from './fields.js';
export { type AnyLearner, type Learner, type LearnerOf, type LearnOptions, learner, type Tally } from './learner.js';
export type { FieldKind, FieldNeeds } from './needs.js';
export type { OwnNames } from './own-stage.js';
export { pipe } from './pipe.js';
export { type CsvColumns, type CsvMapping, type CsvOptions, csv, tsv } from './reading/csv.js';
export type { Paths } from './reading/files.js';
export { type FileDocument, type FolderOptions, folder } from './reading/folder.js';
export { type JsonMapping, type JsonOptions, json } from './reading/json.js';
export { type JsonlMapping, type JsonObject, jsonl } from './reading/jsonl.js';
export { LineSplitter, type RecordEvents, type TextParser } from './reading/line-core.js';
export { lines } from './reading/lines.js';
export { type ReadTextOptions, readText } from './reading/read-text.js';
export {
	adding,
	type Counts,
	type Place,
	type RecordSink,
	recordSource,
	type SourceOptions,
	type WithPlaces,
} from './reading/record-source.js';
export type { Spec, State } from './spec.js';
export { type AnyStage, type Description, inTraining, map, type Stage, type Step, stage } from './stage.js';
export { concat, type InterleaveOptions, interleave } from './steps/merge.js';
export { type Progress, progress } from './steps/progress.js';
export { sample } from './steps/sample.js';
export { shuffle } from './steps/shuffle.js';
export { type SplitOptions, splitDocuments } from './steps/split-documents.js';
export { batch, dedupe, filter, skip, take, tap } from './steps/verbs.js';
export type { SinkOptions, Target } from './writing/sink.js';
export { type CsvSinkOptions, toCsv } from './writing/to-csv.js';
export { toJsonl } from './writing/to-jsonl.js';
export { type TextSinkOptions, toText } from './writing/to-text.js';
