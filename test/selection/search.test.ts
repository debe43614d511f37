// Searches: each row is what cross-validation gives for its settings; what settings share is computed once; a search goes on where it ended.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyStage, chain, learner, map, vocabulary, whitespace } from 'textloom';
import { crossValidate, drawn, gridSearch, randomSearch, type SearchOptions, search } from 'textloom/selection';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { golden } from './golden.js';
import { counting, type Doc } from './learners.js';

const { docs } = golden;
const { folder } = temporary();

/** What the learners of these tests did. */
const seen = { marks: 0, fits: 0, looks: 0 };
beforeEach(() => void Object.assign(seen, { marks: 0, fits: 0, looks: 0 }));

type Ids = { readonly ids: Int32Array; readonly label: string };
/** Predicts the class of the training document that shares most of its ids. */
const nearest = ({ unknown = true }: { unknown?: boolean } = {}) =>
	learner(
		async (some: AsyncIterable<Ids>) => {
			seen.fits++;
			const setOf = (ids: Int32Array) => new Set([...ids].filter((id) => unknown || id > 1));
			const known: { set: Set<number>; label: string }[] = [];
			for await (const { ids, label } of some) known.push({ set: setOf(ids), label });
			return map(({ ids }: { ids: Int32Array }) => {
				const own = setOf(ids);
				const shares = known.map(({ set }) => [...own].filter((id) => set.has(id)).length / (own.size + set.size + 1));
				return { predicted: known[shares.indexOf(Math.max(...shares))]!.label };
			});
		},
		{ stage: 'nearest', options: { unknown } },
	);

/** Learns nothing but how often it is fitted, and counts the documents that go through it afterwards. */
const marking = () =>
	learner(
		async (some: AsyncIterable<Doc>) => {
			seen.marks++;
			for await (const _ of some);
			return map((_: object) => {
				seen.looks++;
				return {};
			});
		},
		{ stage: 'marking' },
	);

const stages = { nearest };
const grid = { 'vocabulary.minCount': [1, 2, 4], 'nearest.unknown': [true, false] } as const;
const declared = () => chain(whitespace(), vocabulary(), nearest());
const options = { folds: 3, seed: 4, score: 'f1Macro', stages } as const;
const plain = (rows: readonly { seconds: number }[]) => rows.map(({ seconds, ...row }) => row);

describe('a grid', () => {
	it('has a row for each combination, of what cross-validation gives', async () => {
		const { rows, best, table } = await gridSearch(declared(), docs, { grid, ...options });
		expect(rows.map(({ settings }) => Object.values(settings))).toEqual(
			[1, 2, 4].flatMap((count) => [true, false].map((flag) => [count, flag])),
		);
		for (const { settings, scores, mean, deviation, rank } of rows) {
			const single = chain(
				whitespace(),
				vocabulary({ minCount: settings['vocabulary.minCount'] }),
				nearest({ unknown: settings['nearest.unknown'] }),
			);
			const { stages: _, ...same } = options;
			expect(await crossValidate(single, docs, same)).toMatchObject({ scores, mean, deviation });
			expect(rank).toBe(1 + rows.filter((other) => other.mean > mean).length);
		}
		expect(new Set(rows.map(({ mean }) => mean)).size).toBeGreaterThan(2);
		expect(best).toBe(rows.find(({ rank }) => rank === 1));
		const lines = table().split('\n');
		expect(lines[0]).toBe('rank  mean    deviation  vocabulary.minCount  nearest.unknown');
		expect(lines).toHaveLength(7);
		expect(lines[1]).toBe(
			`1     ${best.mean.toFixed(4)}  ${best.deviation.toFixed(4)}     ${best.settings['vocabulary.minCount']}                    ${best.settings['nearest.unknown']}`,
		);
		const ranks = lines.slice(1).map((line) => Number.parseInt(line, 10));
		expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
	});

	it('can be of a function from settings', async () => {
		const { rows } = await gridSearch(
			({ minCount, unknown }) => chain(whitespace(), vocabulary({ minCount }), nearest({ unknown })),
			docs,
			{ ...options, grid: { minCount: [1, 2, 4], unknown: [true, false] } },
		);
		const byPath = await gridSearch(declared(), docs, { grid, ...options });
		expect(rows.map(({ scores, rank }) => [scores, rank])).toEqual(byPath.rows.map(({ scores, rank }) => [scores, rank]));
	});

	it('learns again from all documents, with the best settings or others', async () => {
		const { refit, rows, best } = await gridSearch(declared(), docs, { grid, ...options });
		const expected = await chain(
			whitespace(),
			vocabulary({ minCount: best.settings['vocabulary.minCount'] }),
			nearest({ unknown: best.settings['nearest.unknown'] }),
		).fit(docs);
		const texts = ['the ferry by the harbour', 'bread', 'constructor'].map((text) => ({ text }));
		const model = await refit();
		expect(model.apply(texts)).toEqual(expected.apply(texts));
		const [, , , , fifth] = rows;
		const other = (await refit({ row: fifth! })) as AnyStage & { parts: AnyStage[] };
		expect(other.parts[1]!.spec.options).toMatchObject({ minCount: 4 });
		await expect(refit({ row: { ...fifth! } })).rejects.toThrow('gridSearch: expected row to be a row of this search');
		const reason = new Error('enough');
		await expect(refit({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
	});

	it('names a stage by its number where there are several, and fields inside of options', async () => {
		const own = ({ a }: { a: { b: number; c: string } }) =>
			map(({ text }: { text: string }) => ({ predicted: text.length > a.b ? 'sea' : a.c }), { stage: 'own', options: { a } });
		const two = chain(own({ a: { b: 1, c: 'food' } }), own({ a: { b: 40, c: 'food' } }));
		const { rows } = await gridSearch(two, docs, {
			folds: 2,
			stages: { own },
			grid: { 'own[1].a.b': [0, 1000], 'own[1].a.c': ['food', 'sport'] },
		});
		const share = (name: string) => expect.closeTo(docs.filter(({ label }) => label === name).length / docs.length, 8);
		expect(rows.map(({ mean }) => mean)).toEqual([share('sea'), share('sea'), share('food'), share('sport')]);
	});
});

describe('what settings share is computed once', () => {
	it('before the first learner once for all, before the first difference once a fold', async () => {
		const { stage, seen: counted } = counting();
		await gridSearch(chain(stage, whitespace(), marking(), vocabulary(), nearest()), docs, { grid, ...options });
		expect(counted()).toBe(docs.length);
		// Fitted once a fold; each document goes through it once a fold, be it learned from or held out.
		expect(seen.marks).toBe(3);
		expect(seen.looks).toBe(3 * docs.length);
		expect(seen.fits).toBe(3 * 6);
	});

	it('in whatever order the settings are', async () => {
		const settings = [2, 1, 2, 1].map((count, i) => ({ 'vocabulary.minCount': count, 'nearest.unknown': i < 2 }));
		let made = 0;
		const between = () =>
			map(({ ids }: { ids: Int32Array }) => {
				made++;
				return { ids };
			});
		await search(chain(whitespace(), vocabulary(), between(), nearest()), docs, { settings, ...options });
		expect(made).toBe(2 * 3 * docs.length);
	});

	it('also through files, with the same results', async () => {
		const expected = await gridSearch(declared(), docs, { grid, ...options });
		const { stage, seen: counted } = counting();
		const filed = await gridSearch(chain(stage, whitespace(), marking(), vocabulary(), nearest()), docs, { grid, ...options, inMemory: 0 });
		expect(filed.rows.map(({ scores }) => scores)).toEqual(expected.rows.map(({ scores }) => scores));
		expect([counted(), seen.looks]).toEqual([docs.length, 3 * docs.length]);
	});

	it('where a learner before the difference is followed by another', async () => {
		const { rows } = await gridSearch(chain(whitespace(), marking(), vocabulary({ minCount: 2 }), nearest()), docs, {
			...options,
			grid: { 'nearest.unknown': [true, false] },
		});
		expect([seen.marks, seen.looks, seen.fits]).toEqual([3, 3 * docs.length, 6]);
		expect(rows).toHaveLength(2);
	});
});

describe('a search with a folder', () => {
	const path = (name: string) => join(folder, name);
	const lines = (name: string) =>
		readFileSync(join(path(name), 'results.jsonl'), 'utf8')
			.split('\n')
			.slice(0, -1);
	const run = (name: string, more: Partial<SearchOptions<Doc, never>> = {}) =>
		gridSearch(declared(), docs, { grid, ...options, folder: path(name), ...(more as object) });

	it('goes on where it was ended, with the same table', async () => {
		const whole = await run('whole');
		expect(lines('whole')).toHaveLength(18);
		const controller = new AbortController();
		const reason = new Error('enough');
		const heard: number[] = [];
		const onProgress = ({ done, total }: { done: number; total: number }) => {
			heard.push(done);
			expect(total).toBe(18);
			if (done === 7) controller.abort(reason);
		};
		await expect(run('ended', { onProgress, signal: controller.signal })).rejects.toBe(reason);
		expect(heard).toEqual([1, 2, 3, 4, 5, 6, 7]);
		expect(lines('ended')).toHaveLength(7);
		// As a process leaves it that was killed while it wrote.
		appendFileSync(join(path('ended'), 'results.jsonl'), '{"of":"5', 'utf8');
		seen.fits = 0;
		const again = await run('ended', { onProgress: ({ done }) => heard.push(done) });
		expect(heard.slice(7)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
		expect(seen.fits).toBe(11);
		expect(again.table()).toBe(whole.table());
		expect(plain(again.rows)).toEqual(plain(whole.rows));
		expect(lines('ended')).toHaveLength(18);
		seen.fits = 0;
		const known = await run('ended');
		expect([seen.fits, known.rows]).toEqual([0, again.rows]);
		const { stage, seen: counted } = counting();
		for (const documents of [docs.length, 0]) {
			const before = counted();
			await gridSearch(chain(stage, declared()), docs, { grid, ...options, folder: path('common') });
			expect(counted() - before).toBe(documents);
		}
		expect(JSON.parse(lines('ended')[0]!)).toEqual({
			...{ of: expect.stringMatching(/^[0-9a-f]{32}$/), settings: { 'vocabulary.minCount': 1, 'nearest.unknown': true }, fold: 0 },
			...{ score: again.rows[0]!.scores[0], seconds: expect.any(Number) },
		});
	});

	it('takes results of the same settings into a larger grid, and of nothing else', async () => {
		await run('larger');
		seen.fits = 0;
		const larger = { ...grid, 'vocabulary.minCount': [1, 2, 3, 4] };
		await gridSearch(declared(), docs, { ...options, grid: larger, folder: path('larger') });
		expect(seen.fits).toBe(6);
		for (const [other, given, more] of [
			[declared(), docs.map((doc, i) => (i === 3 ? { ...doc, text: `${doc.text}!` } : doc)), {}],
			[declared(), docs, { seed: 5 }],
			[declared(), docs, { score: 'accuracy' }],
			[chain(whitespace(), vocabulary({ size: 30 }), nearest()), docs, {}],
		] as const) {
			seen.fits = 0;
			await gridSearch(other, given, { ...options, grid, folder: path('larger'), ...more });
			expect(seen.fits).toBe(18);
		}
		expect(lines('larger')).toHaveLength(18 + 6 + 4 * 18);
	});

	it('says which line is no result', async () => {
		await run('foreign');
		writeFileSync(join(path('foreign'), 'results.jsonl'), `${lines('foreign')[0]}\nhello\n`);
		await expect(run('foreign')).rejects.toThrow(
			/results\.jsonl:2: expected a result \{ of, settings, fold, score, seconds \}, got another line\. /,
		);
	});
});

describe('a random search', () => {
	const draw = { minCount: { whole: [1, 5] }, unknown: { choice: [true, false] } } as const;

	it('tries what is drawn, which follows from the seed', async () => {
		const made = (count: number, seed: number) =>
			randomSearch(({ minCount, unknown }) => chain(whitespace(), vocabulary({ minCount }), nearest({ unknown })), docs, {
				...options,
				draw,
				count,
				seed,
			});
		const { rows, best } = await made(4, 1);
		expect(rows.map(({ settings }) => settings)).toEqual(drawn(draw, { count: 4, seed: 1 }));
		expect(plain((await made(4, 1)).rows)).toEqual(plain(rows));
		expect((await made(4, 2)).rows.map(({ settings }) => settings)).not.toEqual(rows.map(({ settings }) => settings));
		const value: number = best.settings.minCount;
		expect(value).toBeGreaterThan(0);
		const paths = await randomSearch(declared(), docs, {
			...options,
			draw: { 'vocabulary.minCount': draw.minCount, 'nearest.unknown': draw.unknown },
			count: 10,
		});
		expect(paths.rows).toHaveLength(10);
	});

	it('draws from the whole range of each distribution, evenly', () => {
		const count = 2000;
		const found = drawn(
			{ a: { uniform: [-2, 6] }, b: { logUniform: [0.001, 1000] }, c: { whole: [0, 4] }, d: { choice: ['x', null, [1, 2]] } },
			{ count, seed: 828 },
		) as { a: number; b: number; c: number; d: unknown }[];
		const share = (fits: (row: (typeof found)[number]) => boolean) => found.filter(fits).length / count;
		expect(found.every(({ a, b, c }) => a >= -2 && a < 6 && b >= 0.001 && b < 1000 && [0, 1, 2, 3, 4].includes(c))).toBe(true);
		for (const quarter of [-2, 0, 2, 4]) expect(share(({ a }) => a >= quarter && a < quarter + 2)).toBeCloseTo(0.25, 1);
		for (const decade of [-3, -1, 1]) expect(share(({ b }) => Math.log10(b) >= decade && Math.log10(b) < decade + 2)).toBeCloseTo(1 / 3, 1);
		for (const whole of [0, 1, 2, 3, 4]) expect(share(({ c }) => c === whole)).toBeCloseTo(0.2, 1);
		for (const choice of ['x', null, [1, 2]]) expect(share(({ d }) => JSON.stringify(d) === JSON.stringify(choice))).toBeCloseTo(1 / 3, 1);
		expect(new Set(found.map((row) => JSON.stringify(row))).size).toBe(count);
	});

	it('draws a setting the same when another is added, and all combinations where there are no more', () => {
		const alone = drawn({ a: { uniform: [0, 1] } }, { count: 5, seed: 3 });
		expect(drawn({ b: { uniform: [0, 1] }, a: { uniform: [0, 1] } }, { count: 5, seed: 3 }).map(({ a }) => ({ a }))).toEqual(alone);
		expect(
			drawn({ a: { whole: [1, 3] }, b: { choice: ['x', 'y'] } }, { count: 6 })
				.map((row) => JSON.stringify(row))
				.sort(),
		).toHaveLength(6);
	});
});

it('searches in no documents, and in the fewest, as cross-validation does', async () => {
	const few = [
		{ text: 'a', label: 'x' },
		{ text: 'a', label: 'x' },
		{ text: 'b', label: 'y' },
		{ text: 'b', label: 'y' },
	];
	const given = { grid: { 'vocabulary.minCount': [1] }, stages };
	await expect(gridSearch(declared(), [], given)).rejects.toThrow(
		'stratifiedKFold: expected at least 5 rows of each class for 5 folds, got none.',
	);
	expect((await gridSearch(declared(), few, { ...given, folds: 2 })).best).toMatchObject({
		scores: [1, 1],
		mean: 1,
		deviation: 0,
		rank: 1,
	});
});

// biome-ignore lint/suspicious/noExplicitAny: as JavaScript calls it.
const js = { gridSearch, randomSearch, search, drawn } as any;
const over = (names: object, more: object = {}, whole: unknown = declared()) =>
	js.gridSearch(whole, docs, { grid: names, folds: 3, ...more });

it.each<[call: () => unknown, message: string]>([
	[
		() => over({ 'vocabulary.minCuont': [1] }),
		'gridSearch: expected settings that vocabulary has, got vocabulary.minCuont: vocabulary: expected an option that it has, got minCuont. Did you mean minCount?',
	],
	[
		() => over({ 'vocabulary.minCount': [1, 0] }),
		'gridSearch: expected settings that vocabulary has, got vocabulary.minCount: vocabulary: expected minCount to be a whole number from 1, got 0.',
	],
	[
		() => over({ 'vocabulry.minCount': [1] }),
		'gridSearch: expected a setting of a stage that the chain has, got "vocabulry.minCount". Did you mean vocabulary.minCount?',
	],
	[
		() => over({ 'svm.c': [1] }),
		'gridSearch: expected a setting of a stage that the chain has, got "svm.c". The chain has whitespace, vocabulary, nearest.',
	],
	[
		() => over({ vocabulary: [1] }),
		'gridSearch: expected a setting of a stage that the chain has, got "vocabulary". Did you mean vocabulary.option?',
	],
	[
		() => over({ 'vocabulary.': [1] }),
		'gridSearch: expected a setting such as vocabulary.option or vocabulary[0].option, got "vocabulary.". Name an option.',
	],
	[
		() => over({ 'vocabulary[1].minCount': [1] }),
		'gridSearch: expected vocabulary[0] to vocabulary[0], got vocabulary[1].minCount. Stages are counted from 0.',
	],
	[
		() => over({ 'whitespace.offsets': [true] }, {}, chain(whitespace(), chain(whitespace(), nearest()))),
		'gridSearch: expected one stage called whitespace, got 2 (whitespace.offsets). Say which: whitespace[0].offsets is the first.',
	],
	[
		() => over({ 'vocabulary.minCount.least': [1] }),
		'gridSearch: expected minCount to have fields, got 1 (vocabulary.minCount.least). Set minCount as a whole.',
	],
	[
		() => over({ 'nearest.unknown': [true] }),
		'gridSearch: expected a stage of textloom, got nearest (nearest.unknown), a function of your own. Say how it is made: { stages: { "nearest": (options) => … } }.',
	],
	[
		async () => over({ 'vocabulary.minCount': [1] }, {}, chain(whitespace(), await vocabulary().fit([{ tokens: ['a'] }]), nearest())),
		'gridSearch: expected a stage that is to learn, got vocabulary, which has learned (vocabulary.minCount). Put vocabulary(…) itself into the chain.',
	],
	[
		() =>
			over({ minCuont: [1, 2] }, {}, ({ minCount }: { minCount?: number }) =>
				chain(whitespace(), vocabulary(minCount ? { minCount } : {}), nearest()),
			),
		'gridSearch: expected settings that the function uses, got "minCuont", which it never reads. Did you mean minCount?',
	],
	[
		() => over({ a: [1] }, {}, () => declared()),
		'gridSearch: expected settings that the function uses, got "a", which it never reads. Take it out, or use it.',
	],
	[
		() => over({ a: [1] }, {}, ({ a }: { a: number }) => a),
		'gridSearch: expected a function that makes a chain, a learner or a stage, got number.',
	],
	[() => over({}), 'gridSearch: expected grid to be an object with an array of values for each setting, got {}. '],
	[() => over({ 'vocabulary.minCount': [] }), 'gridSearch: expected grid to be an object with an array of values for each setting, got { '],
	[() => over({ 'vocabulary.minCount': 1 }), 'gridSearch: expected grid to be an object with an array of values for each setting, got { '],
	[
		() => over({ 'vocabulary.minCount': [1, 1] }),
		'gridSearch: expected settings that differ, got {"vocabulary.minCount":1} twice. Take one out.',
	],
	[() => over({ 'vocabulary.minCount': [() => 1] }), 'gridSearch: expected plain JSON as settings.vocabulary.minCount, got a function.'],
	[() => over({ 'vocabulary.minCount': [1] }, { gird: 1 }), 'gridSearch: expected an option that it has, got gird. Did you mean grid?'],
	[() => js.gridSearch(declared(), docs), 'gridSearch: expected grid to be an object, got nothing. Pass it.'],
	[
		() => js.gridSearch(5, docs, { grid: { a: [1] } }),
		'gridSearch: expected pipeline to be something that learns, a stage, or a function that makes one of these, got 5.',
	],
	[
		() => over({ 'vocabulary.minCount': [1, 99] }),
		'fold 1 of {"vocabulary.minCount":99}: vocabulary: expected tokens that occur 99 times, got none',
	],
	[
		() => over({ 'vocabulary.minCount': [1] }, { folds: 20 }),
		'stratifiedKFold: expected at least 20 rows of each class for 20 folds, got ',
	],
	[() => js.search(declared(), docs, { settings: [] }), 'search: expected settings to be an array of settings, got [].'],
	[
		() => js.randomSearch(declared(), docs, { draw: { 'vocabulary.minCount': { whole: [1, 3] } }, count: 4 }),
		'randomSearch: expected a count up to 3, the combinations that there are, got 4. Lower it, or try them all with gridSearch.',
	],
	[
		() => js.randomSearch(declared(), docs, { draw: { 'vocabulary.minCount': { whole: [3, 1] } }, count: 1 }),
		'randomSearch: expected distributions to be an object with a distribution for each setting: { uniform: [from, to] }, ',
	],
	[
		() => js.randomSearch(declared(), docs, { draw: { a: { normal: [0, 1] } }, count: 1 }),
		'randomSearch: expected distributions to be an object with a distribution for each setting: ',
	],
	[
		() => js.randomSearch(declared(), docs, { draw: { a: { logUniform: [0, 1] } }, count: 1 }),
		'randomSearch: expected distributions to be an object with a distribution for each setting: ',
	],
	[
		() => js.randomSearch(declared(), docs, { draw: { a: { choice: [1] } } }),
		'randomSearch: expected count to be a whole number from 1, got nothing. Pass it.',
	],
])('%s is refused: %s', async (call, message) => {
	const error = await (async () => call())().catch((error: unknown) => error);
	expect(error).toBeInstanceOf(Error);
	expect((error as Error).message.slice(0, message.length)).toBe(message);
	expect((error as Error).message).toMatch(/^[^\n]+: expected [^\n]+[.?)]$/);
});

it('refuses what cannot be kept, before it learns', async () => {
	const odd = docs.map((doc) => ({ ...doc, later: () => 1 }));
	await expect(js.gridSearch(declared(), odd, { grid: { 'vocabulary.minCount': [1] }, folder: join(folder, 'odd') })).rejects.toThrow(
		'gridSearch: expected documents that are data, since results are kept, got one with a function. Leave it out.',
	);
	expect(seen.fits).toBe(0);
	await expect(over({ 'vocabulary.minCount': [1] }, { folder: '/dev/null' })).rejects.toThrow(
		/^gridSearch: expected a folder to write to, got \/dev\/null \([^\n]+\)\. Choose another\.$/,
	);
	expect(seen.fits).toBe(0);
});
