// Translation on the command line: pairs of one's own, from a file to a model, its figures, its translations and its report.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, objects } from './run.js';

const { folder: cwd, file } = temporary();
const names = ['zero', 'one', 'two', 'three', 'four', 'five'];
const pairs = Array.from({ length: 216 }, (_, i) => {
	const digits = [Math.floor(i / 36) % 6, Math.floor(i / 6) % 6, i % 6].slice(0, 1 + ((i + Math.floor(i / 6)) % 3));
	return { digits: digits.join(' '), words: digits.map((digit) => names[digit]).join(' ') };
});
const run = async (...args: readonly string[]) => {
	const { code, stdout, stderr } = await cli(args, { cwd });
	if (code !== 0) throw new Error(stderr);
	return stdout;
};

beforeAll(async () => {
	file('pairs.csv', `digits,words\n${pairs.map(({ digits, words }) => `${digits},${words}\n`).join('')}`);
	file('plain.txt', '4 2\n5\n\n1 0 3\n');
	file('good.csv', csvOf(labelled(20)));
	const sizes = ['--set', 'width=32', '--set', 'dropout=0', '--epochs', '40', '--batch-size', '16', '--rate', '0.01'];
	await Promise.all([
		run('train', 'pairs.csv', '--recipe', 'translate-multi30k-gru', '--text', 'digits', '--label', 'words', ...sizes, '--out', 'said'),
		run('train', 'good.csv', '--epochs', '1', '--out', 'labels'),
	]);
}, hang);

it.concurrent('is measured by BLEU and chrF, with as many beams as are asked for', async () => {
	const [five] = objects(await run('evaluate', 'said', 'pairs.csv', '--json')) as [Record<string, number>];
	expect(five).toMatchObject({ bleu: expect.any(Number), chrf: expect.any(Number), exactMatch: expect.any(Number) });
	expect(five.chrf).toBeGreaterThan(50);
	expect(await run('evaluate', 'said', '--beams', '1')).toMatch(/^BLEU [\d.]+, chrF [\d.]+, exact match [\d.]+%: \d+ documents/m);
	expect(await run('evaluate', 'said', 'pairs.csv', '--samples', '2')).toMatch(
		/ {2}text {8}[\d ]+\n {2}prediction {2}\w.*\n {2}truth {7}\w/,
	);
});

it.concurrent('generates lines, JSON and tables, of files and of texts', async () => {
	const lines = (await run('generate', 'said', 'plain.txt', '--as', 'lines')).split('\n');
	expect(lines.slice(0, 4)).toEqual([expect.stringContaining('four'), 'five', '', expect.stringContaining('one')]);
	await run('generate', 'said', 'plain.txt', '--out', 'said.txt');
	expect(readFileSync(join(cwd, 'said.txt'), 'utf8').split('\n')).toEqual(lines);
	const [one] = objects(await run('generate', 'said', '--text', '4 2', '--beams', '4', '--alternatives', '2', '--attention'));
	expect(one).toMatchObject({ text: '4 2', alternatives: [{ score: expect.any(Number) }, {}], attention: { source: ['4', 'Ġ2'] } });
	const table = await run('generate', 'said', 'pairs.csv', '--column', 'digits', '--as', 'csv');
	expect(table.split('\n')[0]).toBe('digits,translation,score,warning,words');
	const drawn = () => run('generate', 'said', '--text', '4 2 1', '--beams', '1', '--draw', '--temperature', '3', '--seed', '5');
	expect(await drawn()).toBe(await drawn());
	expect(objects(await run('generate', 'said', '--text', '4 2 1', '--max-tokens', '1'))[0]!.translation).toMatch(/^\w+$/);
});

it.concurrent('has a report with a map of where it looked', async () => {
	const page = readFileSync((await run('report', 'said', '--out', join(cwd, 'said.html'))).trim(), 'utf8');
	expect(page).toContain('how much it looked at each token of the text (column) when it said each of its own (row)');
	expect(page).toMatch(/<dt>BLEU<\/dt><dd>[\d.]+<\/dd>/);
});

it.concurrent.each([
	[
		'a model of labels',
		['labels', '--text', 'x'],
		'expected a RUN of translation, got one of text-classification. Use textloom predict labels.',
	],
	[
		'beams for a model of labels',
		['labels', '--text', 'x', '--beams', '2'],
		'expected generation for a model of translation, got it for one of text-classification',
	],
	['no beam', ['said', '--text', 'x', '--beams', '0'], 'expected a whole number from 1 for --beams, got "0".'],
	[
		'more than beams',
		['said', '--text', 'x', '--beams', '2', '--alternatives', '2'],
		'expected at most as many sequences as beams, 2, got 3.',
	],
	[
		'drawing with a penalty of lengths',
		['said', '--text', 'x', '--beams', '1', '--length-penalty', '2'],
		'expected numBeams above 1 beside lengthPenalty, got lengthPenalty alone.',
	],
	[
		'lengths that contradict',
		['said', '--text', '1', '--min-tokens', '9', '--max-tokens', '3'],
		'expected a least length up to the largest, 3, got 9.',
	],
	['attention in lines', ['said', '--text', '1', '--as', 'lines', '--attention'], 'expected --attention with JSON, got lines.'],
	[
		'alternatives in a table',
		['said', '--text', '1', '--out', 'a.csv', '--alternatives', '1'],
		'expected --alternatives with JSON, got a.csv.',
	],
	['an unknown ending', ['said', '--text', '1', '--out', 'a.md'], 'expected --out to end in .txt, .jsonl, .ndjson, .json, .csv or .tsv'],
	['no text', ['said'], 'expected a FILE or --text TEXT, got neither.'],
	['a folder of no run', ['nowhere', '--text', 'x'], 'load: expected a model folder with config.json, found none in nowhere.'],
] as const)('refuses %s', async (_, args, message) => {
	const { code, stderr } = await cli(['generate', ...args], { cwd });
	expect(stderr).toContain(message);
	expect(stderr.trim().split('\n')).toHaveLength(1);
	expect(code).not.toBe(0);
});

it.concurrent('follows more beams than there are tokens', async () => {
	const [said] = objects(await run('generate', 'said', '--text', '4', '--beams', '400'));
	expect(said!.translation).toBe('four');
});
