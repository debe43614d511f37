// A folder of text files, one a document, labelled by the folders that they are in.
import { dirname, join } from 'node:path';
import { escapePath, glob } from 'tinyglobby';
import { argumentOf, DataError, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { type Documents, documentsFrom } from '../documents.js';
import { ownSource, sourceWithSpec } from './own-source.js';
import { readText } from './read-text.js';
import { type Counts, decodingOf, fresh, reporter, type SourceOptions, sourceKinds } from './record-source.js';

/** What `folder` takes. */
export interface FolderOptions extends Omit<SourceOptions, 'places'> {
	/** The folders to read, such as `['neg', 'pos']`; false for all files, also those in no folder, whose label is empty. Default: all folders. */
	readonly labels?: readonly string[] | false;
	/** How the names of the files end, `.txt` or `.txt.gz`. Default: any, but for names that begin with a dot. */
	readonly extension?: string;
}

/** A text file. */
export interface FileDocument {
	text: string;
	/** The folder of the file below the one that was named: `pos`, or `sports/tennis`. */
	label: string;
	file: string;
}

const { places: _, ...shared } = sourceKinds;
const kinds: Kinds<FolderOptions> = {
	...shared,
	labels: {
		expected: 'an array of one text or more, or false',
		fits: (value) => value === false || (is.texts.fits(value) && (value as string[]).length > 0),
		next: 'Name folders, or leave it out to read all.',
	},
	extension: is.text,
};

const pathKind: Kind = {
	...is.either(is.name, is.names),
	expected: 'the path of a folder, or an array of these',
	next: "Pass one such as 'reviews/train'.",
};

/** Files that are read at a time, and documents of a chunk. */
const together = 16;

function openFolder(path: string | readonly string[], given: FolderOptions = {}): Documents<FileDocument> {
	argumentOf('folder', 'path', path, pathKind);
	const paths = [path].flat();
	const { labels, extension = '', ...options } = optionsOf('folder', given, kinds);
	const docs = documentsFrom(async function* () {
		options.signal?.throwIfAborted();
		const counts = fresh(options.counts);
		const report = reporter(options, counts);
		const files: [folder: string, name: string][] = [];
		for (const folder of paths) for (const name of await listed(folder, labels, extension)) files.push([folder, name]);
		for (let start = 0; start < files.length; start += together) {
			const read = files.slice(start, start + together).map(([folder, name]) => readFileDocument(folder, name, options, counts));
			const docs: FileDocument[] = [];
			let failure: { error: unknown } | undefined;
			for (const result of await Promise.allSettled(read)) {
				try {
					if (result.status === 'fulfilled') docs.push(result.value);
					else if (result.reason instanceof DataError) report(result.reason);
					else throw result.reason;
				} catch (error) {
					failure = { error };
					break;
				}
			}
			counts.read += docs.length;
			if (docs.length > 0) yield docs;
			if (failure) throw failure.error;
		}
	});
	return sourceWithSpec(docs, 'folder', paths, { ...options, labels, extension } as SourceOptions);
}

/**
 * Reads the text files in the folders below `path` (of several paths, one after the other), one document a file, in the order of folder and name by UTF-16 code unit: shuffle
 * them for training. Files of `path` itself have no label and are left out. Gzip and a byte order mark are taken care of. For
 * `onError` a file is a record: one that cannot be read, is larger than `maxRecord`, or not UTF-8 if that is to throw.
 *
 * @throws DataError in the iteration, also where there are no such files.
 *
 * @example
 * const reviews = folder('aclImdb/train', { labels: ['neg', 'pos'], extension: '.txt' });
 */
export const folder = ownSource('folder', [], openFolder);

/** Paths of files below the folder, in order. */
async function listed(path: string, labels: FolderOptions['labels'], extension: string): Promise<string[]> {
	if (labels === false) {
		const all = await glob(`**/*${escapePath(extension)}`, { cwd: path, expandDirectories: false });
		if (all.length === 0) throw new DataError(`folder: expected text files in ${path}, got none. Check the path.`, { file: path });
		return all.sort();
	}
	const names: string[] = [];
	for (const label of labels ?? ['*']) {
		const pattern = `${labels ? escapePath(label) : label}/**/*${escapePath(extension)}`;
		const some = await glob(pattern, { cwd: path, expandDirectories: false });
		if (some.length === 0) {
			const where = labels ? join(path, label) : `folders of ${path}`;
			const flat = labels ? [] : await glob(`*${escapePath(extension)}`, { cwd: path, expandDirectories: false });
			const next =
				flat.length > 0
					? `Its texts are in no folder of it, which would be their label: move them into some (${flat.length === 1 ? 'there is 1' : `there are ${flat.length}`}).`
					: 'Check the path.';
			throw new DataError(`folder: expected text files in ${where}, got none. ${next}`, { file: path });
		}
		names.push(...some);
	}
	return names.sort();
}

async function readFileDocument(folder: string, name: string, options: SourceOptions, counts: Counts): Promise<FileDocument> {
	const { maxRecord = 64e6 } = options;
	const file = join(folder, name);
	let text = '';
	for await (const block of readText(file, { who: 'folder', counts, ...decodingOf(options) })) {
		text += block;
		if (text.length <= maxRecord) continue;
		throw new DataError(
			`${file}: expected a text of at most ${maxRecord} characters, got a larger one. Leave it out, or raise maxRecord.`,
			{
				file,
			},
		);
	}
	return { text, label: name.includes('/') ? dirname(name) : '', file };
}
