// What `lift` does, and what a step of a loop costs: forward and backward pass of a classifier over 64 sequences of 100 steps (100 numbers in,
// 128 in the state), for each cell with and without lift and written out step by step, in turn; nodes in all and in the loops' bodies.
import { setTimeout } from 'node:timers/promises';
import {
	backward,
	createSession,
	emit,
	input,
	type OnnxGraph,
	ops,
	type Session,
	scan,
	type Tensor,
	tensor,
	writeOnnx,
} from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import { type Cell, cells } from '../graph/cells.js';
import { median, type Result } from './support/bench.js';

const [batch, time, width, hidden, classes, rounds, runs] = [64, 100, 100, 128, 4, 4, 10];

/** The graph of a step, and the numbers it is fed. */
function step(cell: Cell, lift: boolean, unroll: boolean) {
	const value = (name: string, ...shape: (number | string)[]) => input(name, 'float32', shape);
	const [x, h] = [value('x', 'batch', 'time', width), value('h', 'batch', hidden)];
	const gates = cell.gates * hidden;
	const weights = { wi: value('wi', gates, width), wh: value('wh', gates, hidden), bi: value('bi', gates), bh: value('bh', gates) };
	const [wo, bo, targets] = [value('wo', hidden, classes), value('bo', classes), input('targets', 'int32', ['batch'])];
	const { states } = scan({
		inputs: [ops.transpose(x, [1, 0, 2])],
		states: new Array(cell.states).fill(h),
		lift,
		body: (states, [x]) => ({ states: cell.step(states, x!, weights) }),
	});
	const loss = nn.meanLoss(nn.crossEntropy(ops.gemm(states[0]!, wo, bo), targets));
	const wanted = { x, ...weights, wo, bo };
	const gradients = backward(loss, Object.values(wanted));
	const outputs = Object.fromEntries(Object.keys(wanted).map((name, place) => [`gradient.${name}`, gradients[place]!]));
	const model = emit({ inputs: { ...wanted, h, targets }, outputs: { loss, ...outputs } }, unroll ? { unroll: { time } } : {});
	const feeds = Object.fromEntries(
		model.graph.inputs.map(({ name, dtype, shape }, place): [string, Tensor] => {
			const sizes = shape.map((dim) => (dim === 'batch' ? batch : dim === 'time' ? time : Number(dim)));
			const count = sizes.reduce((a, b) => a * b, 1);
			const number = (i: number) => (dtype === 'int32' ? i % classes : (randomFloat(1, place, i) - 0.5) * 0.2);
			return [
				name,
				tensor(
					dtype,
					sizes,
					Array.from({ length: count }, (_, i) => number(i)),
				),
			];
		}),
	);
	return { model, feeds };
}

const bodiesOf = ({ nodes }: OnnxGraph) =>
	nodes.flatMap(({ attributes }) => Object.values(attributes).flatMap((value) => ('graph' in value ? [value.graph] : [])));
const count = (graph: OnnxGraph): number => graph.nodes.length + bodiesOf(graph).reduce((sum, body) => sum + count(body), 0);

interface Timed {
	readonly session: Session;
	readonly feeds: Record<string, Tensor>;
	into: Record<string, Tensor>;
	readonly times: number[];
}

/** Sessions run in turn, each a few times: the threads of one look for work for a while after its run, in the way of the next. */
async function timed(all: readonly Timed[]) {
	for (let round = 0; round < rounds; round++) {
		for (const run of all) {
			await setTimeout(100);
			for (let i = 0; i < runs + 2; i++) {
				const start = performance.now();
				run.into = await run.session.run(run.feeds, { into: run.into });
				if (i >= 2) run.times.push(performance.now() - start);
			}
		}
	}
	for (const { session } of all) await session.release();
}

async function started({ model, feeds }: ReturnType<typeof step>): Promise<Timed> {
	const session = await createSession(writeOnnx(model), { threads: 2 });
	return { session, feeds, into: {}, times: [] };
}

/** Microseconds of a step around one addition of one number: what the loop itself costs. */
async function overhead(): Promise<number> {
	const steps = 2000;
	const [x, h] = [input('x', 'float32', ['time', 1]), input('h', 'float32', [1])];
	const { states } = scan({ inputs: [x], states: [h], body: ([h], [x]) => ({ states: [ops.add(h!, x!)] }) });
	const model = emit({ inputs: { x, h }, outputs: { y: states[0]! } });
	const feeds = { x: tensor('float32', [steps, 1], new Float32Array(steps)), h: tensor('float32', [1], [0]) };
	const run = await started({ model, feeds });
	await timed([run]);
	return (Math.min(...run.times) / steps) * 1000;
}

/** Milliseconds of a step of the GRU with lift; the peers are ours without. */
export async function run(): Promise<Result> {
	console.log(`a step of a loop around one addition: ${(await overhead()).toFixed(2)} µs`);
	const found: Record<string, number[]> = {};
	for (const name of ['rnn', 'gru', 'lstm'] as const) {
		const forms = [step(cells[name], true, false), step(cells[name], false, false), step(cells[name], true, true)];
		const sessions = await Promise.all(forms.map(started));
		await timed(sessions);
		found[name] = sessions.map(({ times }) => median(times));
		for (const [place, form] of ['lifted', 'not lifted', 'written out'].entries()) {
			const { graph } = forms[place]!.model;
			const bodies = bodiesOf(graph).map((body) => body.nodes.length);
			console.log(
				`${name}, ${form}: ${count(graph)} nodes${bodies.length > 0 ? `, ${bodies.join(' and ')} in the loops` : ''}; ${found[name][place]!.toFixed(1)} ms, at best ${Math.min(...sessions[place]!.times).toFixed(1)}`,
			);
		}
	}
	const [ours, ...others] = found.gru as [number, number, number];
	const peers = others.map((value, place) => ({ name: ['not lifted', 'written out'][place]!, value, ratio: value / ours }));
	return { bench: 'scan', ours, unit: 'ms (GRU)', peers };
}
