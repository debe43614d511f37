// Settings from a file and from a saved run: the command line wins, then --settings, then --like; unknown names are errors.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, objects } from './run.js';

const { folder: cwd, file } = temporary();
const train = async (...args: string[]) => {
	const { code, stdout, stderr } = await cli(['train', ...args, '--json'], { cwd });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	return objects(stdout);
};
const epochsOf = (events: Record<string, unknown>[]) => events.filter(({ event }) => event === 'epoch').length;
const saved = (run: string) => JSON.parse(readFileSync(join(cwd, run, 'settings.json'), 'utf8'));

beforeAll(async () => {
	file('reviews.csv', csvOf(labelled(60)).replace('text,label', 'review,stars'));
	await train(
		'reviews.csv',
		'--text',
		'review',
		'--label',
		'stars',
		'--epochs',
		'2',
		'--batch-size',
		'8',
		'--out',
		'first',
		'--threads',
		'1',
	);
});

it('records what a run was called with, and not where or how it was shown', () => {
	expect(saved('first')).toEqual({ source: 'reviews.csv', text: 'review', label: 'stars', epochs: 2, batchSize: 8 });
});

it.concurrent('trains as a run was trained: the same model', async () => {
	const events = await train('--like', 'first', '--out', 'again', '--threads', '1');
	expect(epochsOf(events)).toBe(2);
	const model = (run: string) => readFileSync(join(cwd, run, 'onnx/model.onnx'), 'latin1');
	expect(model('again')).toBe(model('first'));
	expect(saved('again')).toEqual(saved('first'));
});

it.concurrent('lets the command line win over a run, and leaves out what has no effect on another source', async () => {
	const events = await train('ag-news', '--sample', '--like', 'first', '--epochs', '1', '--out', 'other');
	expect(epochsOf(events)).toBe(1);
	expect(saved('other')).toEqual({ source: 'ag-news', sample: true, epochs: 1, batchSize: 8 });
});

it.concurrent('reads settings from a file, with names as on the command line or as in a program', async () => {
	file(
		'run.json',
		JSON.stringify({ source: ['reviews.csv'], text: 'review', label: 'stars', epochs: 3, 'batch-size': 16, seed: 4, out: 'filed' }),
	);
	expect(epochsOf(await train('--settings', 'run.json', '--epochs', '1'))).toBe(1);
	expect(saved('filed')).toMatchObject({ epochs: 1, batchSize: 16, seed: 4 });
	expect(epochsOf(await train('--settings', 'first/settings.json', '--like', 'first', '--out', 'both'))).toBe(2);
});

it.concurrent('turns a setting off, or replaces it by the flag that excludes it', async () => {
	file('sample.json', '{ "sample": true, "epochs": 1 }');
	const none = ['train', 'ag-news', '--settings', 'sample.json', '--out', 'off'];
	const environment = { env: { TEXTLOOM_DATA: 'none' }, cwd };
	expect((await cli([...none, '--no-sample'], environment)).stdout).toContain('(TEXTLOOM_DATA is none)');
	const { stderr } = await cli([...none, '--data', 'nowhere'], environment);
	expect(stderr).toMatch(/^textloom train: imdb|^textloom train: ag-news: expected .* in nowhere, got none/);
});

it.concurrent('reads settings of the other commands', async () => {
	file('eval.json', '{ "text": "review", "label": "stars", "json": true }');
	const { stdout } = await cli(['evaluate', 'first', 'reviews.csv', '--settings', 'eval.json'], { cwd });
	expect(objects(stdout)).toEqual([expect.objectContaining({ documents: 60 })]);
	const { stdout: people } = await cli(['evaluate', 'first', 'reviews.csv', '--settings', 'eval.json', '--no-json'], { cwd });
	expect(people).toContain('Accuracy ');
});

it.concurrent.each([
	[
		'an unknown name',
		'{ "epoch": 3 }',
		2,
		/bad[\w-]*\.json: expected a setting that the command has, got epoch\. Did you mean epochs\? See/,
	],
	['a name far from all', '{ "x": 3 }', 2, /got x\. There are format, encoding, text, .*source\. See/],
	['a value of another kind', '{ "epochs": "3" }', 2, /bad[\w-]*\.json: expected a whole number from 1 for epochs, got "3"\. See/],
	['an unknown choice', '{ "tables": "hots" }', 2, /expected host or graph for tables, got "hots"\. Did you mean host\? See/],
	['a setting twice', '{ "batchSize": 3, "batch-size": 4 }', 2, /expected batchSize once, got batch-size, too\. See/],
	['other settings', '{ "settings": "run.json" }', 2, /expected a setting that the command has, got settings/],
	['no object', '[]', 2, /expected a JSON object of settings, got \[\]\. See/],
	['no JSON', '{', 1, /bad[\w-]*\.json: expected JSON, got: .*\. Correct it\.$/],
	['what has no effect', '{ "sample": true }', 2, /expected --sample \(bad[\w-]*\.json\) with a pipeline, got reviews\.csv\. See/],
	['flags that exclude', '{ "resume": true, "overwrite": true }', 2, /expected --resume or --overwrite, got both\. See/],
] as const)('refuses %s', async (what, content, code, message) => {
	const name = `bad-${what.replaceAll(' ', '-')}.json`;
	file(name, content);
	const result = await cli(['train', 'reviews.csv', '--settings', name], { cwd });
	expect(result.stderr.trimEnd()).toMatch(message);
	expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
});

it.concurrent.each([
	['a file that is not there', ['--settings', 'none.json'], /expected a settings file at none\.json, got none\. Check the path\./],
	['a run without settings', ['--like', '.'], /expected a settings file at settings\.json, got none\. Check the path\./],
])('refuses %s', async (_, args, message) => {
	const { code, stderr } = await cli(['train', 'reviews.csv', ...args], { cwd });
	expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
});
