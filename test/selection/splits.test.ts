// Splits and folds: equal to scikit-learn where nothing is drawn, of its sizes where something is; what is refused.
import fc from 'fast-check';
import { collect, documents } from 'textloom';
import { type Fold, groupKFold, kFold, pick, split, stratifiedKFold, trainTestSplit } from 'textloom/selection';
import { documentsFrom } from 'textloom/stream';
import { splitSamples } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { golden } from './golden.js';

const tests = (folds: readonly Fold[]) => folds.map(({ test }) => [...test]);
const countsOf = (rows: Iterable<number>) => {
	const counts = new Map<string, number>();
	for (const row of rows) counts.set(golden.labels[row]!, (counts.get(golden.labels[row]!) ?? 0) + 1);
	return Object.fromEntries(counts);
};
const range = (count: number) => Array.from({ length: count }, (_, row) => row);

/** Each row is held out once, and learned from in all other folds. */
function expectFolds(folds: readonly Fold[], count: number) {
	expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(range(count));
	for (const { train, test } of folds) {
		expect(train).toBeInstanceOf(Uint32Array);
		expect([train, test].map((rows) => [...rows])).toEqual([train, test].map((rows) => [...rows].sort((a, b) => a - b)));
		expect([...train, ...test].sort((a, b) => a - b)).toEqual(range(count));
	}
}

describe('folds by the order of rows are those of scikit-learn', () => {
	it.each(golden.k_fold)('kFold: $count rows, $folds folds', ({ count, folds, tests: theirs }) => {
		expect(tests(kFold(count, { folds, shuffle: false }))).toEqual(theirs);
	});
	it.each(golden.stratified)('stratifiedKFold: $folds folds', ({ folds, tests: theirs }) => {
		expect(tests(stratifiedKFold(golden.labels, { folds, shuffle: false }))).toEqual(theirs);
	});
	it.each(golden.grouped)('groupKFold: $folds folds', ({ folds, tests: theirs }) => {
		const made = groupKFold(golden.groups, { folds });
		expect(tests(made)).toEqual(theirs);
		expectFolds(made, golden.groups.length);
		for (const { train, test } of made) {
			const learned = new Set(Array.from(train, (row) => golden.groups[row]));
			expect([...test].filter((row) => learned.has(golden.groups[row]))).toEqual([]);
		}
	});
});

describe('folds at random', () => {
	it.each(golden.shuffled)('hold out as many of each class as scikit-learn: $folds folds', ({ folds, counts }) => {
		const made = stratifiedKFold(golden.labels, { folds, seed: 7 });
		expectFolds(made, golden.labels.length);
		expect(made.map(({ test }) => countsOf(test))).toEqual(counts);
	});

	it('follow from the seed', () => {
		for (const make of [
			(seed?: number) => tests(kFold(60, { folds: 3, ...(seed !== undefined && { seed }) })),
			(seed?: number) => tests(stratifiedKFold(golden.labels, { folds: 3, ...(seed !== undefined && { seed }) })),
		]) {
			expect(make(1)).toEqual(make(1));
			expect(make(1)).not.toEqual(make(2));
			expect(make()).toEqual(make(0));
		}
	});

	it('hold each row out once, sizes and classes to within one', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 2, max: 6 }),
				fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 0, maxLength: 60 }),
				(folds, some) => {
					// Enough of each class.
					const labels = [...some, ...range(4).flatMap((label) => new Array<number>(folds).fill(label))];
					const made = stratifiedKFold(labels, { folds, seed: some.length });
					expectFolds(made, labels.length);
					for (const label of range(4)) {
						const held = made.map(({ test }) => [...test].filter((row) => labels[row] === label).length);
						expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
					}
					const sizes = made.map(({ test }) => test.length);
					expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
					expectFolds(kFold(labels.length, { folds, seed: some.length }), labels.length);
				},
			),
		);
	});

	it('tell classes apart that have odd names or are of other types', () => {
		const labels = ['constructor', '__proto__', '', '1', 1, true, 'true'].flatMap((label) => [label, label]);
		const folds = stratifiedKFold(labels, { folds: 2 });
		for (const { test } of folds) expect(new Set(Array.from(test, (row) => labels[row])).size).toBe(7);
	});
});

describe('divisions', () => {
	it.each(golden.sizes)('trainTestSplit: $test of $count', ({ count, test, held }) => {
		const made = trainTestSplit(count, { test });
		expect(made.test.length).toBe(held);
		expect([...made.train, ...made.test].sort((a, b) => a - b)).toEqual(range(count));
	});

	it.each(golden.divided)('have the classes of scikit-learn: $test', ({ test, train, held }) => {
		const made = trainTestSplit(golden.labels.length, { test, seed: 828, stratify: golden.labels });
		expect([made.train, made.test].map(countsOf)).toEqual([train, held]);
		const docs = golden.labels.map((topic) => ({ topic }));
		expect(trainTestSplit(docs, { test, seed: 828, stratify: 'topic' })).toEqual(made);
		expect(trainTestSplit(docs, { test, seed: 828, stratify: ({ topic }) => topic })).toEqual(made);
	});

	it('split by an array or by names, as samples are split', () => {
		const [train, validation, test] = split(103, [0.6, 0.2, 0.2], { seed: 828 });
		expect([train!.length, validation!.length, test!.length]).toEqual([62, 20, 21]);
		const named = { train: 0.6, validation: 0.2, test: 0.2 };
		expect(split(103, named, { seed: 828 })).toEqual({ train, validation, test });
		expect(splitSamples(103, named, 828)).toEqual({ train, validation, test });
		expect(split(3, [1, 0]).map((rows) => [...rows])).toEqual([[0, 1, 2], []]);
	});

	it('keep the shares of classes in each of several parts', () => {
		const parts = split(golden.labels.length, [0.6, 0.2, 0.2], { seed: 828, stratify: golden.labels });
		const all = countsOf(range(golden.labels.length));
		expect(parts.map(({ length }) => length)).toEqual([122, 40, 41]);
		for (const [i, share] of [0.6, 0.2, 0.2].entries()) {
			const counts = countsOf(parts[i]!);
			for (const [label, count] of Object.entries(all)) expect(Math.abs((counts[label] ?? 0) - share * count)).toBeLessThan(1.5);
		}
		expect(parts.flatMap((rows) => [...rows]).sort((a, b) => a - b)).toEqual(range(golden.labels.length));
	});
});

describe('pick', () => {
	const docs = range(1000).map((n) => ({ n }));
	it('gives an array of an array, and a stream of a stream, which can be read again', async () => {
		const rows = range(1000).filter((n) => n % 7 === 3);
		const expected = rows.map((n) => ({ n }));
		expect(pick(docs, rows)).toEqual(expected);
		const picked = pick(documents(docs), Uint32Array.from(rows));
		expect(picked.replayable).toBe(true);
		expect(await collect(picked)).toEqual(expected);
		expect(await collect(picked)).toEqual(expected);
		expect(pick(docs, [])).toEqual([]);
		expect(await collect(pick(documents(docs), []))).toEqual([]);
	});

	it('reads no further than it needs', async () => {
		let read = 0;
		const source = documentsFrom(async function* () {
			for (; read < 100; read++) yield [{ n: read }];
		});
		expect(await collect(pick(source, [1, 4]))).toEqual([{ n: 1 }, { n: 4 }]);
		expect(read).toBeLessThan(6);
	});

	it('says where there is no such document', async () => {
		expect(() => pick([{}], [1])).toThrow('pick: expected numbers below 1, the documents that there are, got 1.');
		await expect(collect(pick(documents(docs), [1, 1000]))).rejects.toThrow('pick: expected numbers below 1000');
	});
});

// biome-ignore lint/suspicious/noExplicitAny: as JavaScript calls it.
const js = { groupKFold, kFold, pick, split, stratifiedKFold, trainTestSplit } as any;

it.each<[call: () => unknown, message: string]>([
	[() => kFold(3), 'kFold: expected at least 5 rows for 5 folds, got 3. Take fewer folds.'],
	[() => kFold(0, { folds: 2 }), 'kFold: expected at least 2 rows for 2 folds, got 0. Take fewer folds.'],
	[() => kFold(9, { folds: 1 }), 'kFold: expected folds to be a whole number from 2, got 1. Correct it, or leave it out.'],
	[() => js.kFold([1, 2]), 'kFold: expected count to be a whole number from 0, got [ 1, 2 ]. Correct it.'],
	[
		() => stratifiedKFold(['a', 'a', 'b', 'a', 'b'], { folds: 3 }),
		'stratifiedKFold: expected at least 3 rows of each class for 3 folds, got 2 of "b". Take fewer folds, leave the class out, or take kFold.',
	],
	[() => stratifiedKFold([]), 'stratifiedKFold: expected at least 5 rows of each class for 5 folds, got none.'],
	[
		() => js.stratifiedKFold(['a', null]),
		'stratifiedKFold: expected a text, a number or a truth value as label of document 2, got null. Name the field of the label, or leave such documents out.',
	],
	[
		() => js.stratifiedKFold(9),
		'stratifiedKFold: expected labels to be an array, the class of each row, got 9. Pass docs.map(({ label }) => label).',
	],
	[() => groupKFold(['a', 'a', 'b'], { folds: 3 }), 'groupKFold: expected at least 3 groups for 3 folds, got 2. Take fewer folds.'],
	[() => js.groupKFold(['a'], { seed: 1 }), 'groupKFold: expected an option that it has, got seed. It has folds.'],
	[() => split(10, [0.6, 0.3]), 'split: expected shares from 0 that sum to 1, got 0.6, 0.3. Correct them.'],
	[() => split(10, [1.5, -0.5]), 'split: expected shares from 0 that sum to 1, got 1.5, -0.5. Correct them.'],
	[() => split(10, []), 'split: expected shares from 0 that sum to 1, got none. Correct them.'],
	[
		() => split([], [0.5, 0.5]),
		'split: expected documents for each part, got 0, of which a share of 0.5 is none. Pass more, or a larger share.',
	],
	[() => js.split('docs', [1]), "split: expected docs to be an array of documents, or how many there are, got 'docs'."],
	[
		() => js.split(10),
		'split: expected shares to be an array or an object of shares, got nothing. Write [0.6, 0.2, 0.2], or { train: 0.9, test: 0.1 }.',
	],
	[
		() => trainTestSplit(1),
		'trainTestSplit: expected documents for both parts, got 1, of which 1 to test on. Pass more, or a smaller test.',
	],
	[() => trainTestSplit([], {}), 'trainTestSplit: expected documents for both parts, got 0, of which 0 to test on.'],
	[() => trainTestSplit(10, { test: 10 }), 'trainTestSplit: expected documents for both parts, got 10, of which 10 to test on.'],
	[
		() => trainTestSplit(10, { test: 0 }),
		'trainTestSplit: expected test to be a share above 0 and below 1, or a whole number from 1, got 0.',
	],
	[
		() => trainTestSplit(5, { test: 2, stratify: ['a', 'a', 'a', 'a', 'b'] }),
		'trainTestSplit: expected at least 2 documents of each class, one for each part, got 1 of "b". Leave the class out, or do not stratify.',
	],
	[
		() => trainTestSplit(6, { test: 1, stratify: ['a', 'b', 'a', 'b', 'a', 'b'] }),
		'trainTestSplit: expected parts of at least 2 documents, one of each class, got a part of 1. Make it larger, or do not stratify.',
	],
	[() => trainTestSplit(3, { stratify: ['a'] }), 'trainTestSplit: expected a class for each of 3 documents, got 1. Pass one for each.'],
	[() => js.trainTestSplit(3, { stratify: 'label' }), 'trainTestSplit: expected documents to find the classes in, got their number.'],
	[
		() => js.trainTestSplit([{ text: 'a' }, { text: 'b' }], { stratify: 'label' }),
		'trainTestSplit: expected a text, a number or a truth value as "label" of document 1, got nothing.',
	],
	[
		() => pick([{}, {}], [1, 0]),
		'pick: expected rows to be ascending numbers of documents, from 0, got [ 1, 0 ]. Pass those of trainTestSplit, kFold or split.',
	],
	[() => pick([{}], [0.5]), 'pick: expected rows to be ascending numbers of documents, from 0, got [ 0.5 ].'],
])('%s is refused: %s', (call, message) => {
	expect(call).toThrow(message);
	expect(call).toThrow(/^[^\n]+: expected [^\n]+[.?)]$/);
});
