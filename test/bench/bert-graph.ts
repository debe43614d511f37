// Forward and backward pass of BERT-mini (16 texts of 128 tokens, 4 layers, width 256) as one graph: ours against the graph that PyTorch's
// exporter writes for the same step, both in ONNX Runtime for Node.js, in turn (A B A B …). Without dropout and optimizer.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { backward, createSession, emit, type OnnxModel, readOnnxFile, type Session, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import { randomUint32 } from 'textloom/stream';
import { median, type Result } from './support/bench.js';
import { bert, sizes } from './support/bert.js';

const [batch, time, rounds] = [16, 128, 20];

/** The step as a model, and how long it took to make. */
function step(simplify: boolean): { model: OnnxModel; milliseconds: number } {
	const start = performance.now();
	const { inputs, parameters, loss } = bert();
	const gradients = backward(loss, Object.values(parameters));
	const outputs = Object.fromEntries(Object.keys(parameters).map((name, place) => [`gradient.${name}`, gradients[place]!]));
	const model = emit({ inputs: { ...inputs, ...parameters }, outputs: { loss, ...outputs } }, { simplify });
	return { model, milliseconds: performance.now() - start };
}

/** Numbers for each input of a model: ids, classes, weights around 0 (scales of normalizations around 1). */
function feedsOf({ graph }: OnnxModel): Record<string, Tensor> {
	return Object.fromEntries(
		graph.inputs.map(({ name, dtype, shape }, purpose) => {
			const known = shape.map((dim) => (dim === 'batch' ? batch : dim === 'time' ? time : Number(dim)));
			const count = known.reduce((a, b) => a * b, 1);
			const limit = known.length === 2 ? sizes.words : sizes.classes;
			const scale = known.length === 1 ? 1 : 0;
			const values = Array.from({ length: count }, (_, i) => {
				const draw = randomUint32(0, purpose, i);
				return dtype === 'float32' ? scale + 0.1 * (draw / 2 ** 32 - 0.5) : draw % limit;
			});
			return [name, tensor(dtype, known, values)];
		}),
	);
}

interface Run {
	readonly session: Session;
	readonly feeds: Record<string, Tensor>;
	into: Record<string, Tensor>;
	readonly times: number[];
}

async function prepare(model: OnnxModel, session: Session): Promise<Run> {
	return { session, feeds: feedsOf(model), into: {}, times: [] };
}

async function runOnce(run: Run) {
	const start = performance.now();
	run.into = await run.session.run(run.feeds, { into: run.into });
	run.times.push(performance.now() - start);
}

/** Milliseconds of one forward and backward pass. */
export async function run({ peers }: { peers?: string }): Promise<Result> {
	step(true);
	const [plain, ours] = [step(false), step(true)];
	const start = performance.now();
	const session = await createSession(writeOnnx(ours.model), { threads: 2 });
	console.log(
		`graph built in ${ours.milliseconds.toFixed(0)} ms: ${plain.model.graph.nodes.length} nodes as built, ${ours.model.graph.nodes.length} simplified and rearranged; session in ${(performance.now() - start).toFixed(0)} ms`,
	);
	const mine = await prepare(ours.model, session);
	const folder = await mkdtemp(join(tmpdir(), 'textloom-bench-'));
	try {
		const theirs = peers === undefined ? undefined : await exported(peers, join(folder, 'joint.onnx'));
		for (let round = 0; round < rounds + 2; round++) {
			await runOnce(mine);
			if (theirs) await runOnce(theirs);
		}
		const [value, other] = [mine, theirs].map((run) => run && median(run.times.slice(2)));
		const name = "the graph of PyTorch's exporter, in the same runtime";
		await Promise.all([mine, theirs].map((run) => run?.session.release()));
		return {
			bench: 'bert-graph',
			ours: value!,
			unit: 'ms',
			peers: other === undefined ? [] : [{ name, value: other, ratio: other / value! }],
		};
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function exported(peers: string, path: string): Promise<Run> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const { stdout } = await promisify(execFile)(python, [join(peers, 'torch_joint_onnx.py'), 'bert', path], { maxBuffer: 2 ** 26 });
	console.log(stdout.trim().split('\n').at(-1));
	return prepare(await readOnnxFile(path), await createSession(path, { threads: 2 }));
}
