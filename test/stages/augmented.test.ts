// What `augment` makes of a document is the same alone, in a chain, in a pipe and in threads, whatever is dropped before it.
import { augment, chain, collect, inTraining, parallel, pipe } from 'textloom';
import { documentsFrom } from 'textloom/stream';
import { expect, it } from 'vitest';
import { copied, even } from './own-stages.mjs';

const module = new URL('./own-stages.mjs', import.meta.url);
const modules = { even: { module }, copied: { module } };
const threads = { workers: 2, modules };

const docs = Array.from({ length: 2000 }, (_, n) => Object.freeze({ n, text: `ships leave the harbour before dawn ${n}` }));
type Doc = (typeof docs)[number];
const changing = () => inTraining(augment({ on: 'text', seed: 1 }), { epoch: 2 });
const plain = (found: readonly object[]): Doc[] => (found as Doc[]).map(({ n, text }) => ({ n, text }));

const drops: [name: string, stage: typeof even, left: (doc: Doc) => boolean][] = [
	['a filter', even, ({ n }) => n % 2 === 0],
	['copies of some', copied, ({ n }) => n % 3 !== 0],
];

it.each(drops)('behind %s', async (_, drop, left) => {
	const all = plain(changing().apply(docs)).filter(left);
	expect(all.filter(({ n, text }) => text !== docs[n]!.text).length).toBeGreaterThan(all.length / 2);
	const stages = chain(drop(), changing());
	expect(plain(stages.apply(docs))).toEqual(all);
	expect(plain(stages.apply(docs.slice(500), 500))).toEqual(all.filter(({ n }) => n >= 500));
	const oneByOne = documentsFrom(async function* () {
		for (const doc of docs) yield [doc];
	});
	const ways = {
		chain: stages(docs),
		pipe: pipe(docs, drop(), changing()),
		'two threads': parallel([drop(), changing()], threads)(docs),
		'three threads': parallel([drop(), changing()], { workers: 3, modules })(docs),
		'threads in training': inTraining(parallel([drop(), augment({ on: 'text', seed: 1 })], threads), { epoch: 2 })(oneByOne),
		'dropped in threads': pipe(docs, parallel([drop()], threads), changing()),
		kept: pipe(docs, drop(), parallel([changing()], { ...threads, keep: ['n', 'text'] })),
	};
	for (const [name, way] of Object.entries(ways)) expect([name, plain(await collect(way))]).toEqual([name, all]);
});
