// Vectors that a recipe declares: learned of its training documents, then what its model begins with.
import {
	chain,
	corpusOf,
	pipe,
	type Recipe,
	segment,
	type TextClassification,
	textClassification,
	train,
	trainWord2Vec,
	vocabulary,
	whitespace,
} from 'textloom';
import { word2vec } from 'textloom/embeddings';
import { gruClassifier, wordCnn } from 'textloom/models';
import { adam } from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';

const said = ['rain and storm and wind', 'bread and cake and salt'];
const corpus = Array.from({ length: 40 }, (_, i) => ({ text: `${said[i % 2]} ${said[i % 2]} n${i}`, label: ['weather', 'food'][i % 2]! }));
const settings = { vectorSize: 8, window: 2, minCount: 2, epochs: 3, sg: true } as const;
const recipe = (model: Recipe['model']): Recipe<TextClassification> => ({
	...{ task: textClassification(), corpus, stages: chain(whitespace(), vocabulary()), model, optimizer: adam({ rate: 0.01 }) },
	training: { epochs: 2, batchSize: 8, validation: 0, seed: 5 },
});

describe('vectors in a declaration', () => {
	it('are those that trainWord2Vec learns of the tokens with the seed of the training', async () => {
		const { vectors } = await trainWord2Vec(pipe(corpusOf(corpus).train(), whitespace()), { ...settings, seed: 5, workers: 1 });
		const seen: Record<string, Float32Array | undefined> = {};
		const model = wordCnn({ vectors: word2vec(settings), frozen: true, filters: 4, kernels: [1], dropout: 0 });
		const watched: Recipe['model'] = {
			...model,
			build(sizes) {
				for (const word of ['rain', 'cake', 'n3']) seen[word] = sizes.vectors?.get(word);
				return model.build(sizes);
			},
		};
		const trained = await train(recipe(watched));
		await trained.model.close();
		expect(seen.rain).toEqual(vectors.get('rain'));
		expect(seen.cake).toEqual(vectors.get('cake'));
		expect(seen.n3).toBeUndefined();
	});

	it('are a pass that progress tells of, and give equal runs equal models', async () => {
		const phases = new Set<string>();
		const run = async () => {
			const { model } = await train(recipe(gruClassifier({ vectors: word2vec(settings), hidden: 4 })), {
				onProgress: ({ phase }) => phases.add(phase),
			});
			const result = await model.predict(['rain and cake', 'storm n1']);
			await model.close();
			return result;
		};
		expect(await run()).toEqual(await run());
		expect([...phases]).toEqual(['answers', 'stages', 'vectors', 'encode', 'start', 'fit']);
	});

	it('are learned of another corpus, too, where one is named', async () => {
		const more = { name: 'more', train: () => [{ text: 'hail and storm and hail' }, { text: 'hail and cake and hail' }] };
		let known: string[] = [];
		const model = wordCnn({ vectors: word2vec({ ...settings, also: more }), filters: 4, kernels: [1], dropout: 0 });
		const watched: Recipe['model'] = {
			...model,
			build(sizes) {
				known = ['hail', 'rain', 'snow'].filter((word) => sizes.vectors?.has(word));
				return model.build(sizes);
			},
		};
		await (await train(recipe(watched))).model.close();
		expect(known).toEqual(['hail', 'rain']);
		expect(model.vectors?.spec.options).toMatchObject({ also: 'more', sg: true });
	});

	it('jieba, vocabulary, Word2Vec and a GRU are one declaration', async () => {
		const texts = ['房间很干净，服务非常好', '房间太脏，服务很差', '早餐非常好，服务热情', '早餐很差，态度太冷淡'];
		const hotel = Array.from({ length: 40 }, (_, i) => ({ text: texts[i % 4]!, label: i % 2 ? 'bad' : 'good' }));
		const { model } = await train({
			...{ task: textClassification(), corpus: hotel, stages: chain(segment(), vocabulary()), optimizer: adam({ rate: 0.02 }) },
			model: gruClassifier({ vectors: word2vec({ ...settings, subwords: true, minN: 1, maxN: 2, bucket: 1000 }), hidden: 8 }),
			training: { epochs: 8, batchSize: 8, validation: 0, seed: 1 },
		});
		expect((await model.predict(['服务非常好', '服务很差'])).map(({ label }) => label)).toEqual(['good', 'bad']);
		await model.close();
	});
});

testRefusals({
	word2vec: {
		refuses: [
			[() => word2vec({ vectorSize: 0 }), 'word2vec: expected vectorSize to be a whole number from 1, got 0.'],
			[() => word2vec({ minN: 2 } as never), 'word2vec: expected an option that it has, got minN.'],
			[() => word2vec({ hs: false, negative: 0 }), 'word2vec: expected something to predict, got hs: false and negative: 0.'],
			[() => word2vec({ also: 'imdb' as never }), "word2vec: expected also to be a corpus, got 'imdb'. Pass one of textloom/corpora."],
			[() => gruClassifier({ vectors: word2vec({ vectorSize: 8 }), width: 9 }), 'expected the width of the vectors, 8, got width 9.'],
		],
	},
});
