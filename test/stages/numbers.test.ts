// The numbers of documents, by which `augment` changes them: the same alone, in a chain, in a pipe and in threads, whatever is dropped before.
import {
	type AnyStage,
	augment,
	chain,
	collect,
	filter,
	inTraining,
	map,
	parallel,
	pipe,
	shuffle,
	take,
	vocabulary,
	words,
} from 'textloom';
import { asyncStage, documentsFrom } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { anew, copied, even } from './own-stages.mjs';

const module = new URL('./own-stages.mjs', import.meta.url);
const modules = Object.fromEntries(['even', 'copied', 'anew'].map((name) => [name, { module }]));

const docs = Array.from({ length: 2000 }, (_, n) => Object.freeze({ n, text: `ships leave the harbour before dawn ${n}` }));
type Doc = { readonly n: number; readonly text: string };
const changing = (seed = 1) => inTraining(augment({ on: 'text', seed }), { epoch: 2 });

/** What becomes of the text of each document that is left, by its place in the source: the rule in one line. */
const expected = (left: (doc: Doc) => boolean) => {
	const all = changing().apply(docs);
	return docs.flatMap((doc, i) => (left(doc) ? [{ n: doc.n, text: all[i]!.text }] : []));
};
const plain = (found: readonly object[]) => (found as Doc[]).map(({ n, text }) => ({ n, text }));

const drops: [name: string, stage: typeof even, left: (doc: Doc) => boolean][] = [
	['a filter', even, ({ n }) => n % 2 === 0],
	['copies of some', copied, ({ n }) => n % 3 !== 0],
];

describe.each(drops)('behind %s', (_, drop, left) => {
	const all = expected(left);

	it('augment does the same in threads as without', async () => {
		const threads = { workers: 2, modules };
		const ways = {
			chain: chain(drop(), changing())(docs),
			pipe: pipe(docs, drop(), changing()),
			inTraining: pipe(docs, inTraining(chain(drop(), augment({ on: 'text', seed: 1 })), { epoch: 2 })),
			'two threads': parallel([drop(), changing()], threads)(docs),
			'three threads': parallel([drop(), changing()], { workers: 3, modules })(docs),
			'threads in training': inTraining(parallel([drop(), augment({ on: 'text', seed: 1 })], threads), { epoch: 2 })(docs),
			'dropped in threads': pipe(docs, parallel([drop()], threads), changing()),
			'augmented in threads': pipe(docs, drop(), parallel([changing()], threads)),
			'each in threads of its own': pipe(docs, parallel([drop()], threads), parallel([changing()], threads)),
			kept: pipe(docs, parallel([drop(), changing()], { ...threads, keep: ['n', 'text'] })),
			'one by one': pipe(
				documentsFrom(async function* () {
					for (const doc of docs) yield [doc];
				}),
				parallel([drop(), changing()], threads),
			),
		};
		for (const [name, way] of Object.entries(ways)) {
			const found = await collect(way);
			expect([name, plain(found)]).toEqual([name, all]);
			// Numbers are for stages: no document has one afterwards.
			expect(found.filter((doc) => Object.getOwnPropertySymbols(doc).length > 0)).toEqual([]);
		}
	});

	it('apply does the same, of the whole and of a part', async () => {
		const stages = chain(drop(), changing());
		expect(plain(stages.apply(docs))).toEqual(all);
		expect(plain(await stages.applyAsync(docs))).toEqual(all);
		expect(plain(stages.apply(docs.slice(500), 500))).toEqual(all.filter(({ n }) => n >= 500));
	});

	it('so it is in front of what learns', async () => {
		const fitted = async (source: Parameters<ReturnType<typeof words>>[0]) => (await vocabulary().fit(words()(source))).spec.state;
		const state = await fitted(chain(drop(), changing())(docs));
		expect(await fitted(parallel([drop(), changing()], { workers: 2, modules })(docs))).toEqual(state);
		const whole = await chain(drop(), changing(), words(), vocabulary()).fit(docs);
		expect((whole as unknown as { parts: AnyStage[] }).parts.at(-1)!.spec.state).toEqual(state);
	});
});

it('stages that make documents anew, wait, or look keep them', async () => {
	const later = asyncStage(async (some: readonly Doc[]) => some.map(({ n, text }) => ({ n, text })));
	const all = expected(({ n }) => n % 2 === 0);
	const looked = filter(({ n }: Doc) => n % 2 === 0);
	expect(
		plain(
			await collect(
				pipe(
					docs,
					looked,
					later,
					anew(),
					map((doc: Doc) => ({ seen: doc.n })),
					changing(),
				),
			),
		),
	).toEqual(all);
	expect(plain(await collect(pipe(docs, parallel([even(), anew(), changing()], { workers: 2, modules }))))).toEqual(all);
	expect(plain(await collect(pipe(docs, chain(looked, later), chain(anew(), changing()))))).toEqual(all);
});

it('two that ask get the same number', async () => {
	const [first, second] = [changing(1), changing(2)];
	const all = second.apply(first.apply(docs)).filter(({ n }) => n % 2 === 0);
	expect(await collect(pipe(docs, even(), first, second))).toEqual(all);
	expect(await collect(pipe(docs, parallel([even(), first], { workers: 2, modules }), second))).toEqual(all);
	expect(await collect(pipe(docs, first, even(), second))).toEqual(all);
});

it('behind a step over the whole stream they count anew, in memory and out of it', async () => {
	const counted = async (inMemory: number) => collect(pipe(docs, even(), shuffle({ seed: 1, inMemory }), even(), changing()));
	const shuffled = await collect(pipe(docs, even(), shuffle({ seed: 1 })));
	const all = await collect(changing()(shuffled));
	expect(await counted(50_000)).toEqual(all);
	expect(await counted(10)).toEqual(all);
	expect(await collect(pipe(docs, even(), take(100), changing()))).toEqual(
		await collect(changing()(await collect(pipe(docs, even(), take(100))))),
	);
});

it('a document that is there twice is two', async () => {
	const same = Array.from({ length: 50 }, () => docs[0]!);
	const texts = (await collect(pipe(same, even(), changing()))).map(({ text }) => text);
	expect(texts).toEqual(
		changing()
			.apply(same)
			.map(({ text }) => text),
	);
	expect(new Set(texts).size).toBeGreaterThan(10);
});
