// The contract of models, over every one that takes steps: documents do not depend on each other nor on padding, gradients are those of central
// differences, eight documents are learned, and a saved model says the same.
import { join } from 'node:path';
import { documents, load, type Recipe, train } from 'textloom';
import { architectures } from 'textloom/models';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { initialWeights } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { batchOf, runs, sizes } from './batches.js';
import { gradientErrors } from './gradients.js';
import { classification, eight, type ModelRow, models, rows, vectors } from './rows.js';

const { folder } = temporary();

/** The largest difference between the numbers of row `at` of each batch alone, and those of a whole one; of tokens their own. */
function apart(whole: ArrayLike<number>, alone: ArrayLike<number>): number {
	let worst = 0;
	for (let i = 0; i < alone.length; i++)
		worst = Math.max(worst, Math.abs(Number(whole[i]) - Number(alone[i])) || (Number.isFinite(alone[i]) ? 0 : Infinity));
	return worst;
}

describe('the table', () => {
	it('leaves out the models that are solved at once and those of sequences, and no other', () => {
		const others = Object.entries(architectures).filter(([name]) => !(name in models));
		const [sequences, solved] = [true, false].map((is) => others.filter(([, make]) => (make().each === 'sequence') === is)) as [
			typeof others,
			typeof others,
		];
		expect(sequences.map(([name]) => name)).toEqual(['recurrent-translator', 'transformer-translator']);
		expect(solved.map(([name]) => name)).toEqual(['svm', 'logistic', 'bayes', 'nb-svm']);
		for (const [, make] of solved) expect(make().solve).toBeTypeOf('function');
	});

	it.each(Object.entries(models))('%s: the spec has its name, and every option written out', (name, forms) => {
		for (const { make } of Object.values<ModelRow>(forms)) {
			const { model, options } = make().spec;
			expect(model).toBe(name);
			expect(JSON.parse(JSON.stringify(options))).toEqual(options);
		}
	});
});

describe('a document', () => {
	it.each(rows)('%s: says the same whatever is beside and behind it', async (_, { make }) => {
		const architecture = make();
		const network = architecture.build(sizes);
		const docs = [6, 1, 3, 9, 0].map((length, doc) => ({ doc, length }));
		const least = (length: number) => Math.max(length, architecture.minLength);
		const alone = docs.map((doc) => batchOf(architecture, [doc], least(doc.length)));
		const [padded, wide, ...own] = await runs(architecture, network, (inputs) => network.apply(inputs, nn.prediction), [
			...[9, 14].map((time) => batchOf(architecture, docs, least(time))),
			...alone,
		]);
		for (const whole of [padded!, wide!]) {
			const each = whole.data.length / docs.length;
			for (const { doc, length } of docs) {
				const numbers = architecture.each === 'token' ? length * sizes.outputs : sizes.outputs;
				const [found, expected] = [whole.data, own[doc]!.data].map((data) => Array.from(data as Float32Array));
				expect(apart(found!.slice(doc * each), expected!.slice(0, numbers)), `document ${doc}`).toBeLessThan(2e-5);
			}
		}
		// And not all alike.
		expect(apart(own[0]!.data as Float32Array, own[3]!.data.slice(0, sizes.outputs) as Float32Array)).toBeGreaterThan(1e-4);
	});

	const looking = rows.filter(([, { attention }]) => attention);
	it.each(looking)('%s: shows where it looked, nowhere behind its end', async (_, { make, attention }) => {
		const architecture = make();
		const network = architecture.build(sizes);
		const docs = [6, 1, 3].map((length, doc) => ({ doc, length }));
		const [padded, alone] = await runs(architecture, network, (inputs) => network.attention!(inputs, nn.prediction), [
			batchOf(architecture, docs, 8),
			batchOf(architecture, [docs[0]!], 6),
		]);
		expect(padded!.shape).toEqual(attention === 'words' ? [3, 8] : [3, 2, 8, 8]);
		const shares = Array.from(padded!.data as Float32Array);
		for (let row = 0; row < shares.length / 8; row++) {
			const own = shares.slice(row * 8, (row + 1) * 8);
			const { length } = docs[Math.floor((row * 8) / (shares.length / 3))]!;
			expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
			expect(own.slice(length).every((share) => share < 1e-6)).toBe(true);
		}
		expect(apart(shares, Array.from(alone!.data as Float32Array).slice(0, 6))).toBeLessThan(1e-5);
	});
	it('is looked at by no other model', () => {
		const named = rows.filter(([, { make }]) => make().build(sizes).attention).map(([name]) => name);
		expect(named).toEqual(looking.map(([name]) => name));
	});
});

describe('gradients by central differences', () => {
	it.each(rows)('%s', async (_, { make }) => {
		for (const { name, norm, error } of await gradientErrors(make())) {
			// A softmax is the same whatever is added to all of its scores: the bias of the keys has no gradient.
			if (!name.endsWith('.key.bias')) expect(norm, name).toBeGreaterThan(1e-6);
			expect(error, name).toBeLessThan(0.02 * norm + 2e-4);
		}
	});
});

describe('eight documents, English and Chinese', () => {
	it.each(rows)('%s: learned, saved, loaded', async (name, { make, stages, task = classification, epochs = 30, rate = 0.02 }) => {
		const cut = eight.map(({ text, label }) => ({ tokens: text.match(/[a-z]+|\p{Script=Han}/gu)!, label }));
		const tagged = cut.map(({ tokens, label }) => ({ tokens, tags: tokens.map(() => label) }));
		const corpus: readonly object[] = task === classification ? eight : tagged;
		const recipe = {
			...{ task, corpus: { name: 'eight', train: () => own(corpus), test: () => own(corpus) }, stages },
			...{ model: make(), optimizer: adam({ rate }), training: { epochs, batchSize: 4, validation: 0, seed: 3 } },
		} as unknown as Recipe;
		const out = join(folder, name.replace(/\W/g, '-'));
		const { model } = await train(recipe, { out, threads: 1 });
		const said = await model.predict(corpus as never);
		await model.close();
		const key = task === classification ? 'label' : 'tags';
		expect(said.map((one) => (one as Record<string, unknown>)[key])).toEqual(corpus.map((doc) => (doc as Record<string, unknown>)[key]));
		const loaded = await load(out, { threads: 1 });
		expect(await loaded.predict(corpus as never)).toEqual(said);
		await loaded.close();
	});
});

/** Documents in memory as a part of a corpus. */
const own = (docs: readonly object[]) => Object.assign(documents(docs), { origin: 'texts of a test', sample: false });

describe('vectors to begin with', () => {
	it.each(rows.filter(([, { vectors }]) => vectors))('%s', (_, { make }) => {
		const network = make(vectors).build(sizes);
		const [name] = [...nn.namedParameters(network.parameters).keys()];
		expect(name).toBe('embed.weight');
		const table = initialWeights(network, 5)['embed.weight']!;
		expect(table.shape).toEqual([sizes.vocabulary, 8]);
		expect(table.data.slice(2 * 8, 3 * 8)).toEqual(vectors.get('rain'));
		expect(Array.from(table.data.slice(0, 8) as Float32Array)).toEqual(new Array(8).fill(0));
	});
});
