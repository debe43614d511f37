// Translation: digits said in words. What is learned, saved, loaded, generated, measured and refused.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	type AnyLearner,
	type AnyStage,
	bpe,
	chain,
	characters,
	clean,
	evaluate,
	load,
	type Recipe,
	type SequenceHead,
	type TextPair,
	type Translated,
	type Translation,
	type TranslationMeasures,
	train,
	translation,
	vocabulary,
	words,
} from 'textloom';
import { bleuScore } from 'textloom/metrics';
import { recurrentTranslator } from 'textloom/models/seq2seq';
import { transformerTranslator } from 'textloom/models/transformer-seq2seq';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';
import { documentsFrom } from 'textloom/stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overridden } from '../../dist/src/decode/options.js';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const out = join(folder, 'digits');
const names = ['zero', 'one', 'two', 'three', 'four', 'five'];
const pairs = Array.from({ length: 216 }, (_, i) => {
	const digits = [Math.floor(i / 36) % 6, Math.floor(i / 6) % 6, i % 6].slice(0, 1 + ((i + Math.floor(i / 6)) % 3));
	return { text: digits.join(' '), target: digits.map((digit) => names[digit]).join(' ') };
});
const recipe: Recipe<Translation> = {
	task: translation({ target: chain(clean(), words(), vocabulary()), generation: { numBeams: 3 } }),
	corpus: pairs,
	stages: chain(clean(), words(), vocabulary()),
	model: recurrentTranslator({ width: 32, attention: 'additive' }),
	optimizer: adam({ rate: 0.01 }),
	training: { epochs: 20, batchSize: 16, validation: 0.1, seed: 1 },
};
const open: { close(): Promise<void> }[] = [];
const kept = <M extends { close(): Promise<void> }>(model: M): M => {
	open.push(model);
	return model;
};
afterAll(() => Promise.all(open.map((model) => model.close())));

describe('translation', () => {
	let model: Awaited<ReturnType<typeof load<Translation>>>;
	beforeAll(async () => {
		const { model: trained } = await train(recipe, { out, threads: 1 });
		await trained.close();
		model = kept(await load(out, { task: translation }));
	}, 60_000);

	it('says what it has learned', async () => {
		const said = await model.predict(['4 2 0', '5', '1 3']);
		expect(said.map(({ translation }) => translation)).toEqual(['four two zero', 'five', 'one three']);
		for (const { score, cut } of said) {
			expect(score).toBeLessThan(0);
			expect(score).toBeGreaterThan(-0.5);
			expect(cut).toBe(false);
		}
	});

	it('is a folder of two programs, with the stages of both texts', () => {
		expect(readdirSync(join(out, 'onnx')).sort()).toEqual(['encode.onnx', 'step.onnx']);
		for (const name of ['pipeline.json', 'vocabulary.json', 'target.json', 'target-vocabulary.json'])
			expect(existsSync(join(out, name)), name).toBe(true);
		const config = JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'));
		expect(config).toMatchObject({ task: 'translation', decoder_start_token_id: 8, eos_token_id: 9, vocab_size: 10 });
		expect(config.task_options).toMatchObject({ smoothing: 0, generation: { numBeams: 3 } });
	});

	it('does not depend on what else is said at the time, nor on how many decoders there are', async () => {
		const texts = pairs.slice(0, 50).map(({ text }) => text);
		const together = await model.predict(texts);
		const other = kept(await load(out, { task: translation, replicas: 2, threads: 2 }));
		const apart = await other.predict(texts);
		for (const [place, text] of texts.entries()) {
			const [alone] = await model.predict([text]);
			for (const said of [together[place]!, apart[place]!]) {
				expect(said.translation).toBe(alone!.translation);
				expect(said.score).toBeCloseTo(alone!.score, 4);
			}
		}
	});

	it('draws the same for a document wherever its stream is cut', async () => {
		const drawing = { numBeams: 1, doSample: true, temperature: 3, seed: 5 };
		const drawn = kept(await load(out, { task: translation, generation: drawing }));
		const texts = Array.from({ length: 300 }, () => '4 2 0');
		const all = (await drawn.predict(texts)).map(({ translation }) => translation);
		// The first window of a stream is not as long as those after it.
		const slow = documentsFrom(async function* () {
			for (const text of texts) yield [{ text }];
		});
		const one: string[] = [];
		for await (const { translation } of drawn(slow)) one.push(translation);
		expect(one).toEqual(all);
		expect(new Set(all).size).toBeGreaterThan(5);
	});

	it('warns of texts without a token, and of those that it cuts', async () => {
		const [empty, unknown] = await model.predict(['', 'seven eight']);
		expect(empty).toMatchObject({ translation: '', score: 0, warning: 'the text is empty' });
		expect(unknown).toMatchObject({ warning: 'the text has no known word' });
		const long = await model.predict(['1 '.repeat(500)]);
		expect(long[0]).toMatchObject({ cut: true, warning: 'the text was cut at 400 of 500 tokens' });
	});

	it('generates as it is asked to when it is loaded', async () => {
		const several = kept(await load(out, { task: translation, generation: { numReturnSequences: 3, attention: true, maxNewTokens: 5 } }));
		const [said] = await several.predict(['4 2']);
		expect(said!.alternatives).toHaveLength(2);
		const scores = [said!.score, ...said!.alternatives!.map(({ score }) => score)];
		expect([...scores].sort((a, b) => b - a)).toEqual(scores);
		const { source, said: tokens, weights } = said!.attention!;
		expect(source).toEqual(['4', '2']);
		expect(tokens).toEqual(['four', 'two']);
		for (const row of weights) expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
		// What one beam makes meaningless is not asked of it.
		const greedy = translation({ generation: { numBeams: 3, lengthPenalty: 2, maxLength: 9 } });
		expect(greedy.options).toMatchObject({ generation: { lengthPenalty: 2 } });
		expect(overridden({ numBeams: 3, lengthPenalty: 2, maxLength: 9 }, { numBeams: 1, maxNewTokens: 4 })).toEqual({
			numBeams: 1,
			maxNewTokens: 4,
		});
		const short = kept(await load(out, { task: translation, generation: { numBeams: 1, maxNewTokens: 1 } }));
		expect((await short.predict(['4 2']))[0]).toMatchObject({ translation: 'four', warning: 'the translation has no end within 1 tokens' });
	});

	it('runs in bytes', async () => {
		const bytes = kept(await load(out, { task: translation, precision: 'int8' }));
		const said = await bytes.predict(pairs.slice(0, 20));
		expect(said.filter(({ translation, target }) => translation === target).length).toBeGreaterThan(15);
	});

	it('is measured as sacreBLEU does it', async () => {
		const docs = pairs.slice(0, 30).map(({ text, target }, place) => ({ text, target: place === 0 ? 'a b c d e' : target }));
		const wrong: object[] = [];
		const found = await evaluate(model, docs, { onMistake: (doc) => wrong.push(doc) });
		const said = await model.predict(docs);
		const expected = bleuScore(
			said.map(({ translation }) => translation),
			docs.map(({ target }) => target),
		);
		expect(found.bleu).toBeCloseTo(expected.score, 10);
		expect(found.signature).toBe(expected.signature);
		expect(found.exactMatch).toBeCloseTo(1 - wrong.length / 30, 10);
		expect(wrong[0]).toMatchObject({ target: 'a b c d e' });
	});

	it('refuses what it cannot do', async () => {
		await expect(load(out, { threshold: 0.5 })).rejects.toThrow('load: expected a threshold for a model of one label for each text');
		await expect(load(out, { generation: { numBeams: 0 } })).rejects.toThrow('expected numBeams to be a whole number from 1, got 0');
		const refused: [Partial<Recipe>, string][] = [
			[{ model: wordCnn() }, 'train: expected a model that answers by a sequence of tokens, as translation asks, got word-cnn'],
			[{ stages: clean() }, 'expected stages of the target that end in ids, got clean'],
			[
				{ task: translation({ target: chain(words(), vocabulary()) }), model: transformerTranslator({ width: 8, heads: 2, tied: 'all' }) },
				"transformerTranslator: expected one vocabulary of both texts beside tied 'all', got two.",
			],
			[
				{ model: { ...recipe.model, build: (sizes) => ({ ...recipe.model.build(sizes), programs: undefined as never }) } },
				'train: expected the programs encode and step of recurrent-translator, which answers by sequences, got none.',
			],
			[{ task: { ...translation(), target: undefined as never } }, 'train: expected the target of translation, which asks for sequences'],
			[{ corpus: [{ text: '1' }] }, 'document 1: translation: expected a text in the field "target", got nothing'],
		];
		for (const [part, message] of refused)
			await expect(train({ ...recipe, task: translation(), ...part } as never), message).rejects.toThrow(message);
		expect(() => translation({ beams: 5 } as never)).toThrow('translation: expected an option that it has, got beams');
		expect(() => translation({ generation: { signal: null } as never })).toThrow(
			'translation: expected generation that can be saved, got signal. Leave it out.',
		);
		expect(() => translation({ generation: { topK: 5 } })).toThrow('translation: expected doSample beside topK, got topK alone.');
	});
});

describe('other stages of the target', () => {
	const run = async (parts: Partial<Recipe<Translation>>) => {
		const { model, history } = await train({ ...recipe, ...parts }, { threads: 1 });
		expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
		return kept(model);
	};

	it('are those of the source, learned of both, where none are said', async () => {
		const model = await run({
			task: translation({ generation: { numBeams: 1 } }),
			stages: chain(clean(), bpe({ size: 280 })),
			model: transformerTranslator({ width: 32, layers: 1, heads: 2, tied: 'all', dropout: 0 }),
			optimizer: adam({ rate: 3e-3 }),
			training: { epochs: 40, batchSize: 16, validation: 0, seed: 1 },
		});
		const said = await model.predict(pairs.slice(0, 40));
		expect(said.filter(({ translation, target }) => translation === target).length).toBeGreaterThan(30);
	});

	it('say a word that the target does not have as that of the source which was looked at', async () => {
		const fitted = async (stages: typeof recipe.stages, texts: readonly string[]) =>
			(await (stages as AnyLearner).fit(texts.map((text) => ({ text })))) as AnyStage;
		const target = await fitted(chain(words(), vocabulary({ minCount: 2 })), ['i am in Rome', 'i am in Oslo']);
		const [known, source] = [await fitted(chain(words(), vocabulary()), ['ich bin in Rom']), ['ich', 'bin', 'in', 'Oslo']];
		const cut = await fitted(chain(bpe({ size: 300 })), ['ich bin in Rom']);
		// Of what was said as i, am, in, <unk> and the end; the place that was looked at most is that of the word.
		const looks = [0, 1, 2, 3, 3].map((most) => Float32Array.from(source, (_, place) => (place === most ? 0.7 : 0.1)));
		const [{ ids }] = target.apply([{ text: 'i am in Bern' }]) as unknown as [{ ids: Int32Array }];
		expect(ids[3]).toBe(1);
		const said = async (stages: AnyStage, options: object = {}) => {
			const head = translation(options).head(null, { source: stages, target }) as SequenceHead<TextPair, Translated, TranslationMeasures>;
			const { start, end, say } = head.generation;
			// A mark within, as it may be drawn, moves nothing.
			const tokens = [start, ...ids, end];
			const attention = [looks[0]!, ...looks];
			return (await say([{ tokens, score: -1, ended: true, attention }], { tokens: source })).translation;
		};
		expect(await said(known)).toBe('i am in Oslo');
		expect(await said(known, { copy: false })).toBe('i am in <unk>');
		// A subword is no word.
		expect(await said(cut)).toBe('i am in <unk>');
	});

	it('put nothing between characters, and no space before a full stop', async () => {
		const chinese = ['零', '一', '二', '三', '四', '五'];
		const inChinese = pairs.map(({ text }) => ({
			text,
			target: text.replace(/\d/g, (digit) => chinese[Number(digit)]!).replaceAll(' ', ''),
		}));
		const model = await run({ task: translation({ target: chain(characters(), vocabulary()), tokenizer: 'zh' }), corpus: inChinese });
		expect((await model.predict(['4 2 0']))[0]!.translation).toBe('四二零');
		const ended = pairs.map(({ text, target }) => ({ text, target: `${target}, and (no more).` }));
		const other = await run({ corpus: ended });
		expect((await other.predict(['4 2 0']))[0]!.translation).toBe('four two zero, and (no more).');
	});
});
