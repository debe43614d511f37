// All training steps against PyTorch, each in a process of its own: prints the table of ratios that ARCHITECTURE has.
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import type { Result } from './support/bench.js';
import { instructionSet } from './support/instruction-set.js';

const names = ['mlp', 'wordcnn', 'charcnn', 'rnn', 'gru', 'lstm', 'bigru', 'attention', 'seq2seq', 'bert'];

/** What a benchmark of a training step answers. */
interface Row extends Result {
	readonly one: number;
	readonly several?: number;
	readonly machineGflops: number;
}

export async function run({ peers }: { peers?: string }): Promise<Result & Readonly<Record<string, unknown>>> {
	const main = new URL('./main.js', import.meta.url).pathname;
	const rows: Row[] = [];
	for (const name of names) {
		const { stdout } = await promisify(execFile)(process.execPath, [main, name, ...(peers === undefined ? [] : ['--peers', peers])]);
		rows.push(JSON.parse(stdout.trim().split('\n').at(-1)!) as Row);
		console.error(stdout.trim().split('\n').at(-1));
	}
	const date = new Date().toISOString().slice(0, 10);
	const rate = Math.max(...rows.map(({ machineGflops }) => machineGflops));
	console.log(
		`${date}, ${cpus()[0]!.model}, two threads, ${instructionSet()}, products at ${rate.toFixed(0)} GFLOP/s, Node.js ${process.versions.node}\n`,
	);
	console.log('| step | one session, ms | two replicas, ms | PyTorch, ms | ratio |\n| --- | --- | --- | --- | --- |');
	for (const { bench, ours, one, several, peers } of rows) {
		const theirs = peers[0]?.value;
		const cells = [bench, one.toFixed(1), several?.toFixed(1) ?? '–', theirs?.toFixed(1) ?? '–', theirs ? (theirs / ours).toFixed(2) : '–'];
		console.log(`| ${cells.join(' | ')} |`);
	}
	const ratios = rows.flatMap(({ peers }) => peers.map(({ ratio }) => ratio)).sort((a, b) => a - b);
	return { bench: 'training', ours: ratios[ratios.length >> 1] ?? 0, unit: 'median ratio to PyTorch', peers: [], rows };
}
