// A task of one's own: how many stars a text gives, where four is nearer to five than one is. It is learned as the chances of more than 1, 2, 3, 4.
import { chain, clean, load, type Task, train, vocabulary, words } from 'textloom';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';

const steps = [1, 2, 3, 4];
const stars = (): Task<{ stars: number }, { stars: number }, { meanError: number }> => ({
	name: 'stars',
	options: {},
	needs: { stars: 'number' },
	learn: { start: () => ({}), add: () => {}, finish: () => null },
	head: () => ({
		outputs: steps.length,
		inputs: { targets: { dtype: 'float32', shape: ['batch', steps.length] } },
		answer: (doc) => ({ targets: { data: steps.map((step) => Number(doc.stars > step)), shape: [steps.length] } }),
		loss: (logits, { targets }) => nn.binaryCrossEntropyWithLogits(logits, targets!),
		...{ metrics: {}, monitor: [], config: {} },
		say: ({ data }) => ({ stars: 1 + Array.from(data as Float32Array).filter((logit) => logit > 0).length }),
		measure: {
			start: () => ({ sum: 0, count: 0 }),
			add: (state, doc, said) => Object.assign(state, { sum: state.sum + Math.abs(doc.stars - said.stars), count: state.count + 1 }),
			result: ({ sum, count }) => ({ meanError: sum / count }),
			right: (doc, said) => doc.stars === said.stars,
		},
	}),
});

const degrees = ['awful', 'poor', 'fair', 'good', 'superb'];
const corpus = Array.from({ length: 60 }, (_, i) => ({ text: `a ${degrees[i % 5]} meal`, stars: 1 + (i % 5) }));
const out = process.argv[2] ?? 'runs/stars';
const recipe = {
	...{ task: stars(), corpus, stages: chain(clean(), words(), vocabulary()) },
	...{ model: wordCnn({ width: 16, kernels: [1] }), optimizer: adam({ rate: 0.02 }), training: { epochs: 30, batchSize: 8 } },
};
await (await train(recipe, { out, existing: 'overwrite' })).model.close();
const again = await load(out, { task: stars });
for (const { text, stars } of await again.predict(['a superb meal', 'a poor meal'])) console.log(`${text}: ${'★'.repeat(stars)}`);
await again.close();
