// Several runs as one on the command line, a threshold, drawn samples, and calibration.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, objects } from './run.js';

const { folder: cwd, file } = temporary();
const rows = labelled(60);
const run = async (...args: string[]) => {
	const { code, stdout, stderr } = await cli(args, { cwd });
	if (code !== 0) throw new Error(stderr);
	return stdout;
};
const failure = async (...args: string[]) => {
	const { code, stderr } = await cli(args, { cwd });
	return [code, stderr] as const;
};

beforeAll(async () => {
	file('good.csv', csvOf(rows));
	file('two.csv', csvOf(rows.filter(({ label }) => label !== 'travel')));
	await run('train', 'good.csv', '--model', 'svm', '--out', 'svm');
	await run('train', 'good.csv', '--model', 'bayes', '--out', 'bayes');
	await run('train', 'two.csv', '--model', 'svm', '--out', 'two');
});

it('evaluates runs together and each by itself, on what the first one held out or on files', async () => {
	const text = await run('evaluate', 'svm', 'bayes');
	expect(text).toMatch(/\n +accuracy\n {2}svm +[\d.]+%\n {2}bayes +[\d.]+%\n {2}together +[\d.]+%\n/);
	const [found] = objects(await run('evaluate', 'svm', 'bayes', 'good.csv', '--vote', 'hard', '--json'));
	expect(found).toMatchObject({ documents: 60, runs: ['svm', 'bayes'], memberAccuracies: [expect.any(Number), expect.any(Number)] });
	const [alone] = objects(await run('evaluate', 'bayes', 'good.csv', '--json'));
	expect((found!.memberAccuracies as number[])[1]).toBe(alone!.accuracy);
	expect(alone).not.toHaveProperty('runs');
});

it('warns where another run held out other documents', async () => {
	file('other.csv', csvOf(labelled(90).reverse()));
	await run('train', 'other.csv', '--model', 'bayes', '--out', 'other');
	const { stderr } = await cli(['evaluate', 'svm', 'other'], { cwd });
	expect(stderr).toBe(
		'textloom evaluate: these are not the documents that other held out: it may have seen some of them in its training. Name files that it has not.\n',
	);
});

it.each([
	[
		'runs of other labels',
		['evaluate', 'svm', 'two'],
		2,
		'svm two: expected the same labels of each model, got "travel", which only model 1 has.',
	],
	['a run that is none', ['evaluate', 'svm', 'gone'], 1, 'expected a readable file, got nothing at gone.'],
	[
		'a threshold beyond 1',
		['predict', 'svm', '--text', 'a', '--threshold', '2'],
		2,
		'expected a share from 0 to 1 for --threshold, got "2".',
	],
	['a vote of one', ['predict', 'svm', '--text', 'a', '--vote', 'hard'], 2, 'expected --vote with several RUNs, got one.'],
	[
		'calibration of what is solved',
		['train', 'good.csv', '--model', 'svm', '--calibrate', '--out', 'x'],
		2,
		'expected no --calibrate with svm, which is solved at once',
	],
] as const)('refuses %s', async (_, args, code, message) => {
	expect(await failure(...args)).toEqual([code, expect.stringContaining(message)]);
});

it('prints documents that are drawn by a seed', async () => {
	const samples = async (...more: string[]) =>
		objects(await run('evaluate', 'svm', 'good.csv', '--samples', '3', '--json', ...more))[0]!.samples;
	const first = (await samples()) as { doc: object; said: object }[];
	expect(first).toHaveLength(3);
	expect(first[0]).toMatchObject({
		doc: { text: expect.any(String), label: expect.any(String) },
		said: { label: expect.any(String), score: expect.any(Number) },
	});
	expect(await samples()).toEqual(first);
	expect(await samples('--seed', '5')).not.toEqual(first);
	expect(await run('evaluate', 'svm', 'good.csv', '--samples', '1')).toMatch(
		/\n {2}text {8}\S.*\n {2}prediction {2}\w+ \([\d.]+%\)\n {2}truth {7}\w+\n\nAccuracy/,
	);
});

it('leaves out labels below a threshold', async () => {
	const [said] = objects(await run('predict', 'svm', '--text', 'rain', '--threshold', '1'));
	expect(said).toEqual({ text: 'rain', label: null, score: expect.any(Number) });
	file('texts.csv', 'text\nrain\n');
	await run('predict', 'svm', 'texts.csv', '--threshold', '1', '--out', 'said.csv');
	expect(readFileSync(join(cwd, 'said.csv'), 'utf8')).toMatch(/^text,label,score,warning\nrain,,0\.\d+,\n$/);
	const [found] = objects(await run('evaluate', 'svm', 'good.csv', '--threshold', '1', '--json'));
	expect(found).toMatchObject({ coverage: 0, answeredAccuracy: 0, accuracy: 0 });
});

it('predicts with several runs', async () => {
	const [said] = objects(await run('predict', 'svm', 'bayes', '--text', 'rain and wind', '--probabilities'));
	expect(said).toMatchObject({ label: 'weather', votes: ['weather', 'weather'], probabilities: { food: expect.any(Number) } });
});

it('calibrates on request, and says so', async () => {
	const args = ['--epochs', '2', '--recipe', 'trec', '--set', 'width=8', '--set', 'filters=4', '--calibrate', '--out', 'calibrated'];
	const ended = objects(await run('train', 'good.csv', ...args, '--json')).at(-1)!;
	expect(ended.calibration).toMatchObject({
		temperature: expect.any(Number),
		ece: { before: expect.any(Number), after: expect.any(Number) },
	});
	const { training } = JSON.parse(readFileSync(join(cwd, 'calibrated/config.json'), 'utf8'));
	expect(training.calibration).toEqual(ended.calibration);
	expect(JSON.parse(readFileSync(join(cwd, 'calibrated/settings.json'), 'utf8'))).toMatchObject({ calibrate: true });
});
