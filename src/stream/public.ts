// What users get of this folder: sources, stages, steps and sinks, and what it takes to write more of them.
export {
	DataError,
	type DownloadProgress,
	detached,
	is,
	type Json,
	type Kind,
	type Kinds,
	makeFolder,
	OptionError,
	optionsOf,
	permutation,
	randomFloat,
	randomUint32,
} from '../base/index.js';
export { asyncMap, asyncStage } from './async-stage.js';
export { type CacheOptions, createCache, type DocumentCache } from './cache.js';
export { chain } from './chain.js';
export type { ChainLearner, ChainLearnOptions } from './chain-learner.js';
export type { Chained } from './chained.js';
export type { SinkSpec, SourceSpec } from './data-spec.js';
export { collect, type Documents, documents, documentsFrom, replayable, type Source } from './documents.js';
export type { AddsOf, With } from './fields.js';
export { type AnyLearner, type Learner, type LearnerOf, type LearnOptions, learner, type Tally } from './learner.js';
export type { FieldKind, FieldNeeds } from './needs.js';
export type { OwnNames } from './own.js';
export { pipe } from './pipe.js';
export type { Paths } from './reading/files.js';
export { LineSplitter, type RecordEvents, type TextParser } from './reading/line-core.js';
export { type ReadOptions, read } from './reading/read.js';
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
export { type SourceFormat, type SourceRun, sourceOf } from './reading/source-of.js';
export * from './reading/sources.js';
export type { Spec, State } from './spec.js';
export { type AnyStage, type Description, inTraining, map, type Stage, type Step, stage } from './stage.js';
export { type DedupeOptions, dedupe } from './steps/dedupe.js';
export { concat, type InterleaveOptions, interleave } from './steps/merge.js';
export { type Progress, progress } from './steps/progress.js';
export { sample } from './steps/sample.js';
export { shuffle } from './steps/shuffle.js';
export { type SplitOptions, splitDocuments } from './steps/split-documents.js';
export { batch, filter, skip, take, tap } from './steps/verbs.js';
export type { Sink, SinkOptions, Target } from './writing/sink.js';
export { type SinkFormat, sinkOf } from './writing/sink-of.js';
export * from './writing/sinks.js';
export { type WriteOptions, write } from './writing/write.js';
