// Does memory grow? 20,000 training steps in one process, each of another batch size and length: a GRU classifier with dropout and a table in
// host memory, evaluated now and then. Prints resident memory every 2,000 steps; the result is its growth after the first 2,000, in MB.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { tensor } from 'textloom/graph';
import { gruClassifier } from 'textloom/models/recurrent';
import { adam } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { createStepper, initialWeights, rowOperations, textClassifierModel, trainingGraph } from 'textloom/train';
import type { Result } from './support/bench.js';

const [steps, every, vocabulary, classes, largest, longest] = [20_000, 2_000, 2_000, 4, 24, 40];
const options = { width: 32, hidden: 24, dropout: 0.3, layers: 2 };

/** A batch of random texts of different lengths. */
function batchAt(step: number) {
	const [size, time] = [1 + (randomUint32(0, 0, step) % largest), 1 + (randomUint32(0, 1, step) % longest)];
	const lengths = Int32Array.from({ length: size }, (_, row) => 1 + (randomUint32(2, step, row) % time));
	const ids = Int32Array.from({ length: size * time }, (_, i) => {
		return i % time < lengths[Math.floor(i / time)]! ? 1 + (randomUint32(1, step, i) % (vocabulary - 1)) : 0;
	});
	const targets = Int32Array.from({ length: size }, (_, row) => randomUint32(3, step, row) % classes);
	return {
		ids: tensor('int32', [size, time], ids),
		lengths: tensor('int32', [size], lengths),
		targets: tensor('int32', [size], targets),
	};
}

/** What JavaScript has not yet given back is no growth. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const inMb = (bytes: number) => bytes / 1e6;

export async function run(): Promise<Result & Readonly<Record<string, unknown>>> {
	const model = textClassifierModel(gruClassifier(options).build({ vocabulary, outputs: classes }));
	const graph = trainingGraph(model, adam());
	const stepper = await createStepper(graph, initialWeights(model, 0), { threads: 2 });
	const resident: number[] = [];
	const start = performance.now();
	for (let step = 1; step <= steps; step++) {
		const batch = batchAt(step);
		await stepper.step({ batches: [batch], rates: [1e-3], step, rows: rowOperations(graph, adam(), { rate: 1e-3, step }) });
		if (step % 20 === 0) await stepper.evaluate(batch, ['logits']);
		if (step % every !== 0) continue;
		collect();
		const { rss, heapUsed, external } = process.memoryUsage();
		resident.push(inMb(rss));
		console.log(
			`step ${step}: ${inMb(rss).toFixed(1)} MB resident (JavaScript ${inMb(heapUsed).toFixed(1)}, buffers ${inMb(external).toFixed(1)})`,
		);
	}
	await stepper.release();
	const milliseconds = (performance.now() - start) / steps;
	const growth = resident.at(-1)! - resident[0]!;
	return {
		bench: 'soak',
		ours: growth,
		unit: 'MB',
		peers: [],
		tables: graph.tables.length,
		masks: graph.masks.length,
		resident,
		milliseconds,
	};
}
