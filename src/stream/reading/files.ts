// Which files a source reads: a path, a pattern, stdin, or several of these.
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { DataError, is, type Kind } from '../../base/index.js';

/**
 * A path, a pattern (`data/*.csv`, `**`, `?`, `[ab]`, `{train,test}`), `-` for stdin, or several of these, read in order.
 * The files of a pattern are in the order of their names by UTF-16 code unit. A file whose name looks like a pattern is that file.
 */
export type Paths = string | readonly string[];

/** What `Paths` are. */
export const pathsKind: Kind = {
	...is.either(is.name, is.names),
	expected: "a path, a pattern, '-', or an array of these",
	next: "Pass one such as 'reviews.csv'.",
};

/** Whether every pass reads the same: stdin can be read once. */
export function canReplay(paths: Paths): boolean {
	return ![paths].flat().includes('-');
}

/** The files themselves; throws for a pattern that no file matches. */
export async function filesOf(paths: Paths, who: string): Promise<string[]> {
	const files: string[] = [];
	for (const path of [paths].flat()) {
		if (path === '-' || !isDynamicPattern(path) || existsSync(path)) {
			files.push(path);
			continue;
		}
		const matching = await glob(path, { absolute: isAbsolute(path), expandDirectories: false });
		if (matching.length === 0) throw new DataError(`${who}: expected files that match ${path}, got none. Check the pattern.`);
		files.push(...matching.sort());
	}
	return files;
}
