// What users get of this folder: sources, stages and steps, and what it takes to write more of them.
export { type CsvColumns, type CsvMapping, type CsvOptions, csv, tsv } from './csv.js';
export { DataError } from './data-error.js';
export { detached } from './detached.js';
export { collect, type Documents, documents, documentsFrom, replayable, type Source } from './documents.js';
export type { Paths } from './files.js';
export { type FileDocument, type FolderOptions, folder } from './folder.js';
export { type JsonMapping, type JsonOptions, json } from './json.js';
export { type JsonlMapping, type JsonObject, jsonl } from './jsonl.js';
export { LineSplitter, type RecordEvents, type TextParser } from './line-core.js';
export { lines } from './lines.js';
export { makeFolder } from './make-folder.js';
export { concat, type InterleaveOptions, interleave } from './merge.js';
export type { FieldKind, FieldNeeds } from './needs.js';
export { chain, pipe } from './pipe.js';
export { type Progress, progress } from './progress.js';
export { permutation, randomFloat, randomUint32 } from './random.js';
export { type ReadTextOptions, readText } from './read-text.js';
export { adding, type Counts, type Place, type RecordSink, recordSource, type SourceOptions, type WithPlaces } from './record-source.js';
export { sample } from './sample.js';
export { shuffle } from './shuffle.js';
export type { SinkOptions, Target } from './sink.js';
export { type SplitOptions, splitDocuments } from './split-documents.js';
export {
	type AddsOf,
	type AnyStage,
	inTraining,
	type Json,
	type Learner,
	learner,
	map,
	type Spec,
	type Stage,
	type Step,
	stage,
	type Tally,
} from './stage.js';
export { type CsvSinkOptions, toCsv } from './to-csv.js';
export { toJsonl } from './to-jsonl.js';
export { type TextSinkOptions, toText } from './to-text.js';
export { batch, dedupe, filter, skip, take, tap } from './verbs.js';
