// Features by simple means, as scikit-learn's TfidfVectorizer makes them, for benchmarks of classifiers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { SparseMatrix } from 'textloom/sparse';

/** Labels and texts of a data set. */
export interface Texts {
	readonly labels: string[];
	readonly texts: string[];
}

/** How features are made. */
export interface NgramOptions {
	/** What a token is. */
	readonly pattern: RegExp;
	/** The longest row of tokens that is a feature. */
	readonly longest: number;
	readonly sublinear?: boolean;
	readonly minDocuments?: number;
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

/** The n-grams of the texts to fit on, and matrices of these columns. */
export function ngrams(fitted: readonly string[], { pattern, longest, sublinear = false, minDocuments = 1, binary = false }: NgramOptions) {
	const seen = new Map<string, number>();
	const each = (text: string, visit: (gram: string) => void) => {
		const tokens = text.toLowerCase().match(pattern) ?? [];
		for (let i = 0; i < tokens.length; i++) {
			let gram = tokens[i]!;
			visit(gram);
			for (let n = 1; n < longest && i + n < tokens.length; n++) {
				gram = `${gram} ${tokens[i + n]}`;
				visit(gram);
			}
		}
	};
	let counts: number[] = [];
	for (const text of fitted) {
		const own = new Set<number>();
		each(text, (gram) => {
			let place = seen.get(gram);
			if (place === undefined) {
				place = seen.size;
				seen.set(gram, place);
				counts.push(0);
			}
			own.add(place);
		});
		for (const place of own) counts[place]!++;
	}
	if (minDocuments > 1) {
		const kept: number[] = [];
		for (const [gram, place] of seen) {
			if (counts[place]! < minDocuments) seen.delete(gram);
			else {
				seen.set(gram, kept.length);
				kept.push(counts[place]!);
			}
		}
		counts = kept;
	}
	// Columns in the order of their names, as scikit-learn has them.
	const names = [...seen.keys()].sort();
	const sorted = names.map((name) => counts[seen.get(name)!]!);
	counts = sorted;
	for (const [place, name] of names.entries()) seen.set(name, place);
	const weights = Float64Array.from(counts, (count) => Math.log((fitted.length + 1) / (count + 1)) + 1);
	const matrix = (texts: readonly string[]): SparseMatrix => {
		const starts = new Uint32Array(texts.length + 1);
		const rows = texts.map((text, row) => {
			const own = new Map<number, number>();
			each(text, (gram) => {
				const place = seen.get(gram);
				if (place !== undefined) own.set(place, (own.get(place) ?? 0) + 1);
			});
			const indices = Int32Array.from(own.keys()).sort();
			const values = Float64Array.from(indices, (place) => {
				const count = own.get(place)!;
				return binary ? 1 : (sublinear ? 1 + Math.log(count) : count) * weights[place]!;
			});
			const length = binary ? 1 : Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
			starts[row + 1] = starts[row]! + indices.length;
			return { indices, values: Float32Array.from(values, (value) => value / length) };
		});
		const indices = new Int32Array(starts.at(-1)!);
		const values = new Float32Array(starts.at(-1)!);
		rows.forEach((row, i) => {
			indices.set(row.indices, starts[i]!);
			values.set(row.values, starts[i]!);
		});
		return { rows: texts.length, columns: counts.length, starts, indices, values };
	};
	return { matrix, names };
}
