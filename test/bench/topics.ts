// Topics of 13,420 texts of AG News, seconds in this thread: truncated SVD and NMF of TF-IDF, k-means of TF-IDF, LDA of counts; against
// scikit-learn with its defaults for the same matrix, in turn. `ours` is that of the decomposition. Words are those of scikit-learn's pattern
// that two texts have.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { collect, counts, csv, tfidf } from 'textloom';
import { kMeans, lda, nmf, truncatedSvd } from 'textloom/classic';
import type { SparseMatrix } from 'textloom/sparse';
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
	const options = { analyzer: 'text', minDf: 2, dtype: 'float64' } as const;
	const { matrix: occurrences } = await counts(options).fitTransform(texts);
	const { matrix: weights } = await tfidf(options).fitTransform(texts);
	console.log(`${occurrences.rows} texts, ${occurrences.columns} words, ${occurrences.indices.length} entries`);
	const results: Result['peers'] = [];
	let first = 0;
	for (const [name, job] of Object.entries(jobs)) {
		job(occurrences, weights);
		const [ours, theirs]: [number[], Timed[]] = [[], []];
		let [figure, value]: readonly [string, number] = ['', 0];
		for (let round = 0; round < rounds; round++) {
			const start = performance.now();
			[figure, value] = job(occurrences, weights);
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

async function peer(job: string, path: string): Promise<Timed> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const script = fileURLToPath(new URL('../../../test/bench/peers/topics_sklearn.py', import.meta.url));
	const { stdout } = await promisify(execFile)(python, [script, job, path]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Timed;
}
