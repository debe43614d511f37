// What a corpus says of itself, as types: what is published, its documents, its splits.
import type { Counts, Documents, SourceOptions } from 'textloom/stream';

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
