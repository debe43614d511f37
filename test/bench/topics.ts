// Topics of 13,420 texts of AG News, seconds in this thread: truncated SVD and NMF of TF-IDF, k-means of TF-IDF, LDA of counts; against
// scikit-learn with its defaults for the same matrix, in turn. `ours` is that of the decomposition. Words are those of scikit-learn's pattern
// that two texts have.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { collect, csv } from 'textloom';
import { kMeans, lda, nmf, truncatedSvd } from 'textloom/classic';
import { documentCounts, type SparseMatrix, sparseMatrix } from 'textloom/sparse';
import { median, type Result } from './support/bench.js';

/** What is timed: the settings are those of the peer's script. Each gives a figure that says how good it is. */
const jobs: Readonly<Record<string, (counts: SparseMatrix, tfidf: SparseMatrix) => readonly [figure: string, value: number]>> = {
	svd: (_, tfidf) => ['explained', sumOf(truncatedSvd(tfidf, { components: 100 }).explainedVarianceRatio)],
	nmf: (_, tfidf) => ['error', nmf(tfidf, { components: 20 }).reconstructionError],
	'nmf-kl': (_, tfidf) => ['error', nmf(tfidf, { components: 20, loss: 'kullback-leibler' }).reconstructionError],
	'lda-online': (counts) => ['perplexity', lda(counts, { topics: 20, passes: 3 }).perplexity(counts)],
	'lda-batch': (counts) => ['perplexity', lda(counts, { topics: 20, passes: 3, learning: 'batch' }).perplexity(counts)],
	kmeans: (_, tfidf) => ['inertia', kMeans(tfidf, { clusters: 20 }).inertia],
};

interface Timed {
	readonly seconds: number;
	readonly figure: number;
}

/** Each in turn with the peer, after a round that is not counted. */
export async function run({ peers, rounds = 3 }: { peers?: string; rounds?: number }): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'ag_news/train_subset_13k.csv.gz');
	const texts = await collect(csv(path, { record: ([_, ...rest]) => ({ text: rest.join(' ') }) }));
	const counts = countsOf(texts.map(({ text }) => text));
	const weights = tfidfOf(counts);
	console.log(`${counts.rows} texts, ${counts.columns} words, ${counts.indices.length} entries`);
	const results: Result['peers'] = [];
	let first = 0;
	for (const [name, job] of Object.entries(jobs)) {
		job(counts, weights);
		const [ours, theirs]: [number[], Timed[]] = [[], []];
		let [figure, value]: readonly [string, number] = ['', 0];
		for (let round = 0; round < rounds; round++) {
			const start = performance.now();
			[figure, value] = job(counts, weights);
			ours.push((performance.now() - start) / 1000);
			if (peers !== undefined) theirs.push(await peer(name, path));
		}
		const seconds = median(ours);
		first ||= seconds;
		const [other, theirFigure] = [median(theirs.map((one) => one.seconds)), theirs[0]?.figure];
		console.log(JSON.stringify({ job: name, seconds, ...(peers !== undefined && { peer: other }), figure, value, theirs: theirFigure }));
		if (peers !== undefined) results.push({ name: `scikit-learn ${name}`, value: other, ratio: other / seconds });
	}
	return { bench: 'topics', ours: first, unit: 's', peers: results };
}

const sumOf = (numbers: Float64Array) => numbers.reduce((sum, value) => sum + value, 0);

/** Counts of the words of two letters or more that two texts have, in order of first appearance. */
function countsOf(texts: readonly string[]): SparseMatrix {
	const places = new Map<string, number>();
	const counted = texts.map((text) => {
		const counts = new Map<number, number>();
		for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}_]{2,}/gu)) {
			if (!places.has(word)) places.set(word, places.size);
			const place = places.get(word)!;
			counts.set(place, (counts.get(place) ?? 0) + 1);
		}
		return [...counts].sort(([a], [b]) => a - b);
	});
	const documents = documentCounts({ columns: places.size, indices: Int32Array.from(counted.flat(), ([place]) => place) });
	const columns = new Map([...documents.keys()].filter((place) => documents[place]! >= 2).map((place, column) => [place, column]));
	return sparseMatrix(
		counted.map((row) => {
			const kept = row.filter(([place]) => columns.has(place));
			const indices = Int32Array.from(kept, ([place]) => columns.get(place)!);
			return { indices, values: Float64Array.from(kept, ([, count]) => count), size: columns.size };
		}),
	);
}

/** Smoothed TF-IDF, each row of length 1. */
function tfidfOf(counts: SparseMatrix): SparseMatrix {
	const idf = Float64Array.from(documentCounts(counts), (count) => Math.log((1 + counts.rows) / (1 + count)) + 1);
	const values = Float64Array.from(counts.values, (count, at) => count * idf[counts.indices[at]!]!);
	for (let row = 0; row < counts.rows; row++) {
		const own = values.subarray(counts.starts[row]!, counts.starts[row + 1]!);
		const length = Math.hypot(...own) || 1;
		for (let at = 0; at < own.length; at++) own[at]! /= length;
	}
	return { ...counts, values };
}

async function peer(job: string, path: string): Promise<Timed> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const script = fileURLToPath(new URL('../../../test/bench/peers/topics_sklearn.py', import.meta.url));
	const { stdout } = await promisify(execFile)(python, [script, job, path]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Timed;
}
