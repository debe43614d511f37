// Trains the pipelines of the README's table of results, and writes what they come to: `npm run results -- --data DIR [NAME…]`.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { instructionSet } from '../bench/support/instruction-set.js';
import { type Case, cases, translations } from './cases.js';
import type { Result, Results, TranslationResult, TranslationResults } from './result.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const [file, translationsFile] = ['results', 'translations'].map((name) => join(root, 'test/results', `${name}.json`)) as [string, string];
const command = join(root, 'dist/src/cli/main.js');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const { positionals: asked, values } = parseArgs({
	allowPositionals: true,
	options: { data: { type: 'string' }, seed: { type: 'string', default: '1' }, runs: { type: 'string', default: 'runs/results' } },
});
const { data, seed, runs } = values;
if (data === undefined) throw new Error('results: expected --data DIR, the folder with the data sets, got none.');
const names = [...cases, ...translations].map(({ name }) => name);
const unknown = asked.find((name) => !names.includes(name));
if (unknown !== undefined) throw new Error(`results: expected some of ${names.join(', ')}, got ${unknown}.`);

/** The events of a command that prints JSON Lines. */
async function* eventsOf(words: readonly string[]): AsyncGenerator<Record<string, unknown>> {
	const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Record<string, unknown>;
	const code = await ended;
	if (code !== 0) throw new Error(`results: expected textloom ${words.join(' ')} to end well, got exit code ${code}.`);
}

/** What a run came to: what its training says at the beginning and at the end. */
async function trained<R extends Result | TranslationResult>(name: string): Promise<R> {
	const all: Record<string, unknown> = {};
	for await (const event of eventsOf([
		...['train', name, '--data', data!, '--seed', seed, '--out', join(runs, name), '--overwrite', '--json'],
	])) {
		if (event.event === 'epoch') console.log(`  ${name} epoch ${event.epoch} ${JSON.stringify(event.validation)}`);
		Object.assign(
			all,
			event.event === 'start' ? { parameters: event.parameters, training: Number(event.documents) + Number(event.validation) } : {},
			event.event === 'end' ? event : {},
		);
	}
	return { ...all, test: all.documents } as unknown as R;
}

async function classified(name: string): Promise<Result> {
	const { accuracy, test, seconds, parameters, training } = await trained<Result>(name);
	return { ...stamp(), accuracy, test, training, parameters, seconds };
}

async function translated(name: string): Promise<TranslationResult> {
	const { bleu, chrf, test, seconds, parameters, training } = await trained<TranslationResult>(name);
	let greedy: { bleu: number } | undefined;
	for await (const event of eventsOf(['evaluate', join(runs, name), '--data', data!, '--beams', '1', '--json']))
		greedy = event as unknown as { bleu: number };
	return { ...stamp(), bleu, greedy: greedy!.bleu, chrf, test, training, parameters, seconds };
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
const knownIn = <R>(path: string): R => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}) as R;
const known = knownIn<Results>(file);
const knownTranslations = knownIn<TranslationResults>(translationsFile);
const wanted = ({ name }: { readonly name: string }) => asked.length === 0 || asked.includes(name);
const write = (path: string, all: object) => writeFileSync(path, `${JSON.stringify(all, undefined, '\t')}\n`);

const run = ({ name, vote }: Case) => (vote ? voted(vote) : classified(name));
for (const one of cases.filter(wanted)) {
	const result = await run(one);
	known[one.name] = result;
	write(file, known);
	const goal = one.goal === undefined ? '' : `, at least ${(100 * one.goal).toFixed(1)}% wanted`;
	console.log(`${one.name}: ${(100 * result.accuracy).toFixed(2)}% of ${result.test}${goal}; ${result.seconds.toFixed(0)} s`);
}
for (const { name, goal } of translations.filter(wanted)) {
	const result = await translated(name);
	knownTranslations[name] = result;
	write(translationsFile, knownTranslations);
	const least = goal === undefined ? '' : `, at least ${goal} wanted`;
	const { bleu, greedy, chrf, test, seconds } = result;
	console.log(
		`${name}: BLEU ${bleu.toFixed(2)}${least}, greedy ${greedy.toFixed(2)}, chrF ${chrf.toFixed(2)} of ${test}; ${seconds.toFixed(0)} s`,
	);
}
