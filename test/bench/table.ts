// A batch through a host table: rows gathered, gradients summed by row, lazy Adam; 6,400 random ids × 100 into 20,000 rows, in ms.

import { adam } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { Table } from '../../src/train/step/table.js';
import { median, type Result } from './support/bench.js';
import { PlainTable } from './support/plain-table.js';

const [rows, width, positions, batches, rounds] = [20_000, 100, 6_400, 8, 5];

/** Both in turn. The gradients are written before the clock starts, as ONNX Runtime does in a training step. */
export async function run(): Promise<Result> {
	const random = (length: number, stream: number, of: (value: number) => number) =>
		Array.from({ length }, (_, index) => of(randomFloat(1, stream, index)));
	const weights = Float32Array.from(random(rows * width, 0, (value) => value - 0.5));
	const gradient = Float32Array.from(random(positions * width, 1, (value) => value - 0.5));
	const ids = Array.from({ length: batches }, (_, batch) => Int32Array.from(random(positions, 2 + batch, (value) => value * rows)));
	const ours = new Table({ name: 'words', names: ['words'], rows, width, ids: '', input: '', gradient: '' }, [{}, {}], weights);
	const plain = new PlainTable({ width }, adam(), weights);
	const [gathered, plainGradient, sums] = [gradient.slice(), gradient.slice(), gradient.slice()];

	const times = { gather: [] as number[], update: [] as number[], plainGather: [] as number[], plainUpdate: [] as number[] };
	const timed = (name: keyof typeof times, work: () => void) => {
		const start = performance.now();
		work();
		times[name].push(performance.now() - start);
	};
	// In turn by rounds, not by batches: each has its table in the cache. The first round is for the compilers.
	for (let round = 0, step = 1; round <= rounds; round++, step += batches * 4) {
		if (round === 1) for (const list of Object.values(times)) list.length = 0;
		for (let at = 0; at < batches * 4; at++) {
			timed('gather', () => ours.gather(ids[at % batches]!));
			ours.gradient(positions).set(gradient);
			timed('update', () => ours.update(ids[at % batches]!, adam().updateRows!({ names: ['words'], rate: 1e-3, step: step + at })));
		}
		for (let at = 0; at < batches * 4; at++) {
			timed('plainGather', () => plain.gather(ids[at % batches]!, gathered));
			plainGradient.set(gradient);
			timed('plainUpdate', () => plain.update(ids[at % batches]!, plainGradient, sums, { rate: 1e-3, step: step + at }));
		}
	}
	const typical = (name: keyof typeof times) => median(times[name]);
	const figure = (name: keyof typeof times) => typical(name).toFixed(2);
	console.log(`gather ${figure('gather')} ms, update ${figure('update')}; plain ${figure('plainGather')}, ${figure('plainUpdate')}`);
	const total = typical('gather') + typical('update');
	const peer = typical('plainGather') + typical('plainUpdate');
	return { bench: 'table', ours: total, unit: 'ms', peers: [{ name: 'plain JavaScript', value: peer, ratio: peer / total }] };
}
