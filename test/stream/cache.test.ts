// Documents between two learners: made once, kept in memory or in a file, the same for equal stages, and gone when the cache is closed.
import { readdirSync } from 'node:fs';
import { chain, collect, createCache, documents, learner, map, stem, vocabulary, words } from 'textloom';
import { type DocumentCache, documentsFrom } from 'textloom/stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const docs = Array.from({ length: 600 }, (_, n) => ({ text: `word${n % 7} and word${n % 3}`, n }));

/** Counts how often it is called. */
function counting() {
	const called = { times: 0 };
	const stage = map(
		({ n }: { n: number }) => {
			called.times++;
			return { twice: 2 * n };
		},
		{ stage: 'counting' },
	);
	return { called, stage };
}

/** Learns how many documents there were, and what they were. */
function noting(field: 'first' | 'second' | 'third') {
	const notes: object[][] = [];
	const made = learner(
		async (some: AsyncIterable<object>) => {
			const own: object[] = [];
			for await (const doc of some) own.push({ ...doc });
			notes.push(own);
			return map((_doc: object): object => ({ [field]: own.length }), { stage: field, state: own.length });
		},
		{ stage: field },
	);
	return { notes, made };
}

// Temporary files go to a folder of this test's own.
beforeEach(() => void vi.stubEnv('TMPDIR', folder));
afterEach(() => void vi.unstubAllEnvs());

describe.each([
	['in memory', {}],
	['in a file from the second chunk on', { inMemory: 300 }],
	['in a file from the beginning', { inMemory: 0 }],
])('a cache, %s', (_, options) => {
	it('has what comes before two learners made once, in order, each stage once', async () => {
		const cache = createCache(options);
		const { called, stage } = counting();
		const [first, second, third] = [noting('first'), noting('second'), noting('third')];
		const fitted = await chain(stage, first.made, second.made, third.made).fit(docs, { cache });
		const twice = docs.map((doc) => ({ ...doc, twice: 2 * doc.n }));
		expect(first.notes).toEqual([twice]);
		expect(second.notes).toEqual([twice.map((doc) => ({ ...doc, first: 600 }))]);
		expect(third.notes).toEqual([twice.map((doc) => ({ ...doc, first: 600, second: 600 }))]);
		expect(called.times).toBe(600);
		expect(fitted.spec.parts!.map(({ stage }) => stage)).toEqual(['counting', 'first', 'second', 'third']);
		expect(fitted.apply(docs.slice(0, 1))).toEqual([{ ...docs[0], twice: 0, first: 600, second: 600, third: 600 }]);
		await cache.close();
	});

	it('shares the work among several fit, and leaves nothing behind', async () => {
		const before = readdirSync(folder);
		const cache = createCache(options);
		const { called, stage } = counting();
		const source = documents(docs);
		for (let time = 0; time < 3; time++) {
			const [first, second] = [noting('first'), noting('second')];
			await chain(stage, first.made, second.made).fit(source, { cache });
			expect(second.notes[0]!.map((doc) => (doc as { twice: number }).twice)).toEqual(docs.map(({ n }) => 2 * n));
		}
		expect(called.times).toBe(600);
		expect(readdirSync(folder).length > before.length).toBe('inMemory' in options);
		await cache.close();
		await cache.close();
		expect(readdirSync(folder)).toEqual(before);
	});

	it('keeps no pass that did not come to its end, and none that failed', async () => {
		const cache = createCache(options);
		let failing = false;
		const source = documentsFrom(async function* () {
			for (const [place, doc] of docs.entries()) {
				if (failing && place === 400) throw new Error('gone');
				yield [doc];
			}
		});
		const made = cache.through(source, [counting().stage]);
		for await (const { n } of made as AsyncIterable<{ n: number }>) if (n === 350) break;
		failing = true;
		await expect(collect(made)).rejects.toThrow('gone');
		failing = false;
		expect(await collect(made)).toHaveLength(600);
		// The second whole pass does not open the source.
		failing = true;
		expect(await collect(made)).toEqual(docs.map((doc) => ({ ...doc, twice: 2 * doc.n })));
		await cache.close();
	});
});

it('a chain without a cache given removes its own', async () => {
	const before = readdirSync(folder);
	await chain(counting().stage, noting('first').made, noting('second').made).fit(docs);
	expect(readdirSync(folder)).toEqual(before);
});

it('a cache tells stages apart by their options, by what they learned, and those of the user by themselves', async () => {
	const cache = createCache();
	const source = documents([{ text: 'One, two two' }]);
	const [small, large, equal] = [
		await vocabulary({ minCount: 2 }).fit([{ tokens: ['two', 'two'] }]),
		await vocabulary().fit([{ tokens: ['one'] }]),
		await vocabulary().fit([{ tokens: ['so', 'so', 'two'] }]),
	];
	const both = (n: number) => map((_doc: object) => ({ n }), { stage: 'own' });
	const [own, other] = [both(1), both(2)];
	const through = async (...stages: Parameters<DocumentCache['through']>[1]) => (await collect(cache.through(source, stages)))[0];
	const found = [
		await through(words()),
		await through(words({ punctuation: false })),
		await through(words(), small),
		await through(words(), large),
		await through(words(), equal),
		await through(own),
		await through(other),
		await through(words(), own),
	];
	expect(new Set(found.map((doc) => JSON.stringify(doc))).size).toBe(found.length);
	// Equal ones are the same documents.
	expect(cache.through(source, [words(), stem()])).toBe(cache.through(source, [words(), stem()]));
	expect(cache.through(source, [own])).toBe(cache.through(source, [own]));
	expect(cache.through(source, [own])).not.toBe(cache.through(documents([{ text: 'One, two two' }]), [own]));
	await cache.close();
});

it('only what a later learner reads again is kept', async () => {
	const cache = createCache();
	const asked: number[] = [];
	const counted: DocumentCache = {
		through: (source, stages) => {
			asked.push(stages.length);
			return cache.through(source, stages);
		},
		close: () => cache.close(),
	};
	const [a, b, c] = [counting().stage, counting().stage, counting().stage];
	await chain(a, b, noting('first').made, c, noting('second').made).fit(docs, { cache: counted });
	expect(asked).toEqual([2]);
	await cache.close();
});

it('the signal and the progress of a chain are those of each of its learners', async () => {
	const heard: number[] = [];
	const parts = [noting('first').made, noting('second').made] as const;
	await chain(...parts).fit(docs, { onProgress: ({ documents }) => heard.push(documents) });
	expect(heard).toEqual([256, 512, 600, 256, 512, 600]);
	const control = new AbortController();
	const stop = ({ documents }: { documents: number }) => documents === 512 && control.abort(new Error('enough'));
	await expect(chain(...parts).fit(docs, { signal: control.signal, onProgress: stop })).rejects.toThrow('enough');
});
