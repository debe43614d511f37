// Training step of the word CNN (64 texts of 100 words, 20,000 words of 100 numbers, 3 × 100 filters, dropout 0.5, Adam): ours against
// PyTorch's, in turn (A B A B …), each in the process that it is at its best in. The table is updated lazily (touched rows only), as
// SparseAdam does; `--tables dense` keeps it in the graph. PyTorch's fastest mode for this model is fused Adam with dense gradients.
import { adam, createStepper, initialWeights, randomUint32, trainingGraph } from 'textloom';
import { wordCnn } from 'textloom/models/word-cnn';
import { median, type Result } from './support/bench.js';
import { peerStep } from './support/peer-step.js';

const [batch, time, vocabulary, classes, features] = [64, 100, 20_000, 4, 300];
const [rounds, steps, warmUp] = [7, 30, 5];

/** Milliseconds a step: the median of ours in all rounds, and of the peer's, each the median of its round. */
export async function run({ peers, tables = 'host' }: { peers?: string; tables?: string }): Promise<Result> {
	const network = wordCnn().build({ vocabulary, classes });
	const graph = trainingGraph(network, adam(), { tables: tables === 'dense' ? 'dense' : 'host' });
	const stepper = await createStepper(graph, adam(), initialWeights(network, 0), { threads: 2 });
	const ids = Int32Array.from({ length: batch * time }, (_, i) => 1 + (randomUint32(0, 0, i) % (vocabulary - 1)));
	const targets = Int32Array.from({ length: batch }, (_, i) => randomUint32(0, 1, i) % classes);
	const lengths = new Int32Array(batch).fill(time);
	let step = 0;
	const ours: number[] = [];
	const theirs: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (let i = 0; i < steps + warmUp; i++) {
			const start = performance.now();
			const mask = new Float32Array(batch * features);
			for (let at = 0; at < mask.length; at++) mask[at] = 2 * (randomUint32(1, step, at) & 1);
			await stepper.step({ ids, lengths, targets, masks: [mask], steps: 1, size: batch, time, rates: [1e-3], step: ++step });
			if (i >= warmUp) ours.push(performance.now() - start);
		}
		if (peers !== undefined) theirs.push(await peerStep(peers, 'wordcnn', ['--fused'], steps));
	}
	await stepper.release();
	const mine = median(ours);
	const name = `PyTorch, fused Adam (ours: ${graph.tables.length > 0 ? 'table updated lazily' : 'dense table'})`;
	const value = median(theirs);
	return { bench: 'wordcnn', ours: mine, unit: 'ms/step', peers: peers === undefined ? [] : [{ name, value, ratio: value / mine }] };
}
