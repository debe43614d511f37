// What all of src uses: checks of options and arguments, plain data, random numbers, folders and files that are written whole, calls into threads.
export { byCodePoint } from './by-code-point.js';
export { canonical } from './canonical.js';
export { pearson, ranks, spearman } from './correlation.js';
export { DataError } from './data-error.js';
export { detached } from './detached.js';
export type { DownloadProgress, Retry } from './download-progress.js';
export type { Json } from './json-value.js';
export { is, type Kind } from './kinds.js';
export { levenshtein } from './levenshtein.js';
export { makeFolder } from './make-folder.js';
export { type BandIndex, createBandIndex } from './near/band-index.js';
export { type Bands, balancedBands } from './near/bands.js';
export { createNearTexts, type NearText, type NearTexts, nearKind } from './near/near-texts.js';
export { characterShingles, createShingles, type Shingles, tokenShingles } from './near/shingles.js';
export { createSketch } from './near/sketch.js';
export { nearest } from './nearest.js';
export { argumentOf, type Kinds, OptionError, optionsOf } from './options.js';
export { parseJson } from './parse-json.js';
export { hashText, mix, permutation, randomDouble, randomFloat, randomKeys, randomUint32 } from './random.js';
export {
	connect,
	type ErrorClass,
	errorOf,
	type Failure,
	failureOf,
	type Handlers,
	isWorker,
	moved,
	type Remote,
	serve,
	startWorker,
} from './remote.js';
export { isLeftover, readCurrent, replaceFiles, settleFiles } from './replace-files.js';
export { part } from './short-texts.js';
export {
	createMemory,
	createSharedMemory,
	type KernelMemory,
	kernelMaker,
	memoryLimit,
	pagesOf,
	type SharedMemory,
} from './web-assembly.js';
export { checkWritable, writeAllAtomic, writeAtomic } from './write-atomic.js';
