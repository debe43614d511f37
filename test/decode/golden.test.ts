// Every search that Hugging Face's generate was asked for, through the ONNX files of three models: the same sequences, and their scores.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Decoder, type GenerateOptions, generate, openDecoder } from 'textloom/decode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linked } from './linked.js';

const root = join(process.env.TEXTLOOM_DATA ?? '', 'models');
const models = process.env.TEXTLOOM_DATA ? ['tiny-marian', 'tiny-t5', 'tiny-gpt2'].filter((name) => existsSync(join(root, name))) : [];

interface Row {
	readonly input: number;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly sequences: readonly (readonly number[])[];
	readonly sequences_scores?: readonly number[];
	readonly greedy_logprob?: readonly number[];
}
interface Inputs {
	readonly input_ids: readonly (readonly number[])[];
	readonly eos_token_id: number;
}

const json = (model: string, name: string) => readFileSync(join(root, model, 'golden', name), 'utf8');
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The rows of a file by their settings: the inputs of each are generated for together. */
function settingsOf(model: string, file: string): [text: string, rows: Row[]][] {
	const rows = json(model, file)
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Row);
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = JSON.stringify(row.settings);
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups];
}

/** The options of a row. Its rule for prefixes allows a token of the number of tokens so far, modulo 3, and the end. */
function optionsOf({ settings }: Row, eos: number): GenerateOptions {
	const { prefix_rule: rule, ...given } = settings;
	const some = Object.entries(given).filter(([, value]) => value !== null);
	const allowed = (_: number, tokens: readonly number[]) =>
		Array.from({ length: 500 }, (_, token) => token).filter((token) => token % 3 === tokens.length % 3 || token === eos);
	return {
		...Object.fromEntries(some.map(([name, value]) => [camel(name), value])),
		...(rule !== undefined && { prefixAllowedTokens: allowed }),
	};
}

it.skipIf(models.length === 0)('has all three models (skipped without TEXTLOOM_DATA)', () => expect(models).toHaveLength(3));

describe.skipIf(models.length === 0).each(models)('generation by %s as Hugging Face has it (skipped without TEXTLOOM_DATA)', (model) => {
	let decoder: Decoder;
	beforeAll(async () => {
		decoder = await openDecoder(join(root, model), { threads: 1 });
	});
	afterAll(() => decoder.close());

	const { input_ids: inputs, eos_token_id: eos } =
		models.length > 0 ? (JSON.parse(json(model, 'generate_inputs.json')) as Inputs) : { input_ids: [], eos_token_id: 0 };
	const files = models.length > 0 ? ['generate.jsonl', 'generate_diverse.jsonl'] : [];

	it.each(files.flatMap((file) => settingsOf(model, file)))('%s', async (_, rows) => {
		const found = await generate(
			decoder,
			rows.map(({ input }) => inputs[input]!),
			optionsOf(rows[0]!, eos),
		);
		for (const [place, { input, sequences, sequences_scores, greedy_logprob }] of rows.entries()) {
			const prompt = decoder.reads === 'prompt' ? inputs[input]! : sequences[0]!.slice(0, 1);
			expect(found[place]!.map(({ tokens }) => [...prompt, ...tokens])).toEqual(sequences);
			for (const [rank, score] of (sequences_scores ?? greedy_logprob)!.entries())
				if (Number.isFinite(score)) expect(Math.abs(found[place]![rank]!.score - score)).toBeLessThan(5e-4);
		}
	});

	it('through a merged decoder, too, where there is one', async () => {
		const folder = join(root, model);
		if (!existsSync(join(folder, 'onnx', 'decoder_model_merged.onnx'))) return;
		const merged = await openDecoder(linked(folder, ['encoder_model.onnx', 'decoder_model_merged.onnx']), { threads: 1 });
		const options = { numBeams: 4, maxLength: 20, numReturnSequences: 2 };
		const found = await generate(merged, inputs, options);
		await merged.close();
		expect(found.map((all) => all.map(({ tokens }) => tokens))).toEqual(
			(await generate(decoder, inputs, options)).map((all) => all.map(({ tokens }) => tokens)),
		);
	});
});
