// A training step of an encoder of 12 layers, its activations kept or computed again (`nn.recompute`): the peak of memory of a process, and the
// time. Each form has processes of its own, in turn.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ops, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { sgd } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { createStepper, initialWeights, rowOperations, type Trainable, trainingGraph } from 'textloom/train';
import { median, type Result } from './support/bench.js';

const [layers, width, heads, batch, time, steps, rounds] = [12, 256, 4, 16, 128, 4, 3];
type Form = 'kept' | 'again';

/** What a process prints: milliseconds a step, bytes at most, the losses. */
interface Figures {
	readonly step: number;
	readonly peak: number;
	readonly losses: readonly number[];
}

function encoder(form: Form): Trainable<'x'> {
	const block = () => {
		const plain = nn.encoderBlock({ width, heads });
		return form === 'again' ? nn.recompute(plain) : plain;
	};
	const blocks = nn.sequential(Array.from({ length: layers }, block));
	return {
		parameters: blocks.parameters,
		inputs: { x: { dtype: 'float32', shape: ['batch', 'time', width] } },
		apply: ({ x }, mode) => ({ y: blocks.apply(x, mode) }),
		loss: ({ y }) => nn.loss(ops.reduceMean(ops.mul(ops.sub(y!, 0.5), ops.sub(y!, 0.5)), { axes: [1, 2] })),
	};
}

async function measure(form: Form): Promise<Figures> {
	const model = encoder(form);
	const optimizer = sgd({ rate: 0.01 });
	const graph = trainingGraph(model, optimizer);
	const stepper = await createStepper(graph, initialWeights(model, 0), { threads: 2 });
	const numbers = Float32Array.from({ length: batch * time * width }, (_, i) => randomFloat(1, 1, i));
	const [times, losses]: [number[], number[]] = [[], []];
	for (let step = 1; step <= steps; step++) {
		const start = performance.now();
		const rows = rowOperations(graph, optimizer, { rate: 0.01, step });
		const { losses: parts } = await stepper.step({
			batches: [{ x: tensor('float32', [batch, time, width], numbers) }],
			rates: [0.01],
			step,
			rows,
		});
		times.push(performance.now() - start);
		losses.push(parts[0]!.loss!.sum / parts[0]!.loss!.weight);
	}
	await stepper.release();
	// The first step allocates.
	return { step: Math.min(...times.slice(1)), peak: process.resourceUsage().maxRSS * 1024, losses };
}

function inProcess(form: Form): Figures {
	const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), form], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`recompute: expected the steps to run, got: ${stderr}`);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as Figures;
}

export function run(): Result & Readonly<Record<string, unknown>> {
	const found: Record<Form, Figures[]> = { kept: [], again: [] };
	for (let round = 0; round < rounds; round++) for (const form of ['kept', 'again'] as const) found[form].push(inProcess(form));
	const of = (form: Form, figure: 'step' | 'peak') =>
		(figure === 'step' ? (numbers: number[]) => Math.min(...numbers) : median)(found[form].map((figures) => figures[figure]));
	const [lessMemory, moreTime] = [1 - of('again', 'peak') / of('kept', 'peak'), of('again', 'step') / of('kept', 'step') - 1];
	console.log(
		`${layers} layers of ${width}, batch ${batch}×${time}: ${(of('kept', 'peak') / 1e6).toFixed(0)} MB and ${of('kept', 'step').toFixed(0)} ms kept, ` +
			`${(of('again', 'peak') / 1e6).toFixed(0)} MB and ${of('again', 'step').toFixed(0)} ms computed again: ${(100 * lessMemory).toFixed(0)}% less memory, ${(100 * moreTime).toFixed(0)}% more time`,
	);
	return { bench: 'recompute', ours: of('again', 'step'), unit: 'ms/step', peers: [], lessMemory, moreTime, found };
}

const [, , form] = process.argv;
if (form === 'kept' || form === 'again') console.log(JSON.stringify(await measure(form)));
