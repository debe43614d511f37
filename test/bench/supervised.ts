// Training a fastText classifier on IMDB's 25,000 training reviews, bigrams, 10 epochs, 50 dimensions, two threads, reading included: seconds, against fastText's Python package, in turn.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { trainFastTextClassifier } from 'textloom/embeddings';
import { median, type Result } from './support/bench.js';
import { labelledSets, linesOf, withFiles } from './support/fasttext-lines.js';

const options = { wordNgrams: 2, dim: 50, epoch: 10, lr: 0.5, bucket: 1_000_000 };

/** Trains and, in turn, has the peer train. */
export async function run({ peers, rounds = 3 }: { peers?: string; rounds?: number }): Promise<Result> {
	const { train } = labelledSets.find(({ name }) => name === 'IMDB')!;
	return withFiles({ train: linesOf(await train()) }, async (pathOf) => {
		const [ours, theirs]: [number[], number[]] = [[], []];
		let words = 0;
		for (let round = 0; round < rounds; round++) {
			const start = performance.now();
			const { file } = await trainFastTextClassifier(pathOf('train'), { ...options, thread: 2, seed: round });
			ours.push((performance.now() - start) / 1000);
			words = file.dictionary.tokens * options.epoch;
			if (peers) theirs.push(await peer(peers, pathOf('train')));
			console.log(JSON.stringify({ round, ours: ours.at(-1), peer: theirs.at(-1) }));
		}
		const seconds = median(ours);
		console.log(JSON.stringify({ wordsPerSecond: Math.round(words / seconds) }));
		const value = theirs.length > 0 ? median(theirs) : 0;
		return {
			bench: 'supervised',
			ours: seconds,
			unit: 's',
			peers: peers ? [{ name: 'fasttext_python supervised', value, ratio: value / seconds }] : [],
		};
	});
}

async function peer(peers: string, path: string): Promise<number> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
	const { stdout } = await promisify(execFile)(python, [join(peers, 'fasttext_python.py'), 'supervised', path, ...pairs]);
	return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { total_s: number }).total_s;
}
