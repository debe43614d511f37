// What a corpus is, and where its documents are found: a data folder, else the sample that comes with the package.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Counts, csv, DataError, type Documents, documentsFrom } from 'textloom';

/** The two parts of a corpus. */
export type Split = 'train' | 'test';

/** A document of a classification corpus. */
export interface LabelledText {
	text: string;
	label: string;
}

/** A file of a corpus, below the data folder. */
export interface CorpusFile {
	path: string;
	/** Documents. */
	rows: number;
	/** Bytes of the file as stored, where known. */
	size?: number;
	sha256?: string;
}

/** The documents of one split, and where they come from. */
export interface CorpusDocuments extends Documents<LabelledText> {
	/** In words, for a summary: 'the 13,420 rows of …'. */
	readonly origin: string;
	/** Whether these are the sample texts instead of the published corpus. */
	readonly sample: boolean;
	/** What the last pass counted. */
	readonly counts?: Counts;
}

/** What a corpus file says of its corpus. */
export interface CorpusFacts {
	/** The name on the command line, and of the sample: `corpora/samples/<name>.csv`. */
	name: string;
	title: string;
	/** Where it is published. */
	published: string;
	licence: string;
	/** The labels, in the order of the published numbers. */
	classes: readonly string[];
	/** Documents of each split, as published. */
	splits: Readonly<Record<Split, number>>;
	/** The files that may hold a split, the preferred one first. */
	files: Readonly<Record<Split, readonly CorpusFile[]>>;
	/** Rows of the sample, both splits. */
	sampleRows: number;
}

/** A corpus. `train` and `test` read `folder`, else the folder named by the environment variable TEXTLOOM_DATA, else the sample; null asks for the sample. */
export interface Corpus extends CorpusFacts {
	/** Throws a DataError where `folder` does not have the corpus. */
	train(folder?: string | null): CorpusDocuments;
	/** Throws a DataError where `folder` does not have the corpus. */
	test(folder?: string | null): CorpusDocuments;
}

/** Makes a corpus of its facts and of how one of its files is read. */
export function corpus(facts: CorpusFacts, read: (path: string, counts: Counts) => Documents<LabelledText>): Corpus {
	const open = (split: Split, folder: string | null | undefined): CorpusDocuments => {
		const found = locate(facts, split, folder);
		if (!found) return sample(facts, split);
		const { path, file } = found;
		// A file of another size is another edition: its rows are not counted beforehand.
		const same = file.size === undefined ? false : statSync(path).size === file.size;
		const origin = same ? `the ${file.rows.toLocaleString('en')} rows of ${path}` : path;
		const counts = { read: 0, skipped: 0, replaced: 0 };
		return Object.assign(read(path, counts), { origin, sample: false, counts });
	};
	return { ...facts, train: (folder) => open('train', folder), test: (folder) => open('test', folder) };
}

/** The file of a split; undefined where the sample is to be used. A folder that was asked for must have it. */
function locate({ name, published, files }: CorpusFacts, split: Split, folder: string | null | undefined) {
	const root = folder === null ? undefined : (folder ?? (process.env.TEXTLOOM_DATA || undefined));
	if (root === undefined) return undefined;
	const exists = (file: CorpusFile) => existsSync(join(root, file.path));
	const file = files[split].find(exists);
	if (file) return { path: join(root, file.path), file };
	// Never one split of the published corpus with the other of the sample.
	const partly = files.train.some(exists) || files.test.some(exists);
	if (folder === undefined && !partly) return undefined;
	const paths = files[split].map((file) => file.path).join(', ');
	throw new DataError(
		`${name}: expected one of ${paths} in ${root}, got none. Download it (${published}), or name no folder for the sample.`,
	);
}

/** Every fifth row of the sample is for testing. */
const testEvery = 5;

function sample({ name, classes, sampleRows }: CorpusFacts, split: Split): CorpusDocuments {
	// This file runs from dist/corpora; the samples stay where they are.
	const path = fileURLToPath(new URL(`../../corpora/samples/${name}.csv`, import.meta.url));
	const rows = csv(path, {
		fields: 2,
		record: ([label, text]) => {
			if (!classes.includes(label!))
				throw new Error(`${name}: expected a label of ${classes.join(', ')}, got "${label}". Correct the sample.`);
			return { text: text!, label: label! };
		},
	});
	const docs = documentsFrom(async function* () {
		let row = 0;
		for await (const chunk of rows.chunks()) {
			const part = chunk.filter(() => (++row % testEvery === 0) === (split === 'test'));
			if (part.length > 0) yield part;
		}
	});
	const tests = Math.floor(sampleRows / testEvery);
	const count = split === 'test' ? tests : sampleRows - tests;
	return Object.assign(docs, { origin: `${count} rows of the sample corpus, written for this project (${path})`, sample: true });
}
