import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { collect, dedupe, jsonl, nearDuplicates, pipe } from 'textloom';
import { randomUint32 } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { jaccard, pairsAbove, shinglesOf, triplesOf, wordsOf } from './exact.js';

const base = `The ferry left the harbour before the storm reached the harbour wall, and the crew sang all the way home. Nobody on board had slept,
the cook least of all, but there was bread and there was tea, and when the lights of the town came into view they sang once more.`;
const other = `Oil prices rose again this week as wind and rain closed two ports on the northern coast; dealers in the capital spoke of a shortage
that may last until the end of the month, and of the long queues that everyone remembers from three winters ago.`;
const chinese = '渡轮在风暴到达港口之前离开了码头，船员一路唱歌回家。船上没有人睡觉，厨师睡得最少，但是有面包也有茶。';

const texts = [
	base,
	other,
	base.replace('tea', 'coffee'),
	base.toUpperCase().replaceAll(',', ' –'),
	chinese,
	chinese.replace('也有茶', '也有酒'),
	`${other} Nobody knows.`,
	'',
	' ',
	'',
	'!!!',
	'???',
	'😀😁😂',
	'😀😁😂',
	'constructor',
	'Constructor!',
	'__proto__',
];
const docs = texts.map((text, n) => ({ n, text }));
const kept = async (options: { near?: number }) => (await collect(pipe(docs, dedupe(options)))).map(({ n }) => n);

describe('dedupe({ near })', () => {
	it('keeps the first of near-duplicates', async () => {
		expect(await kept({ near: 0.8 })).toEqual([0, 1, 4, 7, 8, 10, 11, 12, 14, 16]);
		expect(await kept({ near: 1 })).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 10, 11, 12, 14, 16]);
		expect(await kept({ near: 0.8 })).toEqual(await kept({ near: 0.8 }));
		expect(await kept({})).toHaveLength(15);
	});

	it('compares runs of as many words as it is told to', async () => {
		const titles = ['storm closes the harbour', 'storm closes the harbours', 'harbour the closes storm'].map((text) => ({ text }));
		const left = async (shingle: number) => (await collect(pipe(titles, dedupe({ near: 0.6, shingle })))).length;
		// 3 of 5 words are shared by the first two, all by the first and the last; of runs of three 1 of 3, and none.
		expect([await left(1), await left(3)]).toEqual([2, 3]);
	});

	it('takes the text of anything', async () => {
		const rows = [base, other, base].map((body, id) => ({ id, body }));
		const step = dedupe({ near: 0.8, by: (row: { id: number; body: string }) => row.body });
		expect((await collect(pipe(rows, step))).map(({ id }) => id)).toEqual([0, 1]);
		expect(step.spec).toEqual({ stage: 'dedupe', options: { near: 0.8, shingle: 3 } });
		const wrong = dedupe({ near: 0.8, by: (row: { id: number }) => row.id as unknown as string });
		await expect(collect(pipe(rows, wrong))).rejects.toThrow(
			'document 1: dedupe: expected the text of a document to be a text, got 0. Say what the text is: dedupe({ near: 0.8, by: (doc) => doc.body }).',
		);
	});

	it('finds what is planted among many, over chunks', async () => {
		// Documents of 60 words of their own; every third but the first repeats an earlier one with one word changed: 3 of 58 runs.
		const words = (n: number) => Array.from({ length: 60 }, (_, i) => `w${randomUint32(1, n, i) % 50_000}`);
		const many = Array.from({ length: 6000 }, (_, n) => {
			const copy = n % 3 === 2;
			const own = words(copy ? n - 2 : n);
			if (copy) own[n % 60] = 'changed';
			return { n, text: own.join(' ') };
		});
		const left = (await collect(pipe(many, dedupe({ near: 0.8 })))).map(({ n }) => n);
		expect(left.filter((n) => n % 3 !== 2)).toHaveLength(4000);
		expect(left).toHaveLength(4000);
	});
});

describe('nearDuplicates', () => {
	it('groups what is nearly equal, with the similarity to the most similar', async () => {
		const groups = await nearDuplicates(docs);
		expect(groups.map((group) => group.map(({ index }) => index))).toEqual([
			[0, 2, 3],
			[1, 6],
			[4, 5],
			[7, 9],
			[12, 13],
			[14, 15],
		]);
		for (const group of groups) {
			for (const { index, similarity } of group) {
				const exact = group.map((one) => (one.index === index ? 0 : jaccardOf(index, one.index)));
				if (index < 4 || index === 6) expect(Math.abs(similarity - Math.max(...exact))).toBeLessThan(0.12);
				expect(similarity).toBeGreaterThanOrEqual(0.8);
			}
		}
		expect(groups[0]![2]).toEqual({ index: 3, similarity: 1 });
	});

	const jaccardOf = (a: number, b: number) => jaccard(shinglesOf(wordsOf(texts[a]!), 3), shinglesOf(wordsOf(texts[b]!), 3));

	it('joins groups by what is between them', async () => {
		const words = Array.from({ length: 100 }, (_, i) => `w${i}`);
		const changed = (from: number, to: number) => words.map((word, i) => (i >= from && i < to ? `${word}x` : word)).join(' ');
		// Each is 88/108 = 0.81 to the one in between, and 78/118 = 0.66 to the other.
		const rows = [changed(0, 10), changed(90, 100), changed(0, 0)].map((text) => ({ text }));
		expect(await nearDuplicates(rows.slice(0, 2), { near: 0.74 })).toEqual([]);
		expect((await nearDuplicates(rows, { near: 0.74 })).map((group) => group.map(({ index }) => index))).toEqual([[0, 1, 2]]);
	});

	it('takes many copies in little time, and anything with a text', async () => {
		const copies = Array.from({ length: 20_000 }, (_, n) => ({ body: n % 2 ? base : other }));
		const groups = await nearDuplicates(copies, { by: ({ body }) => body });
		expect(groups.map((group) => group.length)).toEqual([10_000, 10_000]);
		expect(await nearDuplicates([])).toEqual([]);
	});

	it('refuses what cannot be meant', async () => {
		const wrong = (value: unknown) => value as never;
		await expect(nearDuplicates(docs, { near: 1.5 })).rejects.toThrow(
			'nearDuplicates: expected near to be a similarity above 0, at most 1, got 1.5.',
		);
		await expect(nearDuplicates([{ text: wrong(5) }])).rejects.toThrow(
			'nearDuplicates: expected the text of a document to be a text, got 5.',
		);
		await expect(nearDuplicates(wrong(5))).rejects.toThrow('nearDuplicates: expected source to be documents');
	});
});

const imdb = join(process.env.TEXTLOOM_DATA ?? '', 'imdb/train.jsonl.gz');
describe.skipIf(!process.env.TEXTLOOM_DATA || !existsSync(imdb))('IMDB (skipped without TEXTLOOM_DATA)', () => {
	it("finds the duplicates of its 25,000 training reviews, checked against every pair's exact similarity", async () => {
		const reviews = await collect(jsonl<{ text: string }>(imdb));
		const sets = triplesOf(reviews.map(({ text }) => text));
		const exact = pairsAbove(sets, 0.6);
		const groups = await nearDuplicates(reviews, { near: 0.8 });
		const groupOf = new Map(groups.flatMap((group, g) => group.map(({ index }) => [index, g] as const)));
		const together = ({ a, b }: { a: number; b: number }) => groupOf.has(a) && groupOf.get(a) === groupOf.get(b);
		const near = exact.filter(({ similarity }) => similarity >= 0.8);
		const sure = exact.filter(({ similarity }) => similarity >= 0.9);
		// 0.9 is 3.8 standard errors above 0.8.
		expect(sure.filter(together)).toHaveLength(sure.length);
		expect(near.filter(together).length).toBeGreaterThanOrEqual(0.95 * near.length);
		// What is grouped is at least 0.66, 4 standard errors below, to another of the group.
		const partners = new Set(exact.filter(({ similarity }) => similarity >= 0.66).flatMap(({ a, b }) => [a, b]));
		expect([...groupOf.keys()].filter((index) => !partners.has(index))).toEqual([]);
		const copies = reviews.length - new Set(reviews.map(({ text }) => text)).size;
		const left = await collect(pipe(reviews, dedupe({ near: 0.8 })));
		expect(reviews.length - left.length).toBeGreaterThan(copies);
		expect({
			copies,
			pairs: near.length,
			groups: groups.length,
			grouped: groupOf.size,
			leftOut: reviews.length - left.length,
		}).toMatchInlineSnapshot(`
			{
			  "copies": 96,
			  "grouped": 230,
			  "groups": 113,
			  "leftOut": 117,
			  "pairs": 121,
			}
		`);
	});
});
