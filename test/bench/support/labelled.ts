// Labelled texts, and their features, for benchmarks of classifiers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { counts, tfidf } from 'textloom';
import type { SparseMatrix } from 'textloom/sparse';

/** Labels and texts of a data set. */
export interface Texts {
	readonly labels: string[];
	readonly texts: string[];
}

/** How features are made. */
export interface FeatureOptions {
	/** What a token of the lower-cased text is. */
	readonly pattern: RegExp;
	/** The longest row of tokens that is a feature. */
	readonly longest: number;
	readonly sublinear?: boolean;
	/** 1 for each n-gram that is there, in place of TF-IDF. */
	readonly binary?: boolean;
}

/** scikit-learn's tokens: two word characters or more. */
export const wordPattern = /[\p{L}\p{N}_]{2,}/gu;

/** JSON Lines with `label` and `text`. */
export async function readJsonl(path: string): Promise<Texts> {
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const rows = gunzipSync(await readFile(join(data, path)))
		.toString()
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { label: unknown; text: string });
	return { labels: rows.map(({ label }) => String(label)), texts: rows.map(({ text }) => text) };
}

/** The features of texts to fit on, and of others. */
export async function featuresOf(
	train: readonly string[],
	test: readonly string[],
	{ pattern, longest, sublinear = false, binary = false }: FeatureOptions,
): Promise<{ rows: SparseMatrix; testRows: SparseMatrix }> {
	const docsOf = (texts: readonly string[]) => texts.map((text) => ({ tokens: text.toLowerCase().match(pattern) ?? [] }));
	const ngramRange = [1, longest] as const;
	const learner = binary ? counts({ binary, ngramRange }) : tfidf({ sublinear, ngramRange });
	const { fitted, matrix } = await learner.fitTransform(docsOf(train));
	return { rows: matrix, testRows: await fitted.matrix(docsOf(test)) };
}
