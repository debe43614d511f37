// Where corpora are: the data folder of the user, else the cache that `download` fills.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The cache: `textloom` in XDG_CACHE_HOME, else in `~/.cache`. */
export function cacheFolder(): string {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'textloom');
}

/** The folders that are looked through for a corpus, in this order. A folder that was named is the only one. */
export function dataFolders(folder?: string): readonly string[] {
	if (folder !== undefined) return [folder];
	return [process.env.TEXTLOOM_DATA, cacheFolder()].filter((name) => name !== undefined && name !== '') as string[];
}
