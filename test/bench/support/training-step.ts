// Training steps of a model: ours against PyTorch's, in turn (A B A B …), each in the process that it is at its best in. Dropout masks are
// drawn anew for each step, as PyTorch draws them. Beside the times: the rate of all dense products of a step, as a share of what one large
// product reaches in the same run.
import { costOf, fromOnnx, readOnnx } from 'textloom/graph';
import { adam } from 'textloom/optim';
import { createStepper, initialWeights, type Minibatch, rowOperations, startReplicas, type Trainable, trainingGraph } from 'textloom/train';
import { median, type Result } from './bench.js';
import { instructionSet } from './instruction-set.js';
import { peerStep } from './peer-step.js';
import { productRate } from './product-rate.js';

const products = new Set(['Conv', 'ConvTranspose', 'Einsum', 'Gemm', 'MatMul']);
const [rounds, warmUp, threads] = [7, 3, 2];

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
	/** Parts of a batch in sessions of their own, tried beside one session with all threads. Default 2; 1 for none. */
	readonly replicas?: string | undefined;
	/** The named sizes of the batch. */
	readonly sizes: Readonly<Record<string, number>>;
}

/** Milliseconds a step: the median of ours in all rounds, and of the peer's, each the median of its round. */
export async function trainingStep(options: TrainingStepOptions): Promise<Result & Readonly<Record<string, unknown>>> {
	const { name, model, batch, peers, tables = 'host', modes = ['--fused'], steps = 30, stepsPerRun = 1, sizes } = options;
	const where = tables === 'graph' || stepsPerRun > 1 ? 'graph' : 'host';
	const replicas = Number(options.replicas ?? threads);
	const others = startReplicas(replicas - 1);
	const open = async (count: number) => {
		const graph = trainingGraph(model, adam(), { tables: where, stepsPerRun, replicas: count });
		const stepper = await createStepper(graph, initialWeights(model, 0), { threads, replicas: others.slice(0, count - 1) });
		return { graph, stepper, times: [] as number[], step: 0 };
	};
	// As `replicas: 'auto'` does: both, and the faster one counts.
	const ways = [await open(1), ...(replicas > 1 ? [await open(replicas)] : [])];
	const before = await productRate();
	const batches = new Array<Minibatch>(stepsPerRun).fill(batch);
	const rates = new Array<number>(stepsPerRun).fill(1e-3);
	const theirs: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const way of ways) {
			const { graph, stepper, times } = way;
			for (let i = 0; i < steps + warmUp; i += stepsPerRun) {
				const start = performance.now();
				const step = way.step + 1;
				await stepper.step({ batches, rates, step, rows: rowOperations(graph, adam(), { rate: 1e-3, step }) });
				way.step += stepsPerRun;
				if (i >= warmUp) times.push((performance.now() - start) / stepsPerRun);
			}
			// Threads of a session look for work for a while.
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		if (peers !== undefined) theirs.push(await peerStep(peers, name, modes, steps));
	}
	for (const { stepper } of ways) await stepper.release();
	await Promise.all(others.map((other) => other.close()));
	const [one, several] = ways.map(({ times }) => median(times));
	const [{ graph }] = ways as [(typeof ways)[0]];
	const ours = [Math.min(one!, several ?? Number.POSITIVE_INFINITY)];
	const [mine, value] = [median(ours), median(theirs)];
	const whole = stepsPerRun > 1 ? trainingGraph(model, adam(), { tables: 'graph' }) : graph;
	const { nodes } = costOf(fromOnnx(readOnnx(whole.step!)), sizes);
	const flops = nodes.reduce((sum, { op, flops = 0 }) => (products.has(op) ? sum + flops : sum), 0);
	const rate = Math.max(before, await productRate());
	const mode = `PyTorch ${modes.join(' ')} (ours: ${graph.tables.length > 0 ? 'tables updated lazily' : 'no tables outside'}${stepsPerRun > 1 ? `, ${stepsPerRun} steps a run` : ''})`;
	return {
		...{ bench: name, ours: mine, unit: 'ms/step', one, ...(several !== undefined && { replicas, several }), gflop: flops / 1e9 },
		...{ instructions: instructionSet() },
		...{ gflops: flops / 1e6 / mine, machineGflops: rate / 1e9, share: flops / (mine / 1000) / rate },
		peers: peers === undefined ? [] : [{ name: mode, value, ratio: value / mine }],
	};
}
