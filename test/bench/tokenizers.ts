// Training subwords: 10,000 pieces of BPE, WordPiece and Unigram from AG News texts in memory, MB (a million bytes) of text a second, one
// thread; against Hugging Face's trainers. `ours` is BPE's; `tokens` tells how many tokens each tokenizer makes of the texts.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bpe, collect, csv, type Source, type SubwordStage, unigram, wordpiece } from 'textloom';
import { median, type Result } from './support/bench.js';

type Docs = { text: string }[];

const size = 10_000;
/** The settings of the peers' script. */
const kinds: Readonly<Record<string, { fit(docs: Source<{ text: string }>): Promise<SubwordStage> }>> = {
	bpe: bpe({ size, minCount: 0 }),
	wordpiece: wordpiece({ size, minCount: 0, special: ['[UNK]'] }),
	unigram: unigram({ size }),
};

/** Trains each kind and, in turn, the peer. */
export async function run({ peers, rounds = 3 }: { peers?: string; rounds?: number }): Promise<Result> {
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const path = join(data, 'ag_news/train_subset_13k.csv.gz');
	const docs = await collect(csv(path, { record: ([_, ...rest]) => ({ text: rest.join(' ') }) }));
	const megabytes = docs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
	const results: Result['peers'] = [];
	let first = 0;
	for (const [kind, learner] of Object.entries(kinds)) {
		await learner.fit(docs);
		const ours: number[] = [];
		const theirs: { train_mb_per_s: number; tokens: number }[] = [];
		let stage: SubwordStage | undefined;
		for (let round = 0; round < rounds; round++) {
			const start = performance.now();
			stage = await learner.fit(docs);
			ours.push((megabytes * 1000) / (performance.now() - start));
			if (peers) theirs.push(await peer(peers, kind, path));
		}
		const tokens = await count(stage!, docs);
		const speed = median(ours);
		first ||= speed;
		console.log(
			JSON.stringify({
				kind,
				mb_per_s: speed,
				tokens,
				...(peers && { peer_tokens: theirs[0]!.tokens, ratio: tokens / theirs[0]!.tokens }),
			}),
		);
		if (!peers) continue;
		const value = median(theirs.map(({ train_mb_per_s }) => train_mb_per_s));
		results.push({ name: `tokenizers ${kind}`, value, ratio: speed / value });
	}
	return { bench: 'tokenizers', ours: first, unit: 'MB/s', peers: results };
}

async function count(stage: SubwordStage, docs: Docs): Promise<number> {
	let tokens = 0;
	for await (const chunk of stage(docs).chunks()) for (const { ids } of chunk) tokens += ids.length;
	return tokens;
}

async function peer(peers: string, kind: string, path: string) {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'tokenizers_train.py'), kind, path, String(size)]);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as { train_mb_per_s: number; tokens: number };
}
