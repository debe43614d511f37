// Training steps of a model: ours against PyTorch's, in turn (A B A B …), each in the process that it is at its best in. Dropout masks are
// drawn anew for each step, as PyTorch draws them. Beside the times: the rate of all dense products of a step, as a share of what one large
// product reaches in the same run.
import { costOf, fromOnnx, readOnnx } from 'textloom/graph';
import { adam } from 'textloom/optim';
import { createStepper, initialWeights, type Minibatch, rowOperations, type Trainable, trainingGraph } from 'textloom/train';
import { median, type Result } from './bench.js';
import { peerStep } from './peer-step.js';
import { productRate } from './product-rate.js';

const products = new Set(['Conv', 'ConvTranspose', 'Einsum', 'Gemm', 'MatMul']);
const [rounds, warmUp] = [7, 3];

/** What is compared with what. */
export interface TrainingStepOptions {
	readonly name: string;
	readonly model: Trainable;
	readonly batch: Minibatch;
	readonly peers?: string | undefined;
	/** `graph` keeps the embedding table in the graph. */
	readonly tables?: string | undefined;
	/** Steps in each of seven rounds. Default 30. */
	readonly steps?: number;
	/** Minibatches a run, in the graph's loop: the weights then leave the session once for all of them. Default 1. */
	readonly stepsPerRun?: number;
	/** How PyTorch runs; its fastest mode. */
	readonly modes?: readonly string[];
	/** The named sizes of the batch. */
	readonly sizes: Readonly<Record<string, number>>;
}

/** Milliseconds a step: the median of ours in all rounds, and of the peer's, each the median of its round. */
export async function trainingStep(options: TrainingStepOptions): Promise<Result & Readonly<Record<string, unknown>>> {
	const { name, model, batch, peers, tables = 'host', modes = ['--fused'], steps = 30, stepsPerRun = 1, sizes } = options;
	const graph = trainingGraph(model, adam(), { tables: tables === 'graph' || stepsPerRun > 1 ? 'graph' : 'host', stepsPerRun });
	const stepper = await createStepper(graph, initialWeights(model, 0), { threads: 2 });
	const before = await productRate();
	const batches = new Array<Minibatch>(stepsPerRun).fill(batch);
	const rates = new Array<number>(stepsPerRun).fill(1e-3);
	let step = 0;
	const ours: number[] = [];
	const theirs: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (let i = 0; i < steps + warmUp; i += stepsPerRun) {
			const start = performance.now();
			await stepper.step({ batches, rates, step: step + 1, rows: rowOperations(graph, adam(), { rate: 1e-3, step: step + 1 }) });
			step += stepsPerRun;
			if (i >= warmUp) ours.push((performance.now() - start) / stepsPerRun);
		}
		if (peers !== undefined) theirs.push(await peerStep(peers, name, modes, steps));
	}
	await stepper.release();
	const [mine, value] = [median(ours), median(theirs)];
	const one = stepsPerRun > 1 ? trainingGraph(model, adam(), { tables: 'graph' }) : graph;
	const { nodes } = costOf(fromOnnx(readOnnx(one.step!)), sizes);
	const flops = nodes.reduce((sum, { op, flops = 0 }) => (products.has(op) ? sum + flops : sum), 0);
	const rate = Math.max(before, await productRate());
	const mode = `PyTorch ${modes.join(' ')} (ours: ${graph.tables.length > 0 ? 'tables updated lazily' : 'all in the graph'}${stepsPerRun > 1 ? `, ${stepsPerRun} steps a run` : ''})`;
	return {
		...{ bench: name, ours: mine, unit: 'ms/step', gflop: flops / 1e9 },
		...{ gflops: flops / 1e6 / mine, machineGflops: rate / 1e9, share: flops / (mine / 1000) / rate },
		peers: peers === undefined ? [] : [{ name: mode, value, ratio: value / mine }],
	};
}
