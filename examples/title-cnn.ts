// Titles of news by three networks side by side: characters as rows of 0 and one 1, characters with vectors, words as images of their vectors.
import { join } from 'node:path';
import * as t from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { charCnn, imageCnn } from 'textloom/models';
import { adam } from 'textloom/optim';

// With TEXTLOOM_DATA the 7,600 titles of AG News's test file, without it the texts of the sample. One in ten is held out.
const data = process.env.TEXTLOOM_DATA;
const titles = (file: string) => t.csv(file, { fields: 3, record: ([label, text]) => ({ text: text!, label: label! }) });
const corpus = t.corpusOf(data ? titles(join(data, 'ag_news/test.csv.gz')) : await t.collect(agNews.train(null)), { seed: 828 });

// 64 characters: 26 letters and the space, beside them the ids of padding and of what is unknown.
const letters = () => t.chain(t.clean({ html: false, normalize: false, only: 'a-z' }), t.characters(), t.vocabulary());
const small = data ? {} : { filters: 16, hidden: [32] };
const slow = {
	optimizer: adam({ rate: data ? 1e-3 : 5e-3 }),
	training: { epochs: data ? 8 : 12, batchSize: 32, seed: 828, validation: 0 },
};

// 12 words of 64 numbers, learned from the titles; words that were not among them have no row.
const words = t.pipe(corpus.train(data), t.plainTitles());
const { vectors } = await t.trainWord2Vec(words, { vectorSize: 64, window: 5, minCount: 1, epochs: data ? 20 : 5, workers: 1, seed: 828 });
const images = t.chain(t.plainTitles(), t.vectorImage(vectors, { length: 12 }));
const fast = {
	optimizer: adam({ rate: data ? 1e-4 : 2e-3 }),
	training: { epochs: data ? 99 : 30, batchSize: data ? 128 : 32, seed: 828, validation: 0 },
};

const recipes = {
	'characters, one-hot': { stages: letters(), model: charCnn({ size: 'title', ...small }), ...slow },
	'characters with vectors of 16': { stages: letters(), model: charCnn({ size: 'title', width: 16, ...small }), ...slow },
	'images of 12 words': { stages: images, model: imageCnn({ length: 12, width: 64 }), ...fast },
};
for (const [name, recipe] of Object.entries(recipes)) {
	const { model } = await t.train({ task: t.textClassification(), corpus, ...recipe } as t.Recipe);
	const { accuracy, documents } = await t.evaluate(model, corpus.test(data));
	console.log(`${name}: ${(100 * accuracy).toFixed(1)}% of ${documents} titles right`);
	await model.close();
}
