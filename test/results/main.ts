// Trains the pipelines of the README's table of results, and writes what they come to: `npm run results -- --data DIR [NAME…]`.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { instructionSet } from '../bench/support/instruction-set.js';
import { type Case, cases } from './cases.js';
import type { Result, Results } from './result.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const file = join(root, 'test/results/results.json');
const command = join(root, 'dist/src/cli/main.js');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const { positionals: asked, values } = parseArgs({
	allowPositionals: true,
	options: { data: { type: 'string' }, seed: { type: 'string', default: '1' }, runs: { type: 'string', default: 'runs/results' } },
});
const { data, seed, runs } = values;
if (data === undefined) throw new Error('results: expected --data DIR, the folder with the data sets, got none.');
const unknown = asked.find((name) => !cases.some((one) => one.name === name));
if (unknown !== undefined) throw new Error(`results: expected some of ${cases.map(({ name }) => name).join(', ')}, got ${unknown}.`);

/** The events of a command that prints JSON Lines. */
async function* eventsOf(words: readonly string[]): AsyncGenerator<Record<string, unknown>> {
	const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Record<string, unknown>;
	const code = await ended;
	if (code !== 0) throw new Error(`results: expected textloom ${words.join(' ')} to end well, got exit code ${code}.`);
}

async function trained(name: string): Promise<Result> {
	const all: Record<string, unknown> = {};
	for await (const event of eventsOf([
		'train',
		name,
		'--data',
		data!,
		'--seed',
		seed,
		'--out',
		join(runs, name),
		'--overwrite',
		'--json',
	])) {
		if (event.event === 'epoch') console.log(`  ${name} epoch ${event.epoch} ${JSON.stringify(event.validation)}`);
		Object.assign(
			all,
			event.event === 'start' ? { parameters: event.parameters, training: Number(event.documents) + Number(event.validation) } : {},
			event.event === 'end' ? event : {},
		);
	}
	const { accuracy, documents, seconds, parameters, training } = all as unknown as Result & { documents: number };
	return { ...stamp(), accuracy, test: documents, training, parameters, seconds };
}

async function voted(vote: readonly string[]): Promise<Result> {
	const words = ['evaluate', ...vote.map((name) => join(runs, name)), '--vote', 'soft', '--data', data!, '--json'];
	let result: { accuracy: number; documents: number; seconds: number } | undefined;
	for await (const event of eventsOf(words)) result = event as typeof result;
	const members = vote.map((name) => known[name]!);
	const sum = (of: (one: Result) => number) => members.reduce((total, one) => total + of(one), 0);
	const { accuracy, documents, seconds } = result!;
	return {
		...stamp(),
		...{ accuracy, test: documents, training: members[0]!.training, parameters: sum((one) => one.parameters) },
		seconds: sum((one) => one.seconds) + seconds,
	};
}

const stamp = () => ({ seed: Number(seed), version, commit, machine: instructionSet() });
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const known: Results = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : {};

const run = ({ name, vote }: Case) => (vote ? voted(vote) : trained(name));
for (const one of cases.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
	const result = await run(one);
	known[one.name] = result;
	writeFileSync(file, `${JSON.stringify(known, undefined, '\t')}\n`);
	const goal = one.goal === undefined ? '' : `, at least ${(100 * one.goal).toFixed(1)}% wanted`;
	console.log(`${one.name}: ${(100 * result.accuracy).toFixed(2)}% of ${result.test}${goal}; ${result.seconds.toFixed(0)} s`);
}
