// What holds for every optimizer, transform and schedule: its spec makes it again, its state is named and can be gone on from, its lazy form
// is the graph's on touched rows, and wrong options are refused in one line.
import {
	adagrad,
	adam,
	adamw,
	averagedWeights,
	type Optimizer,
	type OptimizerSpec,
	reviveOptimizer,
	reviveSchedule,
	reviveTransform,
	rmsprop,
	schedules,
	sgd,
	type Transform,
	transformed,
	transforms,
} from 'textloom';
import { describe, expect, it } from 'vitest';
import { farthest, listed, runGraph, runRows, type State } from './run.js';

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
		const again = reviveOptimizer(throughJson(optimizer.spec));
		expect(again.spec).toEqual(optimizer.spec);
		expect(again.rate).toBe(optimizer.rate);
		expect(again.slots).toEqual(optimizer.slots);
		expect(new Set(again.slots).size).toBe(again.slots.length);
		const [ours, theirs] = [await runGraph(optimizer), await runGraph(again)];
		expect(theirs).toEqual(ours);
		for (const values of Object.values(ours.at(-1)!)) {
			expect(values).toBeInstanceOf(Float32Array);
			expect(values.every(Number.isFinite)).toBe(true);
		}
		if (optimizer.updateRows) expect(runRows(again)).toEqual(runRows(optimizer));
	});

	it('goes on from its state', async () => {
		const whole = await runGraph(optimizer, { count: 8 });
		expect((await runGraph(optimizer, { from: whole[4]!, done: 5, count: 3 })).at(-1)).toEqual(whole.at(-1));
	});

	if (optimizer.updateRows) {
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
				expect(reviveTransform(throughJson(spec)).spec).toEqual(spec);
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
		const decayed = (name: string) => {
			const weights = Float32Array.of(1);
			const rows = { name, table: weights, state: [], ids: Int32Array.of(0), gradient: new Float32Array(1), width: 1, rate: 1, step: 1 };
			weightDecay({ decay: 0.5 })(sgd()).updateRows!(rows);
			return weights[0] !== 1;
		};
		expect(names.filter(decayed)).toEqual([]);
		expect(others.filter(decayed)).toEqual(others);
	});

	it('average to the weights where there is no average', () => {
		const state: State = {
			a: Float32Array.of(1, 2),
			'a:lag': Float32Array.of(0.5, 0),
			'a:m': Float32Array.of(9, 9),
			b: Float32Array.of(3),
		};
		expect(averagedWeights(state)).toEqual({ a: Float32Array.of(1.5, 2), b: Float32Array.of(3) });
	});

	it('refuse a rule for no parameter when training begins', () => {
		const { check } = transformed(adam(), groups({ rules: [{ match: '^embed' }, { match: 'convs' }] }));
		expect(() => check!(['embed.weight', 'convs.0.weight'])).not.toThrow();
		expect(() => check!(['embed.weight', 'fc.weight'])).toThrow(
			'groups: expected convs to match a parameter, got none. The names are embed.weight, fc.weight.',
		);
	});
});

describe.each(Object.entries(scheduleCases))('schedule %s', (name, schedule) => {
	it('is made again by its spec, and gives the same factors', () => {
		expect(schedule.spec.schedule).toBe(name);
		const again = reviveSchedule(throughJson(schedule.spec));
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
const wrong: readonly (readonly [what: string, make: () => unknown, message: RegExp])[] = [
	[
		'a name that is none',
		() => reviveOptimizer({ optimizer: 'toString', options: {} }),
		/^reviveOptimizer: expected one of adagrad, adam, adamw, rmsprop, sgd, got toString\./,
	],
	[
		'a transform that is none',
		() => reviveTransform({ transform: 'clip', options: {} }),
		/^reviveTransform: expected one of .*, got clip\./,
	],
	['a schedule that is none', () => reviveSchedule({ schedule: 'warm', options: {} }), /^reviveSchedule: expected one of .*, got warm\./],
	[
		'an option that is none',
		() => reviveOptimizer({ optimizer: 'sgd', options: { lr: 1 } }),
		/^sgd: expected options among rate, momentum, .*, got lr\./,
	],
	[
		'an option of a transform that is none',
		() => reviveTransform({ transform: 'clipByNorm', options: { norm: 1, max: 1 } }),
		/^clipByNorm: expected options among norm, got max\./,
	],
	[
		'options left out',
		() => reviveTransform({ transform: 'clipByNorm', options: {} }),
		/^clipByNorm: expected norm in \[0, Infinity\), got undefined\./,
	],
	[
		'a rate as text',
		() => reviveOptimizer({ optimizer: 'adam', options: { rate: '1' } }),
		/^adam: expected rate in \[0, Infinity\), got 1\./,
	],
	...(['adagrad', 'adam', 'adamw', 'rmsprop', 'sgd'] as const).map(
		(name) =>
			[
				`${name}'s rate`,
				() => optimizerMakers[name]({ rate: -1 }),
				new RegExp(`^${name}: expected rate in \\[0, Infinity\\), got -1\\.`),
			] as const,
	),
	["adamw's decay", () => adamw({ weightDecay: -1 }), /^adamw: expected weightDecay in/],
	["adagrad's accumulator", () => adagrad({ accumulator: Number.NaN }), /^adagrad: expected accumulator in .*got NaN\./],
	["rmsprop's alpha", () => rmsprop({ alpha: 1 }), /^rmsprop: expected alpha in \[0, 1\), got 1\./],
	["rmsprop's centered", () => rmsprop({ centered: 1 as never }), /^rmsprop: expected centered to be true or false, got 1\./],
	[
		'nesterov without momentum',
		() => sgd({ nesterov: true }),
		/^sgd: expected momentum above 0 and dampening 0 with nesterov, got 0 and 0\./,
	],
	['nesterov with dampening', () => sgd({ momentum: 0.9, dampening: 0.1, nesterov: true }), /got 0\.9 and 0\.1\./],
	['a negative bound', () => clipByValue({ value: -1 }), /^clipByValue: expected value in \[0, Infinity\), got -1\./],
	['a norm that is none', () => clipByNorm({ norm: Number.NaN }), /^clipByNorm: expected norm/],
	['a penalty below 0', () => l1({ penalty: -1 }), /^l1: expected penalty/],
	['an expression that is none', () => l2({ penalty: 1, except: '(' }), /^l2: expected a regular expression as a string, got "\("\./],
	['a decay below 0', () => weightDecay({ decay: -1 }), /^weightDecay: expected decay/],
	['a share of 1', () => averaged({ decay: 1 }), /^averaged: expected decay in \[0, 1\), got 1\./],
	['rules that are no list', () => groups({ rules: {} as never }), /^groups: expected a list of rules, got \{\}\./],
	['a rule without a name', () => groups({ rules: [{} as never] }), /^groups: expected a regular expression as a string, got undefined\./],
	[
		'a rule with a word',
		() => groups({ rules: [{ match: 'a', lr: 1 } as never] }),
		/^groups: expected rules of match, rate, decay, frozen, got lr\./,
	],
	['a rule with a rate below 0', () => groups({ rules: [{ match: 'a', rate: -1 }] }), /^groups: expected rate/],
	[
		'a rule that is frozen by a word',
		() => groups({ rules: [{ match: 'a', frozen: 'yes' as never }] }),
		/^groups: expected frozen to be true or false, got "yes"\./,
	],
	['no schedule', () => scheduled(undefined as never), /^scheduled: expected a schedule, got undefined\./],
	['steps by halves', () => schedules.step({ every: 1.5 }), /^step: expected every to be a whole number from 1, got 1\.5\./],
	[
		'milestones by halves',
		() => schedules.multiStep({ milestones: [1, 2.5] }),
		/^multiStep: expected milestones to be a whole number from 1, got 2\.5\./,
	],
	[
		'milestones that are no list',
		() => schedules.multiStep({ milestones: 3 as never }),
		/^multiStep: expected a list of milestones, got 3\./,
	],
	['a gamma below 0', () => schedules.exponential({ gamma: -1 }), /^exponential: expected gamma/],
	['no length', () => schedules.cosine({} as never), /^cosine: expected length to be a whole number from 1, got undefined\./],
	['growth by halves', () => schedules.cosineRestarts({ length: 3, growth: 1.5 }), /^cosineRestarts: expected growth/],
	['a line without an end', () => schedules.linear({ start: 0, length: 3 } as never), /^linear: expected end/],
	['more warm-up than steps', () => schedules.warmup({ warmup: 9, length: 3 }), /^warmup: expected warmup in \[0, 4\), got 9\./],
	[
		'a decay that is none',
		() => schedules.warmup({ warmup: 1, length: 3, decay: 'exp' as never }),
		/^warmup: expected decay to be one of none, linear, cosine, got "exp"\./,
	],
	['a share above 1', () => schedules.oneCycle({ length: 9, start: 2 }), /^oneCycle: expected start/],
	[
		'a shape that is none',
		() => schedules.oneCycle({ length: 9, anneal: 'cosine' as never }),
		/^oneCycle: expected anneal to be one of cos, linear, got "cosine"\./,
	],
	[
		'a unit that is none',
		() => schedules.exponential({ gamma: 1, per: 'batch' as never }),
		/^exponential: expected per to be one of step, epoch, got "batch"\./,
	],
	['a factor of 1', () => schedules.plateau({ factor: 1 }), /^plateau: expected factor in \[0, 1\), got 1\./],
	['a mode that is none', () => schedules.plateau({ mode: 'low' as never }), /^plateau: expected mode to be one of min, max, got "low"\./],
	['a result that is not there', () => schedules.plateau().factor(moment), /^plateau: expected loss among the results, got accuracy\./],
	[
		'schedules without milestones',
		() => schedules.sequential({ schedules: [schedules.constant(), schedules.constant()], milestones: [] }),
		/^sequential: expected one schedule more than milestones, got 2 and 0\./,
	],
	[
		'milestones out of order',
		() => schedules.sequential({ schedules: [1, 2, 3].map(() => schedules.constant()), milestones: [5, 5] }),
		/^sequential: expected milestones to be a whole number from 6, got 5\./,
	],
];

describe('wrong options', () => {
	it.each(wrong)('%s: one clear line', (_, make, message) => {
		expect(make).toThrow(message);
		try {
			make();
		} catch (error) {
			expect((error as Error).message).not.toContain('\n');
			expect((error as Error).message).toMatch(/\.$/);
		}
	});
});
