// What holds for every optimizer, transform and schedule: its spec makes it again, its state is named and can be gone on from, its lazy form
// is the graph's on touched rows, and wrong options are refused in one line.
import { createSession, emit, input, ops, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import {
	adagrad,
	adam,
	adamw,
	averagedWeights,
	averageSlot,
	createOptimizer,
	type Optimizer,
	type OptimizerSpec,
	partsOf,
	rmsprop,
	schedules,
	sgd,
	type Transform,
	transformed,
	transforms,
	withRate,
} from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';
import { optimizers } from './optimizers.js';
import { farthest, listed, optimizerOf, runGraph, runRows, scheduleOf, transformOf } from './run.js';
import { scheduleRows } from './schedules.js';
import { transformRows } from './transforms.js';

const { averaged, clipByNorm, clipByValue, groups, l1, l2, scheduled, weightDecay } = transforms;

const nameOf = ({ optimizer, options, transforms = [] }: OptimizerSpec) =>
	[
		...transforms.map(({ transform, options }) => `${transform} ${JSON.stringify(options)}`),
		`${optimizer} ${JSON.stringify(options)}`,
	].join(', ');
const throughJson = <T>(spec: T): T => JSON.parse(JSON.stringify(spec));
const table = 'embed.weight';

const all: readonly Optimizer[] = [
	...Object.values(optimizers).flatMap(({ examples }) => examples),
	...Object.values(transformRows).flatMap(({ examples }) =>
		examples.flatMap((transform) => [transform(adam({ rate: 0.01 })), transform(sgd({ rate: 0.1 }))]),
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
		for (const [name, { examples }] of Object.entries(transformRows)) {
			for (const { spec } of examples) {
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

	it('of a group without decay leave out every penalty, those of the optimizer too, and what was exempt stays so', async () => {
		const apart = groups({ rules: [{ match: 'embed|linear', decay: false }] });
		const pairs: readonly (readonly [penalized: Optimizer, plain: Optimizer])[] = [
			[sgd({ rate: 0.1, weightDecay: 0.5 }), sgd({ rate: 0.1 })],
			[l1({ penalty: 0.5, except: null })(sgd({ rate: 0.1 })), sgd({ rate: 0.1 })],
			[l2({ penalty: 0.5, except: null })(adagrad({ rate: 0.1 })), adagrad({ rate: 0.1 })],
			[rmsprop({ rate: 0.1, weightDecay: 0.5 }), rmsprop({ rate: 0.1 })],
			[adamw({ rate: 0.1, weightDecay: 0.5 }), adam({ rate: 0.1 })],
		];
		for (const [penalized, plain] of pairs) {
			const [ours, theirs, all] = [await runGraph(apart(penalized)), await runGraph(plain), await runGraph(penalized)];
			for (const name of [table, 'linear.weight', 'linear.bias']) expect(ours.at(-1)![name]).toEqual(theirs.at(-1)![name]);
			expect(ours.at(-1)!['norm.weight']).toEqual(all.at(-1)!['norm.weight']);
			expect(ours.at(-1)!['norm.weight']).not.toEqual(theirs.at(-1)!['norm.weight']);
			if (plain.updateRows) expect(runRows(apart(penalized))).toEqual(runRows(plain));
		}
		// A group that says nothing of it leaves exempt what the update says is.
		const rest = groups({ rules: [{ match: 'embed', rate: 1 }] })(sgd({ weightDecay: 0.5 }));
		const [parameter, gradient] = [input('p', 'float32', [2]), input('g', 'float32', [2])];
		const clock = { rate: input('rate', 'float32', []), step: input('step', 'int32', []) };
		const nodesOf = (exempt: boolean) => {
			const [next] = rest.update([{ names: ['fc'], parameter, gradient, state: [], clock, exempt }]);
			return emit({ inputs: { parameter, gradient, ...clock }, outputs: { next: next!.parameter } }).graph.nodes.length;
		};
		expect(nodesOf(true)).toBeLessThan(nodesOf(false));
		const row = { names: ['fc'], rate: 1, step: 1 };
		expect(rest.updateRows!({ ...row, exempt: true })).toEqual([{ do: 'sgd', rate: 1 }]);
		expect(rest.updateRows!(row)).toEqual([
			{ do: 'penalty', l1: 0, l2: 0.5 },
			{ do: 'sgd', rate: 1 },
		]);
	});

	it('ask the optimizer inside what it freezes and refuses, too', () => {
		const refused: unknown[] = [];
		const own: Optimizer = { ...sgd(), freezes: (names) => names.includes('own'), check: (all) => void refused.push(all) };
		const both = transformed(own, groups({ rules: [{ match: '^ours$', frozen: true }] }), clipByNorm({ norm: 1 }));
		expect(['own', 'ours', 'other'].map((name) => both.freezes!([name]))).toEqual([true, true, false]);
		both.check!([['own'], ['ours']]);
		expect(refused).toEqual([[['own'], ['ours']]]);
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

it('rmsprop, centered, stays finite where rounding makes the spread of gradients negative', async () => {
	const [parameter, gradient, square, mean] = ['parameter', 'gradient', 'square', 'mean'].map((name) => input(name, 'float32', [1]));
	const clock = { rate: input('rate', 'float32', []), step: input('step', 'int32', []) };
	const update = { names: ['w'], parameter: parameter!, gradient: gradient!, state: [square!, mean!], clock };
	const [next] = rmsprop({ centered: true, epsilon: 0.1 }).update([update]);
	const inputs = { parameter: parameter!, gradient: gradient!, square: square!, mean: mean!, rate: clock.rate };
	const session = await createSession(writeOnnx(emit({ inputs, outputs: { next: next!.parameter } })), { threads: 1 });
	const one = (value: number) => tensor('float32', [1], [value]);
	// The mean of squares is less than the square of the mean by what float32 cannot tell.
	const feeds = { parameter: one(0), gradient: one(1), square: one(1), mean: one(1.000001), rate: tensor('float32', [], [0.5]) };
	const results = await session.run(feeds);
	await session.release();
	// g/(√0 + ε) times the rate.
	expect(results.next!.data[0]).toBeCloseTo(-5, 5);
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

	it('has slots of different names', () => {
		const twice = { spec: { optimizer: 'own', options: {} }, rate: 1, slots: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] };
		expect(() => createOptimizer({ ...twice, update: ({ parameter, state }) => ({ parameter, state }) })).toThrow(
			new TypeError('createOptimizer: expected slots of different names, got a twice in own. Rename one.'),
		);
	});

	it('takes another rate beside its schedule', () => {
		const optimizer = scheduled(schedules.constant({ factor: 0.5 }))(signs(0.1));
		expect(withRate(optimizer, 0.3).rateAt({ step: 0, epoch: 0, results: [] })).toBeCloseTo(0.15, 12);
		expect(withRate(optimizer, 0.3).spec).toEqual({ ...optimizer.spec, options: { rate: 0.3 } });
		expect(() => withRate(signs(0), 0.3)).toThrow('withRate: expected an optimizer with a rate above 0, got 0. Make it with another rate.');
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

const scheduleExamples = Object.entries(scheduleRows).flatMap(([name, { examples }]) =>
	examples.map((schedule) => [name, schedule] as const),
);

describe.each(scheduleExamples)('schedule %s', (name, schedule) => {
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

it('an optimizer is what its parts make again, and a changed copy is its own base', () => {
	const base = adamw();
	const [clip, schedule] = [transforms.clipByNorm({ norm: 1 }), transforms.scheduled(schedules.cosine({ length: 9 }))];
	const whole = transformed(base, clip, schedule);
	expect(partsOf(whole)).toEqual({ base, transforms: [clip, schedule] });
	expect(transformed(base, ...partsOf(whole).transforms).spec).toEqual(whole.spec);
	expect(partsOf(base)).toEqual({ base, transforms: [] });
	const faster = withRate(whole, 0.5);
	expect(partsOf(faster)).toEqual({ base: faster, transforms: [] });
});

describe('wrong options', () => testRefusals({ ...optimizers, ...transformRows, ...scheduleRows }));
