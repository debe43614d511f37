// Predictions of one batch: ours by one session with all threads, and by one session a thread with its part of the batch, against PyTorch's fastest
// mode, in turn (A B A B …). Where `int8` is asked for, ours with products in bytes, too. Beside the times: the rate of all dense products of the exported model, as a share of what one large product
// reaches in the same run; above 1 where products of words were made when the session opened.
import { costOf, createRemoteSession, fromOnnx, readOnnx, type Session, type Tensor } from 'textloom/graph';
import { type Architecture, exportModel, initialWeights, runnable } from 'textloom/train';
import { median, type Result } from './bench.js';
import { instructionSet } from './instruction-set.js';
import { peerResult } from './peer-step.js';
import { productRate } from './product-rate.js';
import { textClassifier } from './text-batch.js';

const products = new Set(['Conv', 'Einsum', 'Gemm', 'MatMul']);
const [rounds, runs, warmUp, threads] = [3, 20, 3, 2];

/** What is compared with what. */
export interface PredictionOptions {
	/** Its name in `torch_models.py`. */
	readonly name: string;
	readonly architecture: Architecture;
	readonly batch?: number;
	readonly time?: number;
	readonly vocabulary?: number;
	/** Whether ours is timed with products in bytes, too. */
	readonly int8?: boolean;
	readonly peers?: string | undefined;
}

/** Milliseconds a batch: the median of each way in all rounds; of ours the faster way counts, of PyTorch the faster mode. */
export async function prediction(options: PredictionOptions): Promise<Result & Readonly<Record<string, unknown>>> {
	const { name, architecture, peers, int8 = false, ...given } = options;
	const { model, batch, sizes } = textClassifier(architecture, given);
	const file = exportModel(model, initialWeights(model, 0));
	const ways: Readonly<Record<string, Uint8Array>> = { '': runnable(file), ...(int8 && { int8: runnable(file, { precision: 'int8' }) }) };
	const { targets: _, ...feeds } = batch;
	const rate = await productRate();
	const times: Record<string, number[]> = {};
	const add = (way: string, some: readonly number[]) => {
		times[way] = [...(times[way] ?? []), ...some];
	};
	for (let round = 0; round < rounds; round++) {
		for (const [precision, onnx] of Object.entries(ways)) {
			for (const count of [1, threads]) {
				const sessions = await Promise.all(Array.from({ length: count }, () => createRemoteSession(onnx, { threads: threads / count })));
				add(`${count === 1 ? 'one' : 'several'}${precision && ` ${precision}`}`, await timesOf(sessions, feeds));
				await Promise.all(sessions.map((session) => session.release()));
			}
		}
		if (peers === undefined) continue;
		for (const mode of [[], ['--compile']]) {
			const { ms_per_batch: ms } = await peerResult(peers, ['torch_infer.py', name, ...mode]);
			add(['PyTorch', ...mode].join(' '), [ms as number]);
		}
	}
	const medians = Object.fromEntries(Object.entries(times).map(([way, all]) => [way, median(all)]));
	const oursOf = (precision: string) => Math.min(...['one', 'several'].map((way) => medians[`${way}${precision && ` ${precision}`}`]!));
	const ours = oursOf('');
	const theirs = Object.fromEntries(Object.entries(medians).filter(([way]) => way.startsWith('PyTorch')));
	const { nodes } = costOf(fromOnnx(readOnnx(file)), sizes);
	const flops = nodes.reduce((sum, { op, flops = 0 }) => (products.has(op) ? sum + flops : sum), 0);
	const [best] = Object.entries(theirs).sort(([, a], [, b]) => a - b);
	return {
		...{ bench: `predict-${name}`, ours, unit: 'ms/batch', ...medians, gflop: flops / 1e9 },
		...{ instructions: instructionSet(), machineGflops: rate / 1e9, share: flops / (ours / 1000) / rate },
		...(int8 && { int8: oursOf('int8'), ...(best && { int8Ratio: best[1] / oursOf('int8') }) }),
		peers: best ? [{ name: best[0], value: best[1], ratio: best[1] / ours }] : [],
	};
}

/** Milliseconds of each run of a batch whose rows are shared out to sessions. */
async function timesOf(sessions: readonly Session[], feeds: Readonly<Record<string, Tensor>>): Promise<number[]> {
	const parts = sessions.map((_, place) =>
		Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, rowsOf(tensor, place, sessions.length)])),
	);
	const times: number[] = [];
	for (let run = 0; run < runs + warmUp; run++) {
		const start = performance.now();
		await Promise.all(sessions.map((session, place) => session.run(parts[place]!)));
		if (run >= warmUp) times.push(performance.now() - start);
	}
	return times;
}

/** The rows of one of several equal parts. */
function rowsOf({ dtype, shape, data }: Tensor, place: number, parts: number): Tensor {
	const [rows, ...rest] = shape as [number, ...number[]];
	const width = data.length / rows;
	const count = rows / parts;
	return { dtype, shape: [count, ...rest], data: (data as Int32Array).slice(place * count * width, (place + 1) * count * width) } as Tensor;
}
