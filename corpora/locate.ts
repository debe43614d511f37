// Which file holds a split: the preferred one of the first data folder that has anything of the corpus.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from 'textloom/stream';
import type { CorpusFacts, CorpusFile, PublishedFile } from './facts.js';
import { dataFolders } from './folders.js';

/** A file of a corpus that is there. */
export interface Located {
	readonly path: string;
	readonly beside: readonly string[];
	readonly file: CorpusFile;
}

/** The path of a file in a folder, as it is or packed by gzip; undefined where it is not there. */
export function pathIn(folder: string, { path }: PublishedFile): string | undefined {
	return [path, `${path}.gz`].map((name) => join(folder, name)).find((name) => existsSync(name));
}

/** The file of a split in a folder, with all that belongs to it. */
export function locateIn(folder: string, files: readonly CorpusFile[]): Located | undefined {
	for (const file of files) {
		const path = pathIn(folder, file);
		const beside = (file.beside ?? []).map((other) => pathIn(folder, other));
		if (path !== undefined && beside.every((other) => other !== undefined)) return { path, beside, file };
	}
	return undefined;
}

/** The file of a split; undefined where the sample is to be used. */
export function locate(facts: CorpusFacts, split: string, folder: string | null | undefined): Located | undefined {
	if (folder === null) return undefined;
	const files = facts.files[split]!;
	const folders = dataFolders(folder);
	// Never one split of one edition with the other of another, or of the sample.
	const home = folders.find((root) => Object.values(facts.files).some((split) => locateIn(root, split)));
	const found = home === undefined ? undefined : locateIn(home, files);
	if (found) return found;
	if (home === undefined && folder === undefined && facts.sampleRows !== undefined) return undefined;
	const sample = facts.sampleRows === undefined ? '' : ', or name no folder for the sample';
	throw new DataError(`${missing(facts, files, home ?? folders.join(' or '), folder)}${sample}.`);
}

/** What was looked for, and how to come by it. */
export function missing({ name, published }: CorpusFacts, files: readonly CorpusFile[], where: string, folder?: string): string {
	const paths = files.map(({ path, beside = [] }) => [path, ...beside.map((other) => other.path)].join(' with ')).join(', ');
	const how = files.some(({ url, archive }) => url ?? archive?.url)
		? `Get it by \`npx textloom corpora get ${name}${folder === undefined ? '' : ` --data ${folder}`}\``
		: `Download it by hand (${published}) and put it there under such a name`;
	return `${name}: expected ${files.length > 1 ? 'one of ' : ''}${paths} in ${where}, got none. ${how}`;
}
