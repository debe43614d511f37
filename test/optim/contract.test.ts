// What holds for every optimizer, transform and schedule: its spec makes it again, its state is named and can be gone on from, its lazy form
// is the graph's on touched rows, and wrong options are refused in one line.
import { input, ops, type Tensor, tensor } from 'textloom/graph';
import {
	adagrad,
	adam,
	adamw,
	averagedWeights,
	averageSlot,
	createOptimizer,
	type Optimizer,
	type OptimizerSpec,
	rmsprop,
	schedules,
	sgd,
	type Transform,
	transformed,
	transforms,
	withRate,
} from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { farthest, listed, optimizerOf, runGraph, runRows, scheduleOf, transformOf } from './run.js';

const optimizerMakers = { adagrad, adam, adamw, rmsprop, sgd };
const { averaged, clipByNorm, clipByValue, groups, l1, l2, scheduled, weightDecay } = transforms;

const optimizers: Readonly<Record<keyof typeof optimizerMakers, readonly Optimizer[]>> = {
	adagrad: [adagrad(), adagrad({ rate: 0.1, rateDecay: 0.2, weightDecay: 0.1, accumulator: 0.3, epsilon: 1e-6 })],
	adam: [adam(), adam({ rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-6 })],
	adamw: [adamw(), adamw({ rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.3 })],
	rmsprop: [rmsprop(), rmsprop({ alpha: 0.9, epsilon: 1e-3, weightDecay: 0.1, momentum: 0.5, centered: true })],
	sgd: [sgd(), sgd({ rate: 0.1, weightDecay: 0.1 }), sgd({ momentum: 0.9, nesterov: true }), sgd({ momentum: 0.9, dampening: 0.5 })],
};

const transformCases: Readonly<Record<keyof typeof transforms, readonly Transform[]>> = {
	averaged: [averaged(), averaged({ decay: 0.5 })],
	clipByNorm: [clipByNorm({ norm: 1 })],
	clipByValue: [clipByValue({ value: 0.2 })],
	groups: [groups({ rules: [{ match: 'embed', rate: 0.5, decay: false }] }), groups({ rules: [{ match: '^embed', frozen: true }] })],
	l1: [l1({ penalty: 0.1 }), l1({ penalty: 0.1, except: 'embed' })],
	l2: [l2({ penalty: 0.1 }), l2({ penalty: 0.1, except: null })],
	scheduled: [scheduled(schedules.step({ every: 5 })), scheduled(schedules.plateau({ patience: 2 }))],
	weightDecay: [weightDecay({ decay: 0.1 }), weightDecay({ decay: 0.1, except: null })],
};

const scheduleCases: Readonly<Record<keyof typeof schedules, schedules.Schedule>> = {
	constant: schedules.constant({ factor: 0.5 }),
	cosine: schedules.cosine({ length: 9, least: 0.1, per: 'epoch' }),
	cosineRestarts: schedules.cosineRestarts({ length: 4, growth: 2 }),
	exponential: schedules.exponential({ gamma: 0.9 }),
	linear: schedules.linear({ start: 0.1, end: 1, length: 6 }),
	multiStep: schedules.multiStep({ milestones: [3, 5], per: 'epoch' }),
	oneCycle: schedules.oneCycle({ length: 11 }),
	plateau: schedules.plateau({ patience: 1, watch: 'accuracy', mode: 'max' }),
	sequential: schedules.sequential({
		schedules: [schedules.constant({ factor: 0.1 }), schedules.cosine({ length: 5, per: 'epoch' })],
		milestones: [3],
		per: 'epoch',
	}),
	step: schedules.step({ every: 3, gamma: 0.5 }),
	warmup: schedules.warmup({ warmup: 3, length: 10 }),
};

const nameOf = ({ optimizer, options, transforms = [] }: OptimizerSpec) =>
	[
		...transforms.map(({ transform, options }) => `${transform} ${JSON.stringify(options)}`),
		`${optimizer} ${JSON.stringify(options)}`,
	].join(', ');
const throughJson = <T>(spec: T): T => JSON.parse(JSON.stringify(spec));
const table = 'embed.weight';

const all: readonly Optimizer[] = [
	...Object.values(optimizers).flat(),
	...Object.values(transformCases).flatMap((cases) =>
		cases.flatMap((transform) => [transform(adam({ rate: 0.01 })), transform(sgd({ rate: 0.1 }))]),
	),
	transformed(
		adamw({ rate: 0.01 }),
		groups({
			rules: [
				{ match: 'bias$', decay: false },
				{ match: 'norm', frozen: true },
			],
		}),
		averaged({ decay: 0.9 }),
		scheduled(schedules.oneCycle({ length: 20 })),
		l1({ penalty: 0.01 }),
		clipByValue({ value: 5 }),
		clipByNorm({ norm: 2 }),
	),
];

describe.each(all.map((optimizer) => [nameOf(optimizer.spec), optimizer] as const))('%s', (_, optimizer) => {
	it('is made again by its spec, slots named, and gives the same bits', async () => {
		const again = optimizerOf(throughJson(optimizer.spec));
		expect(again.spec).toEqual(optimizer.spec);
		expect(again.rate).toBe(optimizer.rate);
		expect(again.slots).toEqual(optimizer.slots);
		expect(new Set(again.slots.map(({ name }) => name)).size).toBe(again.slots.length);
		const [ours, theirs] = [await runGraph(optimizer), await runGraph(again)];
		expect(theirs).toEqual(ours);
		for (const values of Object.values(ours.at(-1)!)) {
			expect(values).toBeInstanceOf(Float32Array);
			expect(values.every(Number.isFinite)).toBe(true);
		}
		if (optimizer.updateRows && !optimizer.freezes?.([table])) expect(runRows(again)).toEqual(runRows(optimizer));
	});

	it('goes on from its state', async () => {
		const whole = await runGraph(optimizer, { count: 8 });
		expect((await runGraph(optimizer, { from: whole[4]!, done: 5, count: 3 })).at(-1)).toEqual(whole.at(-1));
	});

	if (optimizer.updateRows && !optimizer.freezes?.([table])) {
		it('updates rows as the graph does where all are touched', async () => {
			const [rows, graph] = [runRows(optimizer, { all: true }), await runGraph(optimizer, { only: [table] })];
			for (const [step, state] of graph.entries()) {
				expect(Object.keys(rows[step]!)).toEqual(Object.keys(state));
				for (const [name, values] of Object.entries(state)) {
					const scale = Math.max(1, ...values.map(Math.abs));
					expect(farthest(rows[step]![name]!, values) / scale, `${name} at ${step + 1}`).toBeLessThan(1e-5);
				}
			}
		});

		it('leaves rows alone that are not touched, weights and state', () => {
			const states = runRows(optimizer);
			for (const [place, state] of states.entries()) {
				if (place === 0) continue;
				for (const [name, values] of Object.entries(state)) {
					for (let row = 0; row < 6; row++) {
						if ((row + place + 1) % 3 !== 0) continue;
						expect(values.slice(2 * row, 2 * row + 2), name).toEqual(states[place - 1]![name]!.slice(2 * row, 2 * row + 2));
					}
				}
			}
		});
	}
});

describe('transforms', () => {
	it('revive, whatever they transform', () => {
		for (const [name, cases] of Object.entries(transformCases)) {
			for (const { spec } of cases) {
				expect(spec.transform).toBe(name);
				expect(transformOf(throughJson(spec)).spec).toEqual(spec);
			}
		}
	});

	it('pass gradients in the order given', async () => {
		const [clip, penalty] = [clipByValue({ value: 0.1 }), l2({ penalty: 0.5, except: null })];
		const last = async (...order: Transform[]) => listed((await runGraph(transformed(sgd({ rate: 0.1 }), ...order))).at(-1)!);
		expect(await last(clip, penalty)).not.toEqual(await last(penalty, clip));
		// Clipping last leaves no step longer than rate · value: 20 steps of at most 0.15 · 0.1.
		const first = listed((await runGraph(sgd({ rate: 0 }), { count: 1 }))[0]!);
		expect(farthest(await last(penalty, clip), first)).toBeLessThanOrEqual(0.3);
		expect(farthest(await last(clip, penalty), first)).toBeGreaterThan(0.3);
	});

	it('stand in their order: groups, averaged, the others', () => {
		const [rules, average, clip] = [groups({ rules: [] }), averaged(), clipByNorm({ norm: 1 })];
		expect(() => transformed(adam(), rules, average, clip, l1({ penalty: 1 }), clip)).not.toThrow();
		expect(() => transformed(adam(), scheduled(schedules.constant()), rules, scheduled(schedules.constant()), clip)).not.toThrow();
		for (const wrong of [
			[clip, rules],
			[average, rules],
			[clip, average],
			[rules, rules],
			[average, average],
			[clip, scheduled(schedules.constant()), rules],
		])
			expect(() => transformed(adam(), ...wrong)).toThrow(
				/^transformed: expected groups first, then averaged, each once, got \w+ before \w+\. /,
			);
	});

	it('multiply schedules', () => {
		const both = transformed(
			adam({ rate: 2 }),
			scheduled(schedules.constant({ factor: 0.5 })),
			scheduled(schedules.step({ every: 1, gamma: 0.5 })),
		);
		expect(both.rateAt({ step: 2, epoch: 0, results: [] })).toBe(0.25);
		expect(both.rate).toBe(2);
	});

	it('leave biases and norms out of decay, by the names of PyTorch and Hugging Face', async () => {
		const names = [
			'fc.bias',
			'rnn.bias_ih_l0',
			'attn.in_proj_bias',
			'norm1.weight',
			'encoder.LayerNorm.weight',
			'bn1.weight',
			'h.0.ln_1.weight',
		];
		const others = ['fc.weight', 'embed.weight', 'rnn.weight_hh_l0', 'unbiased.weight', 'lnet.0.conv.weight'];
		const decayed = (name: string) =>
			weightDecay({ decay: 0.5 })(sgd()).updateRows!({ names: [name], rate: 1, step: 1 }).some((operation) => operation.do === 'decay');
		expect(names.filter(decayed)).toEqual([]);
		expect(others.filter(decayed)).toEqual(others);
	});

	it('average to the weights where there is no average', () => {
		const vector = (...numbers: number[]): Tensor => tensor('float32', [numbers.length], numbers);
		const state = {
			weights: { a: vector(1, 2), b: vector(3) },
			slots: { [averageSlot]: { a: vector(0.5, 0) }, exp_avg: { a: vector(9, 9) } },
		};
		expect(averagedWeights(state)).toEqual({ a: vector(1.5, 2), b: vector(3) });
	});

	it('refuse a rule for no parameter when training begins', () => {
		const { check } = transformed(adam(), groups({ rules: [{ match: '^embed' }, { match: 'convs' }] }));
		expect(() => check!([['embed.weight'], ['convs.0.weight']])).not.toThrow();
		expect(() => check!([['embed.weight'], ['fc.weight']])).toThrow(
			'groups: expected convs to match a parameter, got none. The names are embed.weight, fc.weight.',
		);
	});
});

describe('an optimizer of one’s own', () => {
	const signs = (rate: number) =>
		createOptimizer({
			spec: { optimizer: 'signs', options: { rate } },
			rate,
			slots: [{ name: 'count' }],
			update: ({ parameter, gradient, state, clock }) => ({
				parameter: ops.sub(parameter, ops.mul(ops.sign(gradient), clock.rate)),
				state: [ops.add(state[0]!, 1)],
			}),
		});
	const vector = (name: string) => input(name, 'float32', [2]);
	const clock = { rate: input('rate', 'float32', []), step: input('step', 'int32', []) };
	const update = { names: ['w'], parameter: vector('w'), gradient: vector('g'), state: [vector('s')], clock };

	it('takes transforms, another rate and groups as those of the library', async () => {
		const optimizer = transformed(signs(0.1), groups({ rules: [{ match: 'bias', frozen: true }] }), clipByNorm({ norm: 1 }));
		expect(optimizer.spec.transforms!.map(({ transform }) => transform)).toEqual(['groups', 'clipByNorm']);
		expect((await runGraph(optimizer, { count: 3 })).at(-1)![`${table}:count`]!.every((count) => count === 3)).toBe(true);
		expect(withRate(optimizer, 0.3).rateAt({ step: 0, epoch: 0, results: [] })).toBe(0.3);
	});

	it.each([
		[
			'no state',
			{ ...update, state: undefined },
			/^signs: expected 1 tensors of state for w \(count\), got nothing\. Pass one for each of its slots\.$/,
		],
		['too much state', { ...update, state: [vector('s'), vector('t')] }, /^signs: expected 1 tensors of state for w \(count\), got 2\./],
		['state of another shape', { ...update, state: [input('s', 'float32', [3])] }, /^signs: expected count of w to be float32 2, got /],
		['no gradient', { ...update, gradient: undefined }, /^signs: expected gradient of w to be a value of a graph, got nothing\./],
	])('refuses %s in one line', (_, given, message) => {
		expect(() => signs(1).update([given as never])).toThrow(message);
	});

	it('that gives something else is named', () => {
		const wrong = createOptimizer({
			spec: { optimizer: 'wrong', options: {} },
			rate: 1,
			update: ({ parameter }) => ({ parameter }) as never,
		});
		expect(() => wrong.update([{ ...update, state: [] }])).not.toThrow();
		const none = createOptimizer({ spec: { optimizer: 'none', options: {} }, rate: 1, update: () => undefined as never });
		expect(() => none.update([{ ...update, state: [] }])).toThrow(
			/^none: expected its update of w to give the parameter and 0 tensors of state/,
		);
	});

	it('a schedule is a function, and what it gives is checked', () => {
		const of = (factor: (input: { step: number }) => number) => scheduled(factor)(sgd({ rate: 2 }));
		expect(of(({ step }) => 1 / (1 + step)).rateAt({ step: 3, epoch: 0, results: [] })).toBe(0.5);
		expect(of(() => 1).spec.transforms).toEqual([{ transform: 'scheduled', options: { schedule: { schedule: 'own' } } }]);
		expect(() => of(() => Number.NaN).rateAt({ step: 3, epoch: 0, results: [] })).toThrow(
			/^scheduled: expected the schedule own to give a number in \[0, Infinity\), got NaN after 3 steps\./,
		);
	});
});

describe.each(Object.entries(scheduleCases))('schedule %s', (name, schedule) => {
	it('is made again by its spec, and gives the same factors', () => {
		expect(schedule.spec.schedule).toBe(name);
		const again = scheduleOf(throughJson(schedule.spec));
		expect(again.spec).toEqual(schedule.spec);
		const results: Record<string, number>[] = [];
		for (let step = 0; step < 30; step++) {
			const moment = { step, epoch: Math.floor(step / 3), results: results.slice() };
			const factor = schedule.factor(moment);
			expect(factor).toBeGreaterThanOrEqual(0);
			expect(factor).toBeLessThanOrEqual(1);
			expect(again.factor(moment)).toBe(factor);
			results.push({ accuracy: Math.sin(step), loss: 1 });
		}
	});
});

it('counts epochs where it is told to', () => {
	const schedule = schedules.step({ every: 2, gamma: 0.5, per: 'epoch' });
	expect([0, 1, 2, 3, 4].map((epoch) => schedule.factor({ step: 100 * epoch, epoch, results: [] }))).toEqual([1, 1, 0.5, 0.5, 0.25]);
});

const moment = { step: 0, epoch: 0, results: [{ accuracy: 1 }] };
const text = (value: unknown) => value as never;
const wrong: readonly (readonly [what: string, make: () => unknown, message: RegExp])[] = [
	['an option that is none', () => sgd({ lr: 1 } as never), /^sgd: expected an option that it has, got lr\. /],
	['a misspelled option', () => adam({ epsilo: 1 } as never), /^adam: expected an option that it has, got epsilo\. Did you mean epsilon\?/],
	['a rate as text', () => adam({ rate: text('1') }), /^adam: expected rate to be a number in \[0, Infinity\), got '1'\./],
	[
		'options left out',
		() => clipByNorm({} as never),
		/^clipByNorm: expected norm to be a number in \[0, Infinity\), got nothing\. Pass it\./,
	],
	...(['adagrad', 'adam', 'adamw', 'rmsprop', 'sgd'] as const).map(
		(name) =>
			[
				`${name}'s rate`,
				() => optimizerMakers[name]({ rate: -1 }),
				new RegExp(`^${name}: expected rate to be a number in \\[0, Infinity\\), got -1\\.`),
			] as const,
	),
	["adamw's decay", () => adamw({ weightDecay: -1 }), /^adamw: expected weightDecay to be a number in/],
	["adagrad's accumulator", () => adagrad({ accumulator: Number.NaN }), /^adagrad: expected accumulator to be a number in .*got NaN\./],
	["rmsprop's alpha", () => rmsprop({ alpha: 1 }), /^rmsprop: expected alpha to be a number in \[0, 1\), got 1\./],
	["rmsprop's centered", () => rmsprop({ centered: 1 as never }), /^rmsprop: expected centered to be true or false, got 1\./],
	[
		'nesterov without momentum',
		() => sgd({ nesterov: true }),
		/^sgd: expected momentum above 0 and dampening 0 with nesterov, got 0 and 0\./,
	],
	['nesterov with dampening', () => sgd({ momentum: 0.9, dampening: 0.1, nesterov: true }), /got 0\.9 and 0\.1\./],
	['a negative bound', () => clipByValue({ value: -1 }), /^clipByValue: expected value to be a number in \[0, Infinity\), got -1\./],
	['a norm that is none', () => clipByNorm({ norm: Number.NaN }), /^clipByNorm: expected norm to be/],
	['a penalty below 0', () => l1({ penalty: -1 }), /^l1: expected penalty to be/],
	[
		'an expression that is none',
		() => l2({ penalty: 1, except: '(' }),
		/^l2: expected except to be a regular expression as a string or null, got '\('\./,
	],
	['a decay below 0', () => weightDecay({ decay: -1 }), /^weightDecay: expected decay to be/],
	['a share of 1', () => averaged({ decay: 1 }), /^averaged: expected decay to be a number in \[0, 1\), got 1\./],
	['rules that are no list', () => groups({ rules: {} as never }), /^groups: expected rules to be an array of rules, got \{\}\./],
	[
		'a rule without a name',
		() => groups({ rules: [{} as never] }),
		/^groups: expected match to be a regular expression as a string, got nothing\./,
	],
	[
		'a rule with a word',
		() => groups({ rules: [{ match: 'a', lr: 1 } as never] }),
		/^groups: expected an option that it has, got lr\. It has match, rate, decay, frozen\./,
	],
	['a rule with a rate below 0', () => groups({ rules: [{ match: 'a', rate: -1 }] }), /^groups: expected rate/],
	[
		'a rule that is frozen by a word',
		() => groups({ rules: [{ match: 'a', frozen: 'yes' as never }] }),
		/^groups: expected frozen to be true or false, got 'yes'\./,
	],
	['no schedule', () => scheduled(undefined as never), /^scheduled: expected a schedule, got undefined\./],
	['steps by halves', () => schedules.step({ every: 1.5 }), /^step: expected every to be a whole number from 1, got 1\.5\./],
	[
		'milestones by halves',
		() => schedules.multiStep({ milestones: [1, 2.5] }),
		/^multiStep: expected milestones to be an array, each item a whole number from 1, got \[ 1, 2\.5 \]\./,
	],
	[
		'milestones that are no list',
		() => schedules.multiStep({ milestones: 3 as never }),
		/^multiStep: expected milestones to be an array, each item a whole number from 1, got 3\./,
	],
	['a gamma below 0', () => schedules.exponential({ gamma: -1 }), /^exponential: expected gamma/],
	['no length', () => schedules.cosine({} as never), /^cosine: expected length to be a whole number from 1, got nothing\. Pass it\./],
	['growth by halves', () => schedules.cosineRestarts({ length: 3, growth: 1.5 }), /^cosineRestarts: expected growth/],
	['a line without an end', () => schedules.linear({ start: 0, length: 3 } as never), /^linear: expected end/],
	[
		'more warm-up than steps',
		() => schedules.warmup({ warmup: 9, length: 3 }),
		/^warmup: expected warmup to be at most length, 3, got 9\./,
	],
	[
		'a decay that is none',
		() => schedules.warmup({ warmup: 1, length: 3, decay: 'exp' as never }),
		/^warmup: expected decay to be one of 'none', 'linear', 'cosine', got 'exp'\./,
	],
	['a share above 1', () => schedules.oneCycle({ length: 9, start: 2 }), /^oneCycle: expected start/],
	[
		'a shape that is none',
		() => schedules.oneCycle({ length: 9, anneal: 'cosine' as never }),
		/^oneCycle: expected anneal to be one of 'cos', 'linear', got 'cosine'\./,
	],
	[
		'a unit that is none',
		() => schedules.exponential({ gamma: 1, per: 'batch' as never }),
		/^exponential: expected per to be one of 'step', 'epoch', got 'batch'\./,
	],
	['a factor of 1', () => schedules.plateau({ factor: 1 }), /^plateau: expected factor to be a number in \[0, 1\), got 1\./],
	[
		'a mode that is none',
		() => schedules.plateau({ mode: 'low' as never }),
		/^plateau: expected mode to be one of 'min', 'max', got 'low'\./,
	],
	['a result that is not there', () => schedules.plateau().factor(moment), /^plateau: expected loss among the results, got accuracy\./],
	[
		'schedules without milestones',
		() => schedules.sequential({ schedules: [schedules.constant(), schedules.constant()], milestones: [] }),
		/^sequential: expected one schedule more than milestones, got 2 and 0\./,
	],
	[
		'milestones out of order',
		() => schedules.sequential({ schedules: [1, 2, 3].map(() => schedules.constant()), milestones: [5, 5] }),
		/^sequential: expected milestones to be an array of rising whole numbers from 1, got \[ 5, 5 \]\./,
	],
];

describe('wrong options', () => {
	it.each(wrong)('%s: one clear line', (_, make, message) => {
		expect(make).toThrow(message);
		try {
			make();
		} catch (error) {
			expect((error as Error).message).not.toContain('\n');
			expect((error as Error).message).toMatch(/[.?]$/);
		}
	});
});
