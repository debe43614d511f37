// Linear models of terms: solved at once, as ONNX models; what they take and what they refuse.
import { chain, clean, counts, hashing, termIds, textClassification, tfidf, train, vocabulary, words } from 'textloom';
import { bayesClassifier, logisticClassifier, nbSvmClassifier, svmClassifier, termMlp } from 'textloom/models';
import { adam } from 'textloom/optim';
import { describe, expect, it } from 'vitest';

const texts = {
	weather: ['rain all day', 'sun and a light wind', 'snow in the hills', 'rain and wind', 'a day of sun', 'wind from the hills'],
	food: ['bread and cheese', 'soup with fresh bread', 'a plate of cheese', 'rice with beans', 'fresh beans and soup', 'a plate of rice'],
	sport: ['a late goal', 'the keeper saved twice', 'two goals and a draw', 'the goal stood', 'a draw at home', 'the keeper fell'],
};
const corpus = Object.entries(texts).flatMap(([label, list]) => list.map((text) => ({ text, label })));
const recipe = { task: textClassification(), corpus, stages: chain(clean(), words(), tfidf(), termIds()) };

describe.each([
	['svm', svmClassifier(), recipe.stages],
	['logistic', logisticClassifier(), recipe.stages],
	['bayes', bayesClassifier(), chain(clean(), words(), counts(), termIds())],
	['nb-svm', nbSvmClassifier(), chain(clean(), words(), counts({ binary: true, ngramRange: [1, 2] }), termIds())],
	['svm of hashes', svmClassifier(), chain(clean(), words(), hashing({ columns: 512 }), termIds())],
] as const)('%s', (_, model, stages) => {
	it.each([2, 3])('of %i classes says what it was told, and is never quite sure', async (classes) => {
		const some = classes === 2 ? corpus.filter(({ label }) => label !== 'sport') : corpus;
		const trained = await train({ ...recipe, corpus: some, stages, model });
		expect([trained.end, trained.history]).toEqual(['solved', []]);
		const said = await trained.model.predict([...some.map(({ text }) => text), '']);
		expect(said.slice(0, -1).map(({ label }) => label)).toEqual(some.map(({ label }) => label));
		for (const { score } of said) expect(score).toBeLessThan(0.99999);
		await trained.model.close();
	});
});

it.each([
	['stages without terms', { stages: chain(clean(), words(), vocabulary()), model: svmClassifier() }, /field "weights"/],
	['an optimizer', { model: svmClassifier(), optimizer: adam() }, /expected the seed alone beside svm, .* got optimizer\./],
	['epochs', { model: svmClassifier(), training: { epochs: 2 } }, /expected the seed alone beside svm, .* got epochs\./],
	['no optimizer for a network', { model: termMlp() }, /^train: expected an optimizer for term-mlp, got none\./],
	[
		'smoothing',
		{ model: svmClassifier(), task: textClassification({ smoothing: 0.1 }) },
		/^train: expected documents of one class each for svm/,
	],
	[
		'one sigmoid unit',
		{ model: svmClassifier(), task: textClassification({ output: 'sigmoid' }), corpus: corpus.filter(({ label }) => label !== 'sport') },
		/^train: expected documents of one class each for svm, which is solved, got one unit for two classes\. Choose a network\./,
	],
	[
		'weights of classes with bayes',
		{ model: bayesClassifier(), task: textClassification({ weights: 'balanced' }) },
		/^bayes: expected classes/,
	],
] as const)('refuses %s', async (_, change, says) => {
	await expect(train({ ...recipe, ...change } as never)).rejects.toThrow(says);
});

it.each([{ tables: 'graph' }, { replicas: 2 }, { stepsPerRun: 2 }, { trace: true }, { existing: 'resume' }] as const)(
	'refuses %j, which is of steps',
	async (options) => {
		await expect(train({ ...recipe, model: svmClassifier() }, options)).rejects.toThrow(
			/^train: expected no (\w+|existing: 'resume') with svm, which is solved at once, got one\./,
		);
	},
);
