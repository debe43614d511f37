// What all of src uses: checks of options and arguments, plain data, random numbers, folders and files that are written whole, calls into threads.
export { byCodePoint } from './by-code-point.js';
export { canonical } from './canonical.js';
export { DataError } from './data-error.js';
export { detached } from './detached.js';
export type { DownloadProgress, Retry } from './download-progress.js';
export type { Json } from './json-value.js';
export { is, type Kind } from './kinds.js';
export { makeFolder } from './make-folder.js';
export { nearest } from './nearest.js';
export { argumentOf, type Kinds, OptionError, optionsOf } from './options.js';
export { parseJson } from './parse-json.js';
export { hashText, permutation, randomDouble, randomFloat, randomKeys, randomUint32 } from './random.js';
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
export { writeAllAtomic, writeAtomic } from './write-atomic.js';
