// What a corpus is: facts of what is published, and its splits as documents of its own type.
import { statSync } from 'node:fs';
import { type Counts, DataError, type Documents, type SourceOptions } from 'textloom/stream';
import { locate } from './locate.js';
import { sample } from './sample.js';

/** What the documents of a corpus are for. */
export type Kind = 'classification' | 'pairs' | 'text' | 'tagging' | 'segmentation';

/** A document of a classification corpus. */
export interface LabelledText {
	text: string;
	label: string;
}

/** A document of a translation corpus. */
export interface Pair {
	source: string;
	target: string;
}

/** A sentence with one tag a token. */
export interface TaggedSentence {
	tokens: string[];
	tags: string[];
}

/** A sentence cut into words. */
export interface SegmentedSentence {
	words: string[];
}

/** A file as it is published. */
export interface PublishedFile {
	/** Where `download` puts it, below the data folder. */
	path: string;
	/** Bytes. */
	size?: number;
	sha256?: string;
	/** The git blob id, for a file whose sha256 nobody has published: sha1 of `blob SIZE\0` and the bytes. */
	git?: string;
	url?: string;
}

/** A file that may hold a split, below the data folder. Where it is text, the same packed by gzip (`path.gz`) does as well. */
export interface CorpusFile extends PublishedFile {
	/** Documents. */
	rows: number;
	/** Files that belong to it, line by line: the other language. */
	beside?: readonly PublishedFile[];
	/** The zip archive that has the file: `download` takes it out once. */
	archive?: PublishedFile & { member: string; encoding?: 'utf-8' | 'latin1' };
}

/** The documents of one split, and where they come from. */
export interface CorpusDocuments<D = LabelledText> extends Documents<D> {
	/** In words, for a summary: 'the 13,420 rows of …'. */
	readonly origin: string;
	/** Whether these are the sample texts instead of the published corpus. */
	readonly sample: boolean;
	/** What the last pass counted. */
	readonly counts?: Counts;
}

/** What a corpus file says of its corpus. */
export interface CorpusFacts<S extends string = string> {
	/** The name on the command line, and of the sample: `corpora/samples/<name>.csv`. */
	name: string;
	title: string;
	kind: Kind;
	/** Where it is published. */
	published: string;
	licence: string;
	/** The labels of a classification corpus, in the order of the published numbers. */
	classes?: readonly string[];
	/** Documents of each split, as published. */
	splits: Readonly<Record<S, number>>;
	/** The files that may hold a split, the preferred one first. */
	files: Readonly<Record<S, readonly CorpusFile[]>>;
	/** Rows of the sample, both splits; without it there is none. */
	sampleRows?: number;
}

/**
 * Opens a split: of `folder`; by default of the folder that TEXTLOOM_DATA names, else of the cache that `download` fills, else the sample.
 * null asks for the sample.
 *
 * @throws DataError where the split is not there, with how to get it.
 */
export type OpenSplit<D> = (folder?: string | null, options?: Pick<SourceOptions, 'onError' | 'signal'>) => CorpusDocuments<D>;

/** A corpus of documents `D`. It has a function for each of its splits and for no other. */
export type Corpus<D = LabelledText, S extends string = 'train' | 'test'> = CorpusFacts<S> & Readonly<Record<S, OpenSplit<D>>>;

/** A corpus of texts with labels. */
export type ClassificationCorpus<S extends string = 'train' | 'test', D extends LabelledText = LabelledText> = Corpus<D, S> & {
	readonly classes: readonly string[];
};

/** Any corpus: `train` is always there. */
export type AnyCorpus = CorpusFacts & { readonly [split in 'train']: OpenSplit<object> } & {
	readonly [split in 'validation' | 'test']?: OpenSplit<object>;
};

/** What a corpus file needs to read one of its files. */
export interface Reading<S extends string = string> {
	readonly path: string;
	/** The paths of the files beside it. */
	readonly beside: readonly string[];
	readonly split: S;
	/** `onError`, `signal` and `counts`, for the source. */
	readonly options: SourceOptions & { readonly counts: Counts };
}

/** Makes a corpus of its facts and of how one of its files is read. */
export function corpus<D extends object, const F extends CorpusFacts>(
	facts: F,
	read: (reading: Reading<keyof F['splits'] & string>) => Documents<D>,
): F & Readonly<Record<keyof F['splits'] & string, OpenSplit<D>>> {
	type S = keyof F['splits'] & string;
	const open = (split: S, folder: string | null | undefined, options: Pick<SourceOptions, 'onError' | 'signal'> = {}) => {
		if (folder !== undefined && folder !== null && typeof folder !== 'string') {
			throw new TypeError(
				`${facts.name}: expected the path of a data folder, got ${JSON.stringify(folder)}. Leave it out, or pass null for the sample.`,
			);
		}
		const found = locate(facts, split, folder);
		// Only classification corpora have samples.
		if (!found) return sample(facts, split) as CorpusDocuments<object> as CorpusDocuments<D>;
		const { path, file } = found;
		// A file of another size is another edition: its rows are not counted beforehand.
		const same = file.size !== undefined && statSync(path).size === file.size;
		const origin = same ? `the ${file.rows.toLocaleString('en')} rows of ${path}` : path;
		const counts = { read: 0, skipped: 0, replaced: 0 };
		return Object.assign(read({ path, beside: found.beside, split, options: { ...options, counts } }), { origin, sample: false, counts });
	};
	const splits = Object.keys(facts.splits) as S[];
	const openers = splits.map((split): [S, OpenSplit<D>] => [split, (folder, options) => open(split, folder, options)]);
	return { ...facts, ...(Object.fromEntries(openers) as Record<S, OpenSplit<D>>) };
}

/** The name of a class by its published number; throws for one that is not there. */
export function className(who: string, classes: readonly string[], number: unknown, first = 0): string {
	const place = typeof number === 'string' && number.trim() !== '' ? Number(number) : number;
	const name = typeof place === 'number' ? classes[place - first] : undefined;
	if (name !== undefined) return name;
	const range = `from ${first} to ${classes.length - 1 + first}`;
	throw new DataError(`${who}: expected a class ${range}, got ${JSON.stringify(number)}. Is this the file of ${who}?`);
}
