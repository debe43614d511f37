// What pipelines are made of. What it takes to write more such units is in the folders' own names, textloom/stream, textloom/text, …;
// so is the engine: textloom/graph, textloom/nn, textloom/optim, textloom/metrics, textloom/selection, textloom/decode, textloom/train.

// From bytes to documents, and back
export { csv, folder, json, jsonl, lines, read, tsv } from './stream/public.js';
export { toCsv, toJsonArray, toJsonl, toText, toTsv, write } from './stream/public.js';
// Documents through stages
export { asyncMap, chain, createCache, inTraining, learner, map, pipe, stage } from './stream/public.js';
export { batch, concat, dedupe, filter, interleave, progress, sample, shuffle, skip, splitDocuments, take, tap } from './stream/public.js';
export { collect, DataError, documents } from './stream/public.js';
export type { AnyLearner, AnyStage, Documents, Learner, LearnerOf, Sink, Source, Stage, Step } from './stream/public.js';
// From text to tokens, to numbers, and to keywords
export * from './text/index.js';
export * from './chinese/index.js';
export * from './features/index.js';
export * from './classic/index.js';
export * from './keywords/index.js';
export * from './embeddings/index.js';
// Pipelines as data, and in threads
export * from './stages/public.js';
// Recipes, and models of any task
export * from './train/recipes.js';
// Encoders that others have pretrained
export * from './pretrained/index.js';
