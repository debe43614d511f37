// Training of word vectors, thousands of words a second, two threads; against gensim or fastText's package, in turn, over the same file with the same options (one pass, 100 dimensions,
// window 5, 5 negative samples, minimum count 5, sample 0.001).
import { join } from 'node:path';
import { trainFastText, trainWord2Vec } from 'textloom/embeddings';
import { median, type Result } from './bench.js';
import { python, type Sentences, sentencesOf, writeSentences } from './sentences.js';

const rounds = 3;

/** A benchmark of training. */
export interface VectorBench {
	readonly bench: string;
	readonly sg: boolean;
	readonly subwords?: boolean;
	/** The first so many reviews. */
	readonly reviews?: number;
	/** What the peer takes: its name, a run of it, in words a second of training and seconds in all. */
	readonly peer: string;
	readonly run: (peers: string, sentences: Sentences) => Promise<Speed>;
}

/** How fast a run was. */
interface Speed {
	/** Words a second in training, without what is read before. */
	readonly rate: number;
	/** From the file to the vectors. */
	readonly seconds: number;
}

/** Trains by ours with one and two workers and by the peer, in turn. */
export async function vectorBench({ bench, sg, subwords, reviews, peer, run }: VectorBench, peers: string | undefined): Promise<Result> {
	const sentences = await writeSentences(reviews);
	const found: Record<'one' | 'two' | 'theirs', Speed[]> = { one: [], two: [], theirs: [] };
	try {
		for (let round = 0; round < rounds; round++) {
			found.one.push(await ours(sentences, { sg, workers: 1 }, subwords));
			found.two.push(await ours(sentences, { sg, workers: 2 }, subwords));
			if (peers !== undefined) found.theirs.push(await run(peers, sentences));
			console.log(JSON.stringify({ one: found.one.at(-1), two: found.two.at(-1), theirs: found.theirs.at(-1) }));
		}
	} finally {
		await sentences.remove();
	}
	const rate = (of: readonly Speed[]) => median(of.map((one) => one.rate)) / 1000;
	const seconds = (of: readonly Speed[]) => median(of.map((one) => one.seconds));
	const [one, two] = [rate(found.one), rate(found.two)];
	console.log(`largest resident memory of ours, both ways: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
	const against =
		peers === undefined
			? []
			: [
					{ name: peer, value: rate(found.theirs), ratio: two / rate(found.theirs) },
					{ name: `${peer}, seconds with reading`, value: seconds(found.theirs), ratio: seconds(found.theirs) / seconds(found.two) },
				];
	return { bench, ours: two, unit: 'thousand words/s', peers: [...against, { name: 'one worker', value: one, ratio: two / one }] };
}

async function ours(sentences: Sentences, options: { sg: boolean; workers: number }, subwords = false): Promise<Speed> {
	const start = performance.now();
	const { history } = await (subwords ? trainFastText : trainWord2Vec)(sentencesOf(sentences), { ...options, epochs: 1 });
	return { rate: sentences.words / history[0]!.seconds, seconds: (performance.now() - start) / 1000 };
}

/** A run of gensim's Word2Vec. */
export const gensim =
	(sg: boolean) =>
	async (peers: string, { path }: Sentences): Promise<Speed> => {
		const {
			words_per_s: rate,
			vocab_s: before,
			train_s: training,
		} = await python<{ words_per_s: number; vocab_s: number; train_s: number }>(
			join(peers, 'word2vec_gensim.py'),
			...[path, '--sg', sg ? '1' : '0', '--threads', '2'],
		);
		return { rate, seconds: before + training };
	};

/** A run of fastText's package: its only figure is the time of all. */
export const fastText = async (peers: string, { path, words }: Sentences): Promise<Speed> => {
	const options = ['dim=100', 'ws=5', 'neg=5', 'minCount=5', 't=0.001', 'epoch=1', 'thread=2'];
	const { total_s: seconds } = await python<{ total_s: number }>(join(peers, 'fasttext_python.py'), 'skipgram', path, ...options);
	return { rate: words / seconds, seconds };
};
