// The speed of TF-IDF with n-grams: documents a second, from IMDB's training reviews in memory to a matrix, on one core and on two; against scikit-learn, in turn.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { collect, jsonl, parallel, pipe, tfidf } from 'textloom';
import { median, type Result } from './bench.js';
import { lower } from './lower.js';

interface Peer {
	readonly docs_per_s: number;
	readonly shape: readonly [number, number];
	readonly nnz: number;
}

/** Documents a second, the median of some rounds. */
export async function vectorizing(
	bench: string,
	longest: number,
	{ peers, rounds = 5 }: { peers?: string; rounds?: number },
): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'imdb/train.jsonl.gz');
	const docs = await collect(jsonl<{ text: string }>(path));
	const module = new URL('./lower.js', import.meta.url).href;
	// Threads need a stage to do.
	const ways = [() => docs, () => pipe(docs, parallel(lower(), { workers: 2, modules: { lower: { module, export: 'lower' } } }))];
	const [one, two, theirs]: [number[], number[], Peer[]] = [[], [], []];
	let [columns, entries] = [0, 0];
	for (let round = 0; round <= rounds; round++) {
		for (const [place, texts] of ways.entries()) {
			const start = performance.now();
			const { matrix } = await tfidf({ analyzer: 'text', ngramRange: [1, longest] }).fitTransform(texts());
			const seconds = (performance.now() - start) / 1000;
			[columns, entries] = [matrix.columns, matrix.indices.length];
			// The first round warms up.
			if (round > 0) [one, two][place]!.push(docs.length / seconds);
		}
		if (round > 0 && peers !== undefined) theirs.push(await sklearn(peers, path, longest));
	}
	const [peer] = theirs;
	if (peer && (peer.shape[1] !== columns || peer.nnz !== entries)) {
		throw new Error(
			`${bench}: expected the peer's ${peer.shape[1]} columns and ${peer.nnz} numbers, got ${columns} and ${entries}. Compare the patterns.`,
		);
	}
	const value = median(theirs.map(({ docs_per_s }) => docs_per_s));
	const against = [
		{ name: 'scikit-learn TfidfVectorizer', value, ratio: median(one) / value },
		{ name: 'scikit-learn TfidfVectorizer (ours: two workers)', value, ratio: median(two) / value },
	];
	const bytes = { columns, entries, matrix_mb: (8 * entries + 4 * docs.length) / 1e6, sklearn_mb: (12 * entries + 4 * docs.length) / 1e6 };
	return { bench, ours: median(one), unit: 'documents/s', ...bytes, peers: peer ? against : [] } as Result;
}

async function sklearn(peers: string, path: string, longest: number): Promise<Peer> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'tfidf_sklearn.py'), path, String(longest)]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Peer;
}
