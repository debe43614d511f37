// Cleaning speed, documents a second on one core and on two: lower case, words of a-z and 0-9, stop words, Porter over the texts of AG News, read beforehand;
// against NLTK, in turn (A B A B …).
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chain, clean, collect, csv, type Documents, englishStopwords, parallel, pipe, stem, stopwords, whitespace } from 'textloom';
import { median, type Result } from './support/bench.js';

/** The stop words of `clean_nltk.py`, so that both stem the same words. */
const dropped =
	`i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself
	they them their theirs themselves what which who whom this that these those am is are was were be been being have has had having do does did
	doing a an the and but if or because as until while of at by for with about against between into through during before after above below to
	from up down in out on off over under again further then once here there when where why how all any both each few more most other some such
	no nor not only own same so than too very s t can will just don should now`.split(/\s+/);

/** Made anew for each round, so that no stem is remembered from the one before. */
const stages = () => {
	const keep = [...englishStopwords].filter((word) => !dropped.includes(word));
	const plain = clean({ html: false, normalize: false, only: 'a-z0-9' });
	return chain(plain, whitespace(), stopwords({ extra: dropped, keep }), stem({ algorithm: 'porter' }));
};

const [rounds, copies] = [5, 20];

/** Documents a second, the median of five rounds: `ours` and the first ratio in one thread, the second ratio with two workers. */
export async function run({ peers }: { peers?: string }): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'ag_news/test.csv.gz');
	const once = await collect(csv(path, { record: ([, ...texts]) => ({ text: texts.join(' ') }) }));
	const docs = Array.from({ length: copies }, () => once).flat();
	const one: number[] = [];
	const two: number[] = [];
	const theirs: { docs_per_s: number; tokens: number }[] = [];
	let count = 0;
	const rate = async (done: Documents<{ tokens: string[] }>) => {
		const start = performance.now();
		count = 0;
		for await (const chunk of done.chunks()) for (const doc of chunk) count += doc.tokens.length;
		return docs.length / ((performance.now() - start) / 1000);
	};
	for (let round = 0; round <= rounds; round++) {
		const [alone, together] = [
			await rate(pipe(docs, stages())),
			await rate(pipe(docs, parallel(stages(), { workers: 2, keep: ['tokens'] }))),
		];
		// The first round warms up.
		if (round === 0) continue;
		one.push(alone);
		two.push(together);
		if (peers !== undefined) theirs.push(await nltk(peers, path));
	}
	const peer = median(theirs.map(({ docs_per_s }) => docs_per_s));
	const other = (theirs[0]?.tokens ?? count / copies) * copies;
	if (other !== count) throw new Error(`clean: expected the peer's ${other} tokens, got ${count}. Compare the lists of stop words.`);
	const against = [
		{ name: 'NLTK', value: peer, ratio: median(one) / peer },
		{ name: 'NLTK (ours: two workers)', value: peer, ratio: median(two) / peer },
	];
	return { bench: 'clean', ours: median(one), unit: 'documents/s', peers: peers === undefined ? [] : against };
}

async function nltk(peers: string, path: string): Promise<{ docs_per_s: number; tokens: number }> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'clean_nltk.py'), path]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
