// The ten most similar words of 400,000 with 100 numbers each, milliseconds a question in this thread: one at a time, and 100 at once; against
// gensim's most_similar, which has as many threads as BLAS takes. `ours` is that of one at a time. Both load the same file, and their answers are compared.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadVectors, saveVectors, type WordVectors, wordVectors } from 'textloom';
import { median, type Result } from './support/bench.js';

const [size, width, questions] = [400_000, 100, 100];

/** Times loading and questions, in turn with the peer. */
export async function run({ peers, rounds = 3 }: { peers?: string; rounds?: number }): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	try {
		const [path, list] = [join(folder, 'vectors.bin'), join(folder, 'words.txt')];
		await saveVectors(made(), path);
		const asked = Array.from({ length: questions }, (_, i) => `w${i * 3571}`);
		await writeFile(list, asked.join('\n'));
		let start = performance.now();
		const vectors = await loadVectors(path);
		const load = (performance.now() - start) / 1000;
		start = performance.now();
		vectors.mostSimilar(asked[0]!);
		const first = performance.now() - start;
		const [single, together, theirs]: [number[], number[], Timed[]] = [[], [], []];
		for (let round = 0; round < rounds; round++) {
			single.push(
				median(
					asked.map((word) => {
						const start = performance.now();
						vectors.mostSimilar(word);
						return performance.now() - start;
					}),
				),
			);
			start = performance.now();
			vectors.mostSimilarAll(asked);
			together.push((performance.now() - start) / questions);
			if (peers !== undefined) theirs.push(await peer(path, list));
		}
		const [ours, batch, other] = [median(single), median(together), median(theirs.map(({ single }) => single))];
		const equal = theirs[0]?.answers.filter(
			(answer, i) =>
				answer.join() ===
				vectors
					.mostSimilar(asked[i]!)
					.map(({ word }) => word)
					.join(),
		);
		console.log(
			JSON.stringify({
				load,
				first,
				single: ours,
				together: batch,
				rss: process.memoryUsage().rss / 1e6,
				theirLoad: theirs[0]?.load,
				equal: equal?.length,
			}),
		);
		return {
			...{ bench: 'most-similar', ours, unit: 'ms' },
			peers: peers === undefined ? [] : [{ name: 'gensim most_similar', value: other, ratio: other / ours }],
		};
	} finally {
		await rm(folder, { recursive: true });
	}
}

interface Timed {
	readonly load: number;
	readonly single: number;
	readonly answers: readonly (readonly string[])[];
}

/** Vectors around 2,000 topics, about as alike as trained ones are. */
function made(): WordVectors {
	let seed = 18;
	const draw = () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 31 - 1;
	};
	const normal = () => draw() + draw() + draw();
	const topics = Float32Array.from({ length: 2000 * width }, normal);
	const rows = new Float32Array(size * width);
	for (let row = 0; row < size; row++) {
		const topic = Math.floor(((draw() + 1) / 2) * 2000) * width;
		for (let i = 0; i < width; i++) rows[row * width + i] = topics[topic + i]! + 1.5 * normal();
	}
	return wordVectors({ words: Array.from({ length: size }, (_, i) => `w${i}`), width, rows });
}

async function peer(path: string, words: string): Promise<Timed> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const script = fileURLToPath(new URL('../../../test/bench/peers/most_similar_gensim.py', import.meta.url));
	const { stdout } = await promisify(execFile)(python, [script, path, words], { maxBuffer: 2 ** 26 });
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Timed;
}
