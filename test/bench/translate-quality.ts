// BLEU of characters of a GRU translator over Tatoeba, beside PyTorch's: the same model on the same ids for as many steps; PyTorch's weights are put into our model, so that both are searched alike. Needs
// the data folder (TEXTLOOM_DATA). TRANSLATE_TO is `zh` (default) or `en`, TRANSLATE_EPOCHS says how long both are trained. `ours` is our BLEU.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
	type AnyStage,
	collect,
	evaluate,
	load,
	pipe,
	type Recipe,
	type RecipeCorpus,
	type TextPair,
	type Translation,
	train,
	translation,
} from 'textloom';
import { readSafetensors } from 'textloom/graph';
import { exportModel, modelOf, textInputs } from 'textloom/train';
import { chainParts } from '../../src/stream/chain.js';
import { readModelFolder, saveModelFolder } from '../../src/train/task/model-folder.js';
import type { Result } from './support/bench.js';

const script = fileURLToPath(new URL('../../../test/bench/peers/translate.py', import.meta.url));
const to = process.env.TRANSLATE_TO ?? 'zh';
const epochs = Number(process.env.TRANSLATE_EPOCHS ?? 8);
const seed = 1;

/** Trains both, one after the other. */
export async function run(): Promise<Result> {
	const { default: recipe } = (await import(`textloom/pipelines/translate-tatoeba-${to}`)) as { default: Recipe<Translation> };
	const folder = mkdtempSync(join(tmpdir(), 'textloom-'));
	try {
		const corpus = recipe.corpus as RecipeCorpus<TextPair>;
		// All documents train, and the last weights are those that are compared.
		const training = { ...recipe.training, epochs, validation: 0, seed };
		const ours = join(folder, 'ours');
		const began = performance.now();
		const { model } = await train({ ...recipe, training }, { out: ours });
		const seconds = (performance.now() - began) / 1000;
		const own = await evaluate(model, corpus.test());
		console.log(JSON.stringify({ name: 'textloom', ...own, seconds }));

		const idsOf = async (stages: AnyStage, field: 'text' | 'target') => {
			const texts = (await collect(corpus.train())).map((doc) => ({ text: doc[field] }));
			return (await collect(pipe(texts, stages))).map((doc) => Array.from((doc as unknown as { ids: ArrayLike<number> }).ids));
		};
		const [sources, targets] = [await idsOf(model.stages, 'text'), await idsOf(model.target!, 'target')];
		const path = (name: string) => join(folder, name);
		const pairs = sources.map((source, place) => ({ source, target: targets[place]! })).filter(({ source }) => source.length > 0);
		writeFileSync(path('pairs.jsonl'), pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
		const { head } = model;
		const { size: vocabulary } = chainParts(model.stages).at(-1) as unknown as { size: number };
		const generation = 'generation' in head ? head.generation : undefined;
		const sizes = { source: vocabulary, target: head.outputs, start: generation!.start, end: generation!.end };
		const options = { ...sizes, width: 256, dropout: 0.3, smoothing: 0.1, rate: 2e-3, batchSize: 128, epochs, seed, threads: 2 };
		writeFileSync(path('options.json'), JSON.stringify(options));
		const python = process.env.PEERS_PYTHON ?? 'python3';
		const { status, stdout } = spawnSync(python, [script, path('pairs.jsonl'), path('weights.safetensors'), path('options.json')], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		if (status !== 0) throw new Error(`translate-quality: expected ${script} to end well, got exit code ${status}.`);
		const theirs = JSON.parse(stdout.trim().split('\n').at(-1)!) as { peer: string; seconds: number };
		const { tensors } = readSafetensors(readFileSync(path('weights.safetensors')));
		const network = recipe.model.build({ vocabulary, outputs: head.outputs });
		const trainable = modelOf(network, textInputs, head as never);
		const programs = Object.fromEntries(['encode', 'step'].map((name) => [name, exportModel(trainable, tensors, name)]));
		await saveModelFolder(path('theirs'), { ...(await readModelFolder(ours)), programs });
		const other = await load(path('theirs'), { task: translation });
		const peer = await evaluate(other, corpus.test());
		console.log(JSON.stringify({ name: theirs.peer, ...peer, seconds: theirs.seconds }));
		await Promise.all([model.close(), other.close()]);
		return {
			bench: 'translate-quality',
			ours: own.bleu,
			unit: 'BLEU',
			peers: [{ name: theirs.peer, value: peer.bleu, ratio: own.bleu / peer.bleu }],
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}
