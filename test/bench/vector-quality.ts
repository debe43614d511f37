// How word vectors of IMDB's reviews (11.5 million words, one pass, 100 dimensions) agree with what people say of pairs of words: Spearman on WordSim-353 and SimLex-999, the mean of three
// seeds, beside gensim's with the same options. `VECTORS=skipgram,cbow` runs some of the ways, `SEEDS=1` some of the seeds.
import { join } from 'node:path';
import { evaluateWordPairs, readWordPairs, trainFastText, trainWord2Vec } from 'textloom/embeddings';
import type { Result } from './support/bench.js';
import { python, sentencesOf, writeSentences } from './support/sentences.js';

const ways = {
	skipgram: { train: trainWord2Vec, options: { sg: true } },
	cbow: { train: trainWord2Vec, options: {} },
	hs: { train: trainWord2Vec, options: { sg: true, hs: true } },
	fasttext: { train: trainFastText, options: { sg: true } },
} as const;

interface Found {
	readonly words_per_s: number;
	readonly pairs: readonly { readonly spearman: number; readonly unknown: number }[];
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Spearman's coefficients; a result of each way and set is printed as it comes. */
export async function run({ peers }: { peers?: string }): Promise<Result> {
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const files = ['EN-WS-353-ALL.txt', 'EN-SIMLEX-999.txt'].map((file) => join(data, 'wordsim', file));
	const sets = await Promise.all(files.map((file) => readWordPairs(file)));
	const names = (process.env.VECTORS ?? Object.keys(ways).join()).split(',') as (keyof typeof ways)[];
	const seeds = (process.env.SEEDS ?? '1,2,3').split(',').map(Number);
	const sentences = await writeSentences();
	const differences: number[] = [];
	const results: number[] = [];
	try {
		for (const name of names) {
			const { train, options } = ways[name];
			const [ours, theirs]: [Found[], Found[]] = [[], []];
			for (const seed of seeds) {
				const { vectors, history } = await train(sentencesOf(sentences), { ...options, epochs: 1, workers: 2, seed });
				const pairs = sets.map((set) => {
					const { spearman, unknownShare } = evaluateWordPairs(vectors, set);
					return { spearman: spearman.coefficient, unknown: 100 * unknownShare };
				});
				ours.push({ words_per_s: history[0]!.wordsPerSecond, pairs });
				if (peers !== undefined) {
					theirs.push(await python<Found>('test/bench/peers/vectors_gensim.py', sentences.path, name, String(seed), ...files));
				}
				console.log(JSON.stringify({ name, seed, ours: ours.at(-1), theirs: theirs.at(-1) }));
			}
			for (const set of files.keys()) {
				const of = (found: readonly Found[]) => mean(found.map(({ pairs }) => pairs[set]!.spearman));
				console.log(
					`${name} ${files[set]!.split('/').at(-1)}: ${of(ours).toFixed(4)}${peers === undefined ? '' : `, gensim ${of(theirs).toFixed(4)}`}`,
				);
				results.push(of(ours));
				if (peers !== undefined) differences.push(of(ours) - of(theirs));
			}
		}
	} finally {
		await sentences.remove();
	}
	const least = Math.min(...differences);
	const against =
		peers === undefined
			? []
			: [{ name: 'gensim (ratio: the least difference of a way and set)', value: mean(results) - mean(differences), ratio: least }];
	return { bench: 'vector-quality', ours: mean(results), unit: 'Spearman, mean over ways and sets', peers: against };
}
