// Keywords of 1,000 Chinese articles by TextRank, cut and tagged first, articles a second in one thread; against jieba.analyse.textrank in turn.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { collect, csv } from 'textloom';
import { textrankKeywords } from 'textloom/keywords';
import { median, type Result } from './support/bench.js';

interface Tagger {
	tag(text: string, hmm?: boolean): { word: string; tag: string }[];
}

/** Articles a second, the median of some rounds; `keywords` of them all, as the peer counts them. */
export async function run({ peers, rounds = 5 }: { peers?: string; rounds?: number }): Promise<Result> {
	const path = join(process.env.TEXTLOOM_DATA ?? '../shared/data', 'zh_sentiment/ChnSentiCorp_htl_all.csv.gz');
	const rows = await collect(csv<{ review: string }>(path));
	const texts = rows.flatMap(({ review }) => ([...review].length >= 50 ? [review] : [])).slice(0, 1000);
	const require = createRequire(import.meta.url);
	const { Jieba } = require('@node-rs/jieba') as { Jieba: { withDict(dict: Uint8Array): Tagger } };
	const jieba = Jieba.withDict((require('@node-rs/jieba/dict') as { dict: Uint8Array }).dict);
	const { extract } = textrankKeywords({ variant: 'jieba', top: 20 });
	const work = () => {
		let [keywords, cutting] = [0, 0];
		const start = performance.now();
		for (const text of texts) {
			const before = performance.now();
			const tagged = jieba.tag(text, true);
			cutting += performance.now() - before;
			keywords += extract({ tokens: tagged.map(({ word }) => word), tags: tagged.map(({ tag }) => tag) }).length;
		}
		const all = performance.now() - start;
		return { keywords, rate: texts.length / (all / 1000), ranking: texts.length / ((all - cutting) / 1000) };
	};
	work();
	const [ours, ranking, theirs]: [number[], number[], number[]] = [[], [], []];
	let keywords = 0;
	for (let round = 0; round < rounds; round++) {
		const found = work();
		ours.push(found.rate);
		ranking.push(found.ranking);
		keywords = found.keywords;
		if (peers !== undefined) theirs.push(await peer(peers, path));
	}
	console.log(JSON.stringify({ texts: texts.length, keywords, texts_per_s: median(ours), ranking_alone_per_s: median(ranking) }));
	const against =
		theirs.length > 0 ? [{ name: 'jieba.analyse.textrank', value: median(theirs), ratio: median(ours) / median(theirs) }] : [];
	return { bench: 'textrank', ours: median(ours), unit: 'articles/s', peers: against };
}

async function peer(peers: string, path: string): Promise<number> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'textrank_jieba.py'), path]);
	console.log(stdout.trim());
	return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { texts_per_s: number }).texts_per_s;
}
