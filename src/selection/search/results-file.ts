// Results as they come, a line of JSON each, so that a search goes on where it was ended.
import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical, DataError, makeFolder } from '../../base/index.js';
import type { Settings } from './settings.js';

/** A result: of these settings in this fold. */
export interface Result {
	/** The hash of documents, folds, score and pipeline. */
	readonly of: string;
	readonly settings: Settings;
	/** From 0. */
	readonly fold: number;
	readonly score: number;
	readonly seconds: number;
}

/** The results of a folder. */
export interface ResultsFile {
	/** What is known already. */
	find(result: Pick<Result, 'of' | 'settings' | 'fold'>): Result | undefined;
	/** Adds one, at the end of the file. */
	add(result: Result): Promise<void>;
}

const keyOf = ({ of, settings, fold }: Pick<Result, 'of' | 'settings' | 'fold'>) => canonical([of, settings, fold], 'search', 'settings');

/**
 * Opens `results.jsonl` in a folder, which is made. A line that was not finished, as a process that was killed leaves it, is removed.
 *
 * @throws {DataError} for a finished line that is no result.
 */
export async function openResults(who: string, folder: string): Promise<ResultsFile> {
	const path = join(folder, 'results.jsonl');
	const bytes = await finishedLines(folder, path).catch((error: Error) => {
		throw new RangeError(`${who}: expected a folder to write to, got ${folder} (${error.message}). Choose another.`, { cause: error });
	});
	const known = new Map<string, Result>();
	for (const [place, line] of bytes.toString('utf8').split('\n').entries()) {
		if (line === '') continue;
		const result = resultOf(line, { file: path, line: place + 1 });
		known.set(keyOf(result), result);
	}
	return {
		find: (result) => known.get(keyOf(result)),
		async add(result) {
			await appendFile(path, `${JSON.stringify(result)}\n`);
			known.set(keyOf(result), result);
		},
	};
}

/** What the file holds up to its last line break; what comes after is cut off. */
async function finishedLines(folder: string, path: string): Promise<Buffer> {
	await makeFolder(folder);
	// Made where it is not there, and open for appending: that it can be written is known before anything is learned.
	const file = await open(path, 'a+');
	try {
		const bytes = await file.readFile();
		const end = bytes.lastIndexOf(0x0a) + 1;
		if (end < bytes.length) await file.truncate(end);
		return bytes.subarray(0, end);
	} finally {
		await file.close();
	}
}

function resultOf(line: string, where: { file: string; line: number }): Result {
	try {
		const found = JSON.parse(line) as Result;
		if (typeof found.of === 'string' && typeof found.settings === 'object' && Number.isInteger(found.fold) && Number.isFinite(found.score))
			return found;
	} catch {
		// Told below.
	}
	throw new DataError(
		'expected a result { of, settings, fold, score, seconds }, got another line. Remove it, or choose another folder.',
		where,
	);
}
