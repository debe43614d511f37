// Counting words on one core, from a packed file of JSON Lines to the vocabulary: lower case, words without punctuation, MB (a million bytes) of
// text a second (zlib works in a thread of its own); against Python's Counter over a regular expression, in turn.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chain, clean, collect, jsonl, pipe, vocabulary, words } from 'textloom';
import { median, type Result } from './support/bench.js';

const rounds = 5;

/** The median of five rounds, after one that is not counted. */
export async function run({ peers }: { peers?: string }): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'imdb/train.jsonl.gz');
	const docs = jsonl<{ text: string }>(path);
	const megabytes = (await collect(docs)).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
	const stages = chain(clean({ html: false, normalize: false, whitespace: false }), words({ punctuation: false }));
	const ours: number[] = [];
	const theirs: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		const start = performance.now();
		const fitted = await vocabulary().fit(pipe(docs, stages));
		const rate = (1000 * megabytes) / (performance.now() - start);
		const tokens = fitted.counts.reduce((sum, count) => sum + count, 0);
		// As many words as the peer finds, but for those of other letters.
		if (tokens < 5e6 || fitted.tokens[2] !== 'the')
			throw new Error(`vocabulary: expected the words of ${path}, got ${tokens}. Check the data.`);
		if (round === 0) continue;
		ours.push(rate);
		if (peers !== undefined) theirs.push(await counter(peers, path));
	}
	const value = median(theirs);
	const against = peers === undefined ? [] : [{ name: 'Python Counter', value, ratio: median(ours) / value }];
	return { bench: 'vocabulary', ours: median(ours), unit: 'MB/s', peers: against };
}

async function counter(peers: string, path: string): Promise<number> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'vocabulary_python.py'), path]);
	return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { mb_per_s: number }).mb_per_s;
}
