// The contract of metrics, over every metric: equal to the reference, however the samples are cut into batches; and what each refuses.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensor } from 'textloom/graph';
import { accuracy, type BleuCounts, bleu, confusion, type MeasuredBatch, type Metric, spanF1 } from 'textloom/metrics';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';
import { batchOf, int32 } from './batches.js';
import { formsOf, metrics } from './metrics.js';

const rows = Object.values(metrics).flatMap((row) => Object.entries(formsOf(row)).map(([name, row]) => ({ name, ...row })));
const names = Object.entries(metrics).flatMap(([metric, row]) => Object.keys(formsOf(row)).map((name) => `${metric}: ${name}`));
const fold = (metric: Metric, batches: readonly MeasuredBatch[], from = metric.start()) =>
	batches.reduce((state, batch) => metric.add(state, batch), from);

describe('metrics over whole evaluations', () => {
	for (const [at, { metric, batches, score }] of rows.entries()) {
		it(names[at]!, () => {
			// Batches of one, of a few, of all: a mean of batch means would differ.
			for (const size of [1, 3, 7, 1000]) expect(metric.result(fold(metric, batches(size))), `${size} a batch`).toBeCloseTo(score, 10);
		});
	}
});

describe('the states of metrics', () => {
	for (const [at, { metric, batches }] of rows.entries()) {
		it(`${names[at]}: are plain data, which \`add\` leaves as they are`, () => {
			const [first, ...rest] = batches(1);
			const begun = metric.start();
			const one = fold(metric, [first!], begun);
			const copy = structuredClone(one);
			const all = metric.result(fold(metric, rest, one));
			expect(one).toEqual(copy);
			expect(begun).toEqual(metric.start());
			expect(metric.result(fold(metric, rest, copy))).toBe(all);
		});

		it(`${names[at]}: of no batch have a number`, () => expect(metric.result(metric.start())).toBe(names[at]!.startsWith('perp') ? 1 : 0));
	}
});

describe('what says a class', () => {
	const right = (outputs: MeasuredBatch['outputs'], targets: number[], shape = [targets.length]) =>
		accuracy().result(accuracy().add({ right: 0, all: 0 }, batchOf({ outputs, inputs: { targets: int32(shape, targets) } })));

	it('is the largest logit, the first of equal ones', () => {
		const logits = tensor('float32', [4, 3], [0, 5, 1, 2, 2, 1, -3, -2, -1, 0, 0, 0]);
		expect(right({ logits }, [1, 0, 2, 1])).toBe(0.75);
		expect(right({ logits: tensor('float64', [1, 2, 2], [0, 1, 1, 0]) }, [1, 0], [1, 2])).toBe(1);
	});

	it('is a logit above 0, where there is one for each target', () => {
		expect(right({ logits: tensor('float32', [3], [0.1, -2, 0]) }, [1, 0, 1])).toBeCloseTo(2 / 3);
		expect(right({ logits: tensor('float32', [2, 1], [0.1, -2]) }, [1, 0], [2, 1])).toBe(1);
	});

	it('is a class number as it is', () => {
		for (const dtype of ['int32', 'int64', 'uint8'] as const)
			expect(right({ logits: tensor(dtype, [3], [2, 0, 1]) }, [2, 0, 0])).toBeCloseTo(2 / 3);
	});

	it('is nothing of another shape, or of halves', () => {
		expect(() => right({ logits: tensor('float32', [2, 3], [1, 2, 3, 4, 5, 6]) }, [0, 1, 0])).toThrow(
			'accuracy: expected logits to have the shape of targets, or one axis more, got 2×3 and 3. Name an output and an input that belong together.',
		);
		expect(() => right({ logits: tensor('float16', [1, 2], [1, 2]) }, [0])).toThrow(
			'accuracy: expected logits to be numbers that can be compared, got float16. Cast the output to float32.',
		);
	});
});

describe('spans', () => {
	const score = (options: Partial<Parameters<typeof spanF1>[0]>, inputs: MeasuredBatch['inputs'], said: number[]) => {
		const metric = spanF1({ tags: ['O', 'B-X', 'I-X'], ...options });
		return metric.result(metric.add(metric.start(), batchOf({ outputs: { logits: int32([1, said.length], said) }, inputs })));
	};

	it('are those of the tokens that count', () => {
		const targets = int32([1, 4], [1, -100, 2, 0]);
		// The ignored token lies inside of the span, and says something else.
		expect(score({ ignore: -100 }, { targets }, [1, 0, 2, 0])).toBe(1);
		expect(score({ ignore: -100 }, { targets }, [1, 2, 0, 0])).toBe(0);
	});

	it('end with their text', () => {
		const metric = spanF1({ tags: ['O', 'B-X', 'I-X'] });
		const batch = (said: number[]) =>
			batchOf({ outputs: { logits: int32([2, 2], said) }, inputs: { targets: int32([2, 2], [0, 1, 2, 0]) } });
		expect(metric.result(metric.add(metric.start(), batch([0, 1, 2, 0])))).toBe(1);
		// One of the two is found: B-X at the end of the first text. The I-X after it is another text's.
		expect(metric.result(metric.add(metric.start(), batch([0, 1, 0, 0])))).toBeCloseTo(2 / 3);
	});

	it('need tags for their classes, and lengths for their texts', () => {
		const targets = int32([1, 2], [0, 3]);
		expect(() => score({}, { targets }, [0, 0])).toThrow('spanF1: expected classes in 0 … 2, got 3. Pass a tag for each class.');
		expect(() => score({ lengths: 'many' }, { targets }, [0, 0])).toThrow('spanF1: expected an input called many, got targets.');
		expect(() => score({ lengths: 'many' }, { targets, many: int32([2], [1, 1]) }, [0, 0])).toThrow(
			'spanF1: expected many to be of 1 texts, got 2.',
		);
		expect(() => score({}, { targets: int32([2], [0, 1]) }, [0, 0])).toThrow('spanF1: expected targets of batch×time, got 2.');
		expect(() => spanF1({ tags: ['O', 'PER'] })).toThrow('spanF1: expected tags to be an array of tags such as O, B-PER and I-PER, got [ ');
	});
});

describe('translations', () => {
	const of = (hypothesis: ArrayLike<number> | ArrayLike<bigint>, reference: ArrayLike<number>) => {
		const metric = bleu({ order: 2, translations: () => [{ hypothesis, references: [reference] }] });
		return metric.result(metric.add(metric.start(), batchOf({})));
	};

	it('may be ids of any type; ids of several digits are one token', () => {
		expect(of(Int32Array.of(1, 12, 3), [1, 12, 3])).toBeCloseTo(100);
		expect(of(BigInt64Array.of(1n, 12n, 3n), [1, 12, 3])).toBeCloseTo(100);
		expect(of([11, 2], [1, 12])).toBe(0);
	});

	it('have references', () => {
		const metric = bleu({ translations: () => [{ hypothesis: ['a'], references: [] }] });
		expect(() => metric.add(metric.start(), batchOf({}))).toThrow('bleu: expected at least one reference for each text, got none.');
	});
});

const wmt = join(process.env.TEXTLOOM_DATA ?? '', 'bleu/wmt15_100');

it.skipIf(!process.env.TEXTLOOM_DATA || !existsSync(wmt))(
	'BLEU of 100 Russian sentences is that of multi-bleu.perl (skipped without TEXTLOOM_DATA)',
	() => {
		const texts = (name: string) => readFileSync(join(wmt, name), 'utf8').trimEnd().split('\n');
		const split = (text: string) => text.trim().split(/ +/);
		const references = texts('ref.ru');
		const translations = texts('google.ru').map((text, at) => ({ hypothesis: split(text), references: [split(references[at]!)] }));
		const metric = bleu({ translations: () => translations });
		const state = metric.add(metric.start(), batchOf({})) as BleuCounts;
		expect([state.hypothesis, state.reference]).toEqual([1989, 1852]);
		expect(state.matches.map((count, n) => ((100 * count) / state.totals[n]!).toFixed(1))).toEqual(['53.8', '29.6', '17.6', '10.3']);
		expect(metric.result(state)).toBeCloseTo(23.17, 2);
	},
);

describe('metrics refuse', () => testRefusals(metrics));

it.each<[predictions: number[], targets: number[], classes: number, says: string]>([
	[[2], [0], 2, 'confusion: expected a prediction from 0 to 1, got 2 at place 0. Pass the number of all classes.'],
	[[0, 1], [0, -1], 2, 'confusion: expected a target from 0 to 1, got -1 at place 1. Pass the number of all classes.'],
	[[0.5], [0], 2, 'confusion: expected a prediction from 0 to 1, got 0.5 at place 0. Pass the number of all classes.'],
	[[0], [0, 1], 2, 'confusion: expected a prediction from 0 to 1, got undefined at place 1. Pass the number of all classes.'],
	[[0, 1], [0], 2, 'confusion: expected a target from 0 to 1, got undefined at place 1. Pass the number of all classes.'],
])('confusion refuses what is no class: %j, %j, %i classes', (predictions, targets, classes, says) => {
	expect(() => confusion(predictions, targets, classes)).toThrow(new RangeError(says));
});

it('confusion counts [target][prediction]', () => {
	expect(confusion([0, 1, 1, 2], [0, 1, 2, 2], 3)).toEqual([
		[1, 0, 0],
		[0, 1, 0],
		[0, 1, 1],
	]);
});
