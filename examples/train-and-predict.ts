// From texts to a trained classifier in one declared object, on twelve texts of our own.
import { chain, clean, textClassification, train, vocabulary, words } from 'textloom';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';

const texts = {
	weather: ['rain all day', 'sun and a light wind', 'snow in the hills', 'rain and wind', 'a day of sun', 'wind from the hills'],
	food: ['bread and cheese', 'soup with fresh bread', 'a plate of cheese', 'rice with beans', 'fresh beans and soup', 'a plate of rice'],
};
const docs = Object.entries(texts).flatMap(([label, list]) => list.map((text) => ({ text, label })));

const { model } = await train({
	task: textClassification(),
	corpus: docs,
	stages: chain(clean(), words(), vocabulary()),
	model: wordCnn({ width: 16, filters: 16, kernels: [1, 2] }),
	optimizer: adam({ rate: 0.01 }),
	training: { epochs: 20, batchSize: 4, validation: 0, seed: 1 },
});
for (const { text, label, score } of await model.predict(['fresh cheese', 'wind and snow'])) {
	console.log(`${text}: ${label} (${(100 * score).toFixed(0)}%)`);
}
await model.close();
