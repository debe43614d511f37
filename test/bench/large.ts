// A model of 110 million parameters, BERT-base with random weights: built, differentiated, emitted and opened, then whole steps of AdamW, in a
// process of its own so that its peak of memory is that of all this.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sizeOf, tensor } from 'textloom/graph';
import { bert } from 'textloom/models/bert';
import { adamw } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { initialWeights, rowOperations, textClassifierModel, trainingGraph } from 'textloom/train';
import { startOf } from '../../src/train/step/state.js';
import { openStepper } from '../../src/train/step/stepper.js';
import type { Result } from './support/bench.js';

const [vocabulary, classes, batch, time, steps] = [30_522, 2, 8, 128, 3];

/** What the process of the step prints. */
interface Figures {
	readonly parameters: number;
	readonly build: number;
	readonly open: number;
	readonly step: readonly number[];
	readonly losses: readonly number[];
	readonly peak: number;
}

async function measure(): Promise<Figures> {
	const start = performance.now();
	const model = textClassifierModel(bert({ layers: 12, width: 768, heads: 12, dropout: 0.1 }).build({ vocabulary, outputs: classes }));
	const optimizer = adamw({ rate: 2e-5 });
	const graph = trainingGraph(model, optimizer);
	const built = performance.now();
	const weights = initialWeights(model, 0);
	const parameters = Object.values(weights).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
	const drawn = performance.now();
	const stepper = await openStepper(graph, startOf(weights), { threads: 2 });
	const opened = performance.now();
	const ids = Int32Array.from({ length: batch * time }, (_, i) => 1 + (randomUint32(0, 1, i) % (vocabulary - 1)));
	const minibatch = {
		ids: tensor('int32', [batch, time], ids),
		lengths: tensor('int32', [batch], new Int32Array(batch).fill(time)),
		targets: tensor(
			'int32',
			[batch],
			Int32Array.from({ length: batch }, (_, i) => i % classes),
		),
	};
	const [times, losses]: [number[], number[]] = [[], []];
	for (let step = 1; step <= steps; step++) {
		const begun = performance.now();
		const rows = rowOperations(graph, optimizer, { rate: 2e-5, step });
		const { losses: parts } = await stepper.step({ batches: [minibatch], rates: [2e-5], step, rows });
		times.push(performance.now() - begun);
		losses.push(parts[0]!.loss!.sum / parts[0]!.loss!.weight);
	}
	await stepper.release();
	const peak = process.resourceUsage().maxRSS * 1024;
	return { parameters, build: built - start, open: opened - drawn, step: times, losses, peak };
}

export async function run(): Promise<Result & Readonly<Record<string, unknown>>> {
	const script = fileURLToPath(import.meta.url);
	const { stdout, stderr, status } = spawnSync(process.execPath, [script, 'measure'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
	if (status !== 0) throw new Error(`large: expected the step to run, got: ${stderr}`);
	const figures = JSON.parse(stdout.trim().split('\n').at(-1)!) as Figures;
	const { parameters, build, open, step, peak } = figures;
	console.log(
		`${(parameters / 1e6).toFixed(1)} million parameters: built and differentiated in ${(build / 1000).toFixed(1)} s, opened in ${(open / 1000).toFixed(1)} s, ` +
			`a step of ${batch}×${time} in ${(Math.min(...step) / 1000).toFixed(2)} s, peak ${(peak / 1e9).toFixed(2)} GB`,
	);
	return { bench: 'large', ours: Math.min(...step), unit: 'ms/step', peers: [], ...figures };
}

if (process.argv[2] === 'measure') console.log(JSON.stringify(await measure()));
