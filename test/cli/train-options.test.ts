// Every setting of a training on the command line: optimizer, schedule, clipping, limits, devices; and what is refused of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunLength } from 'textloom';
import { adam, type Optimizer } from 'textloom/optim';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseOptimizer } from '../../dist/src/cli/train/optimizer.js';
import { optimizers as named, scheduleWords } from '../../dist/src/cli/train/optimizer-names.js';
import { optimizers } from '../optim/optimizers.js';
import { temporary } from '../temporary.js';
import { cli, csvOf, labelled, objects } from './run.js';

const { folder: cwd, file } = temporary();
const small = ['--set', 'width=8', '--set', 'filters=4', '--set', 'kernels=1,2', '--threads', '1'];
const args = (out: string, ...more: string[]) => ['train', 'good.csv', '--out', out, ...small, ...more];
const events = async (out: string, ...more: string[]) => {
	const { code, stdout, stderr } = await cli(args(out, '--json', ...more), { cwd });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	return objects(stdout);
};
const saved = (out: string, name: string) => JSON.parse(readFileSync(join(cwd, out, name), 'utf8'));
const optimizerOf = (out: string) => saved(out, 'config.json').training.optimizer;

beforeAll(() => {
	file('good.csv', csvOf(labelled(90)));
});

describe('the optimizer', () => {
	it('is any of those that there are', () => {
		expect([...named].sort()).toEqual(Object.keys(optimizers).sort());
	});

	it.concurrent('has options of its own, a rate, a schedule over the whole run, clipping', async () => {
		const more = ['--optimizer', 'sgd', '--optimizer-set', 'momentum=0.9', '--optimizer-set', 'nesterov=true', '--learning-rate', '0.05'];
		const all = await events(
			'sgd',
			...more,
			'--schedule',
			'one-cycle',
			'--schedule-set',
			'div=10',
			'--clip',
			'2',
			'--epochs',
			'2',
			'--batch',
			'8',
		);
		const { documents } = all.find(({ event }) => event === 'start') as { documents: number };
		const steps = 2 * Math.ceil(documents / 8);
		expect(all.findLast(({ event }) => event === 'epoch')).toMatchObject({ step: steps });
		expect(optimizerOf('sgd')).toMatchObject({
			optimizer: 'sgd',
			options: { rate: 0.05, momentum: 0.9, nesterov: true },
			transforms: [
				{ transform: 'scheduled', options: { schedule: { schedule: 'oneCycle', options: { length: steps, div: 10, per: 'step' } } } },
				{ transform: 'clipByNorm', options: { norm: 2 } },
			],
		});
		expect(saved('sgd', 'settings.json')).toEqual({
			...{ source: 'good.csv', set: ['width=8', 'filters=4', 'kernels=1,2'], epochs: 2, batchSize: 8 },
			...{ optimizer: 'sgd', optimizerSet: ['momentum=0.9', 'nesterov=true'], rate: 0.05 },
			...{ schedule: 'one-cycle', scheduleSet: ['div=10'], clip: 2 },
		});
		// The same again from its settings, and on from its checkpoint: the same optimizer.
		const like = await cli(['train', '--like', 'sgd', '--out', 'sgd', '--resume', '--json'], { cwd });
		expect(like).toMatchObject({ code: 0, stderr: '' });
		expect(objects(like.stdout)[1]).toMatchObject({ resumed: true, finished: true });
	});

	it.concurrent('of the recipe is changed where only an option is named', async () => {
		await events('beta', '--optimizer-set', 'beta1=0.8', '--epochs', '1');
		expect(optimizerOf('beta')).toEqual({ optimizer: 'adam', options: { rate: 0.001, beta1: 0.8, beta2: 0.999, epsilon: 1e-8 } });
	});

	it.concurrent('keeps what is around it: the average of the weights of the recipe for Chinese texts', async () => {
		const docs = ['\u4e0b\u96e8', '\u5403\u996d'].flatMap((text, label) =>
			Array.from({ length: 15 }, (_, i) => ({ text: `\u4eca\u5929${text}\u7b2c${i}\u6b21`, label: String(label) })),
		);
		file('chinese.csv', csvOf(docs));
		const { code } = await cli(['train', 'chinese.csv', '--out', 'averaged', '--epochs', '1', '--optimizer', 'adamw', '--clip', '1'], {
			cwd,
		});
		expect(code).toBe(0);
		const { optimizer, transforms } = optimizerOf('averaged');
		expect([optimizer, ...transforms.map(({ transform }: { transform: string }) => transform)]).toEqual([
			'adamw',
			'averaged',
			'clipByNorm',
		]);
	});

	it.each(Object.keys(scheduleWords))('follows the schedule %s', (word) => {
		const needed: Readonly<Record<string, readonly string[]>> = {
			step: ['every=5'],
			'multi-step': ['milestones=[5,9]'],
			exponential: ['gamma=0.5', 'per=epoch'],
		};
		const flags = { optimizer: undefined, optimizerSet: [], rate: undefined, clip: undefined };
		const made = chooseOptimizer(adam(), { ...flags, schedule: word as 'linear', scheduleSet: needed[word] ?? [] });
		const { spec } = (made as (run: RunLength) => Optimizer)({ epochs: 2, steps: 40, stepsPerEpoch: 20 });
		const [{ options }] = spec.transforms as unknown as [{ options: { schedule: { schedule: string; options: { length?: number } } } }];
		expect(options.schedule.schedule).toBe(scheduleWords[word as 'linear']);
		// Where nobody says it a schedule is as long as the run, one with restarts as an epoch.
		expect([undefined, word === 'cosine-restarts' ? 20 : 40]).toContain(options.schedule.options.length);
	});
});

describe('how long it goes', () => {
	it.concurrent('in steps, with validations and checkpoints between, from batches together', async () => {
		const all = await events(
			'steps',
			'--steps',
			'7',
			'--validate-every',
			'3',
			'--checkpoint-every',
			'2',
			'--accumulate',
			'2',
			'--batch',
			'4',
		);
		expect(all.filter(({ event }) => event === 'epoch').map(({ step }) => step)).toEqual([3, 6, 7]);
		expect(all.at(-1)).toMatchObject({ event: 'end', end: 'steps' });
	});

	it.concurrent('until its time is over: then it is evaluated, and can go on', async () => {
		const limited = ['--epochs', '100000', '--stop-after', '1s'];
		const all = await events('time', ...limited);
		const last = all.findLast(({ event }) => event === 'epoch')!;
		expect(all.at(-1)).toMatchObject({ event: 'end', end: 'time', documents: 9, accuracy: expect.any(Number) });
		expect(saved('time', 'settings.json')).toMatchObject({ stopAfter: '1s' });
		const { stdout } = await cli(args('time', '--resume', ...limited), { cwd });
		expect(stdout).toMatch(/^Training documents: .*\nGoing on after \d+ epochs: /);
		expect(stdout).toMatch(
			/\nStopped in epoch \d+, since its time was over \(--stop-after\); kept is epoch \d+\. For more, go on with: npx textloom train good\.csv .* --resume\n/,
		);
		const history = objects(readFileSync(join(cwd, 'time/history.jsonl'), 'utf8'));
		expect(history.at(-1)!.step).toBeGreaterThan(last.step as number);
	});

	it.concurrent('with another share held out, of each label alike', async () => {
		const [, start] = await events('held', '--validation', '0.2', '--epochs', '1');
		// One in ten of 90 is for testing.
		expect(start).toMatchObject({ documents: 65, validation: 16, classes: { food: 22, travel: 22, weather: 21 } });
	});
});

describe('the device', () => {
	it.concurrent('is the CPU, or auto where nothing else works', async () => {
		const [, start] = await events('auto', '--device', 'auto', '--epochs', '1');
		expect(start).toMatchObject({ device: expect.stringMatching(/^(cpu|webgpu|cuda|tensorrt|dml|coreml)$/) });
	});
});

const refused: readonly (readonly [what: string, code: 1 | 2, args: readonly string[], message: RegExp])[] = [
	['an unknown optimizer', 2, ['--optimizer', 'sdg'], /expected adam, adamw, .* for --optimizer, got "sdg"\. Did you mean sgd\?/],
	[
		'an unknown schedule',
		2,
		['--schedule', 'onecycle'],
		/expected constant, linear, .* for --schedule, got "onecycle"\. Did you mean one-cycle\?/,
	],
	[
		'an option that it has not',
		2,
		['--optimizer', 'sgd', '--optimizer-set', 'momentun=0.9'],
		/--optimizer-set: sgd: .* got momentun\. Did you mean momentum\?/,
	],
	[
		'an option of another kind',
		2,
		['--optimizer-set', 'beta1=2'],
		/--optimizer-set: adam: expected beta1 to be a number in \[0, 1\), got 2\./,
	],
	[
		'an option twice',
		2,
		['--optimizer-set', 'beta1=0', '--optimizer-set', 'beta1=0.5'],
		/expected --optimizer-set beta1 once, got it twice\./,
	],
	[
		'options that do not go together',
		2,
		['--optimizer', 'sgd', '--optimizer-set', 'nesterov=true'],
		/--optimizer-set: sgd: expected momentum above 0/,
	],
	['two rates', 2, ['--optimizer-set', 'rate=1', '--rate', '2'], /expected --rate or --optimizer-set rate, got both\./],
	['a rate by two names', 2, ['--learning-rate', '1', '--rate', '2'], /expected --rate once, got it twice\./],
	[
		'a schedule without what it needs',
		2,
		['--schedule', 'step'],
		/--schedule-set: step: expected every to be a whole number from 1, got nothing\./,
	],
	['options of no schedule', 2, ['--schedule-set', 'length=5'], /expected --schedule-set with --schedule, got none\./],
	['a share that is none', 2, ['--validation', '1.5'], /expected a share from 0 to 1 for --validation, got "1\.5"/],
	['a share of all', 1, ['--validation', '1'], /expected validation to be a share from 0 to below 1, got 1\./],
	['a time without a unit', 2, ['--stop-after', '20'], /expected a duration such as 90s, 20m or 1h30m for --stop-after, got "20"\./],
	['no time', 2, ['--stop-after', '0s'], /expected a duration such as 90s, 20m or 1h30m for --stop-after, got "0s"\./],
	[
		'an unknown device',
		2,
		['--device', 'gpu'],
		/expected auto or a device of this ONNX Runtime \(cpu.*\) for --device, got gpu\. Leave it out for the CPU\./,
	],
	[
		'a limit of a model that is solved',
		2,
		['--model', 'svm', '--stop-after', '5m'],
		/expected no --stop-after with svm, which is solved at once, got one\./,
	],
	[
		'an optimizer of a model that is solved',
		2,
		['--model', 'svm', '--optimizer', 'sgd'],
		/expected no --optimizer with svm, which is solved at once, got one\./,
	],
];

it.concurrent.each(refused)('refuses %s', async (_, code, given, message) => {
	const result = await cli(['train', 'good.csv', '--out', 'refused', ...given], { cwd });
	expect(result.stderr).toMatch(message);
	expect(result.stderr.trimEnd()).not.toContain('\n');
	expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
});
