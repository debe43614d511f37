// Training steps of a classifier: ours against PyTorch's, in turn (A B A B …), each in the process that it is at its best in.
import { type Architecture, adam, createStepper, initialWeights, randomUint32, trainingGraph } from 'textloom';
import { median, type Result } from './bench.js';
import { peerStep } from './peer-step.js';

const classes = 4;
const [rounds, warmUp] = [7, 5];

/** What is compared with what. */
export interface TrainingStepOptions {
	readonly name: string;
	readonly architecture: Architecture;
	readonly peers?: string | undefined;
	/** `dense` keeps the embedding table in the graph. */
	readonly tables?: string | undefined;
	readonly batch?: number;
	readonly time?: number;
	readonly vocabulary?: number;
	/** Minibatches a run, in the graph's loop: what a run costs beside its steps is shared. Default 1. */
	readonly stepsPerRun?: number;
	/** Steps of a round. Default 30. */
	readonly steps?: number;
}

/** Milliseconds a step: the median of ours in all rounds, and of the peer's, each the median of its round. */
export async function trainingStep({
	name,
	architecture,
	peers,
	tables = 'host',
	batch = 64,
	time = 100,
	vocabulary = 20_000,
	stepsPerRun = 1,
	steps = 30,
}: TrainingStepOptions): Promise<Result> {
	const network = architecture.build({ vocabulary, classes });
	const graph = trainingGraph(network, adam(), { tables: tables === 'dense' || stepsPerRun > 1 ? 'dense' : 'host', stepsPerRun });
	const stepper = await createStepper(graph, adam(), initialWeights(network, 0), { threads: 2 });
	const ids = Int32Array.from({ length: stepsPerRun * batch * time }, (_, i) => 1 + (randomUint32(0, 0, i) % (vocabulary - 1)));
	const targets = Int32Array.from({ length: stepsPerRun * batch }, (_, i) => randomUint32(0, 1, i) % classes);
	const lengths = new Int32Array(stepsPerRun * batch).fill(time);
	let step = 0;
	const ours: number[] = [];
	const theirs: number[] = [];
	const sizes: Record<string, number> = { batch, time };
	for (let round = 0; round < rounds; round++) {
		for (let i = 0; i < steps + warmUp; i += stepsPerRun) {
			const start = performance.now();
			const masks = graph.masks.map(({ shape, rate }) => {
				const mask = new Float32Array(
					shape.map((dim) => (typeof dim === 'number' ? dim : sizes[dim]!)).reduce((a, b) => a * b, stepsPerRun),
				);
				for (let at = 0; at < mask.length; at++) mask[at] = randomUint32(1, step, at) < rate * 2 ** 32 ? 0 : 1 / (1 - rate);
				return mask;
			});
			const rates = new Array<number>(stepsPerRun).fill(1e-3);
			await stepper.step({ ids, lengths, targets, masks, steps: stepsPerRun, size: batch, time, rates, step: step + 1 });
			step += stepsPerRun;
			if (i >= warmUp) ours.push((performance.now() - start) / stepsPerRun);
		}
		if (peers !== undefined) theirs.push(await peerStep(peers, name, ['--fused'], steps));
	}
	await stepper.release();
	const [mine, value] = [median(ours), median(theirs)];
	const peer = `PyTorch, fused Adam (ours: ${graph.tables.length > 0 ? 'table updated lazily' : 'dense table'})`;
	return { bench: name, ours: mine, unit: 'ms/step', peers: peers === undefined ? [] : [{ name: peer, value, ratio: value / mine }] };
}
