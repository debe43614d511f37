// What chains keep between their learners: each document is made once, whoever reads, in memory or in a file that is removed.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyStage, chain, collect, createCache, inTraining, learner, map, parallel, tfidf, vocabulary, words } from 'textloom';
import { type Documents, documentsFrom } from 'textloom/stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const files = join(folder, 'files');
/** What lies in the folder of temporary files. */
const left = () => readdirSync(files, { recursive: true });
beforeEach(() => {
	rmSync(files, { recursive: true, force: true });
	mkdirSync(files);
	vi.stubEnv('TMPDIR', files);
});
afterEach(() => {
	expect(left()).toEqual([]);
	vi.unstubAllEnvs();
});

type Doc = { readonly n: number; readonly tokens: string[] };
const docs: Doc[] = Array.from({ length: 1000 }, (_, n) => ({ n, tokens: ['the', `word${n % 7}`, `${n % 100}`] }));

/** Documents that count how often each pass, document and end was asked for. */
function watched(chunk = 10, once = false) {
	const seen = { passes: 0, documents: 0, ends: 0 };
	const source = documentsFrom(async function* () {
		seen.passes++;
		try {
			for (let start = 0; start < docs.length; start += chunk) {
				seen.documents += chunk;
				yield docs.slice(start, start + chunk);
			}
		} finally {
			seen.ends++;
		}
	}, !once);
	return { seen, source };
}

/** A stage that counts its documents. */
function counting() {
	const seen = { documents: 0 };
	const stage = map(({ n }: { n: number }) => {
		seen.documents++;
		return { square: n * n };
	});
	return { seen, stage };
}

const states = (stage: object) => (stage as { parts: AnyStage[] }).parts.map(({ spec }) => spec.state);
async function* generated() {
	yield* docs;
}
const small = () => createCache({ inMemory: 15 });

describe('a chain of learners', () => {
	const learners = () => chain(vocabulary(), tfidf());

	it('learns from what can be read once', async () => {
		const expected = states(await learners().fit(docs));
		expect(expected.every((state) => state !== undefined)).toBe(true);
		expect(states(await learners().fit(generated()))).toEqual(expected);
		expect(states(await learners().fit(docs.values()))).toEqual(expected);
		const cache = small();
		expect(states(await learners().fit(generated(), { cache }))).toEqual(expected);
		expect(left()).toHaveLength(2);
		await cache.close();
	});

	it('learns from more than is kept in memory unless told', async () => {
		const many = async function* () {
			for (let n = 0; n < 50_500; n++) {
				if (n === 50_400) expect(left()).toHaveLength(2);
				yield { n, tokens: [`word${n % 7}`] };
			}
		};
		const [vocabularyState, weights] = states(await learners().fit(many()));
		expect(vocabularyState).toMatchObject({ tokens: expect.anything() });
		expect(weights).toBeDefined();
	});

	it('does once what comes before them, for two and for three', async () => {
		const { seen, stage } = counting();
		const { seen: read, source } = watched();
		await chain(stage, vocabulary(), tfidf()).fit(source);
		expect([seen.documents, read]).toEqual([1000, { passes: 1, documents: 1000, ends: 1 }]);
		const between = counting();
		await chain(stage, vocabulary(), between.stage, tfidf(), tfidf()).fit(source);
		expect([seen.documents, between.seen.documents]).toEqual([2000, 1000]);
	});

	it('gives the same with a file, with threads, and with a source that is read anew', async () => {
		const stages = () =>
			chain(
				map(({ n }: { n: number }) => ({ text: `ships ${n % 50}` })),
				words(),
				vocabulary(),
				tfidf(),
			);
		const expected = states(await stages().fit(docs));
		const cache = createCache({ inMemory: 0 });
		expect(states(await stages().fit(docs, { cache }))).toEqual(expected);
		await cache.close();
		const texts = docs.map(({ n }) => ({ n, text: `ships ${n % 50}` }));
		expect(states(await learners().fit(parallel(words(), { workers: 2 })(texts)))).toEqual(expected.slice(2));
	});

	it('ends by what the source throws in the middle, and leaves nothing', async () => {
		const failing = documentsFrom(async function* () {
			yield docs.slice(0, 500);
			throw new Error('no more');
		});
		const cache = small();
		await expect(learners().fit(failing, { cache })).rejects.toThrow('no more');
		await cache.close();
		await expect(learners().fit(failing)).rejects.toThrow('no more');
	});

	it('ends by the signal in the middle, and leaves nothing, nor the source open', async () => {
		const reason = new Error('enough');
		for (const cache of [undefined, small()]) {
			const controller = new AbortController();
			const { seen, source } = watched();
			const onProgress = ({ documents }: { documents: number }) => {
				if (documents >= 300) controller.abort(reason);
			};
			await expect(learners().fit(source, { signal: controller.signal, onProgress, ...(cache && { cache }) })).rejects.toBe(reason);
			await cache?.close();
			expect(seen).toMatchObject({ passes: 1, ends: 1 });
			expect(seen.documents).toBeLessThan(900);
		}
	});

	it('keeps what a later learner reads again, and no more', async () => {
		const cache = createCache();
		const asked: number[] = [];
		const through: typeof cache.through = (source, stages) => {
			asked.push(stages.length);
			return cache.through(source, stages);
		};
		const [a, b, c] = [counting().stage, counting().stage, counting().stage];
		await chain(a, b, vocabulary(), c, tfidf()).fit(docs, { cache: { through, close: () => cache.close() } });
		expect(asked).toEqual([2]);
		await cache.close();
	});

	it('tells each of them the signal, and the progress of each', async () => {
		const heard: number[] = [];
		await learners().fit(docs, { onProgress: ({ documents }) => heard.push(documents) });
		expect(heard.filter((count) => count === 1000)).toHaveLength(2);
		expect(heard.slice(heard.indexOf(1000) + 1)).toEqual(heard.slice(0, heard.indexOf(1000) + 1));
	});

	it('says what cannot be copied to a file, and the cure', async () => {
		const odd = docs.map((doc) => ({ ...doc, later: () => 1 }));
		const cache = small();
		await expect(learners().fit(odd, { cache })).rejects.toThrow(
			/^chain: expected documents that can be copied to a file, got one that cannot \(.+\)\. Leave functions out, or keep more in memory: pass cache: createCache\({ inMemory: 1_000_000 }\)\.$/,
		);
		await cache.close();
		const larger = createCache({ inMemory: 1_000_000 });
		expect(states(await learners().fit(odd, { cache: larger }))).toEqual(states(await learners().fit(docs)));
		await larger.close();
	});
});

describe('a cache', () => {
	it('is shared by several fits over the same source, whatever it is', async () => {
		for (const make of [createCache, small]) {
			for (const source of [watched().source, docs, generated(), docs.values()]) {
				const cache = make();
				const { seen, stage } = counting();
				const fitted = async (minCount: number) => states(await chain(stage, vocabulary({ minCount }), tfidf()).fit(source, { cache }));
				const all = [await fitted(1), await fitted(2), await fitted(50)];
				expect(seen.documents).toBe(1000);
				expect(all[0]).not.toEqual(all[2]);
				expect(await fitted(2)).toEqual(all[1]);
				await cache.close();
			}
		}
	});

	it('knows equal stages of textloom, and one of yours by itself', async () => {
		const cache = createCache();
		const texts = docs.map(({ n }) => ({ n, text: `a ${n}` }));
		const [first, again, other] = [words(), words(), words({ punctuation: false })].map((stage) => cache.through(texts, [stage]));
		expect(again).toBe(first);
		expect(other).not.toBe(first);
		const [mine, same] = [counting().stage, counting().stage];
		expect(cache.through(texts, [mine])).toBe(cache.through(texts, [mine]));
		expect(cache.through(texts, [same])).not.toBe(cache.through(texts, [mine]));
		expect(cache.through([...texts], [words()])).not.toBe(first);
		const [learned] = states(await chain(vocabulary()).fit(docs));
		expect(learned).toBeDefined();
		await cache.close();
	});

	it('tells stages apart by what they learned, too: equal options of a vocabulary are another one over other texts', async () => {
		const cache = createCache();
		const texts = [{ tokens: ['one', 'two', 'two'] }];
		const [first, second] = [await vocabulary().fit([{ tokens: ['two'] }]), await vocabulary().fit([{ tokens: ['so', 'so', 'two'] }])];
		const [one, other] = [await collect(cache.through(texts, [first])), await collect(cache.through(texts, [second]))];
		expect(one).toEqual(first.apply(texts));
		expect(other).toEqual(second.apply(texts));
		expect(other).not.toEqual(one);
		await cache.close();
	});

	it.each([
		['memory', 50_000],
		['a file', 15],
		['a file alone', 0],
	])('gives several passes at once the same documents, made once (%s)', async (_, inMemory) => {
		const cache = createCache({ inMemory });
		const { seen, source } = watched(10, true);
		const kept = cache.through(source, []) as Documents<Doc>;
		const first = kept[Symbol.asyncIterator]();
		for (let n = 0; n < 105; n++) expect((await first.next()).value).toEqual(docs[n]);
		const rest = async () => {
			const found: Doc[] = [];
			for (let next = await first.next(); !next.done; next = await first.next()) found.push(next.value);
			return found;
		};
		const [some, ...all] = await Promise.all([rest(), collect(kept), collect(kept), collect(kept)]);
		expect(some).toEqual(docs.slice(105));
		for (const found of all) expect(found).toEqual(docs);
		expect(await collect(kept)).toEqual(docs);
		expect(seen).toEqual({ passes: 1, documents: 1000, ends: 1 });
		await cache.close();
	});

	it('does not end a pass that comes by while the last documents are being written', async () => {
		let open = () => {};
		const gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		const source = documentsFrom(async function* () {
			yield docs.slice(0, 256);
			await gate;
			yield docs.slice(256, 300);
		}, false);
		const cache = createCache({ inMemory: 0 });
		const kept = cache.through(source, []) as Documents<Doc>;
		const [one, other] = [kept[Symbol.asyncIterator](), kept[Symbol.asyncIterator]()];
		for (let n = 0; n < 256; n++) for (const pass of [one, other]) expect((await pass.next()).value).toEqual(docs[n]);
		const last = one.next();
		open();
		// The source has ended, and its documents are on their way to the file: that takes a turn of the event loop, these none.
		for (let n = 0; n < 1000; n++) await undefined;
		expect(await other.next()).toEqual({ done: false, value: docs[256] });
		expect(await last).toEqual({ done: false, value: docs[256] });
		await cache.close();
	});

	it('goes on where a pass ended early', async () => {
		for (const [cache, most] of [
			[createCache(), 210],
			[small(), 500],
		] as const) {
			const { seen, source } = watched(10, true);
			const kept = cache.through(source, []) as Documents<Doc>;
			for await (const { n } of kept) if (n === 200) break;
			expect(seen).toMatchObject({ passes: 1, ends: 0 });
			expect(seen.documents).toBeLessThanOrEqual(most);
			expect(await collect(kept)).toEqual(docs);
			expect(seen).toEqual({ passes: 1, documents: 1000, ends: 1 });
			await cache.close();
		}
	});

	it('tries again what failed, where it can, and else gets as far and says the same', async () => {
		let fails = true;
		const source = (again: boolean) =>
			documentsFrom(async function* () {
				yield docs.slice(0, 500);
				if (fails) throw new Error('not yet');
				yield docs.slice(500);
			}, again);
		const cache = small();
		const [twice, once] = [cache.through(source(true), []), cache.through(source(false), [])];
		await expect(collect(twice)).rejects.toThrow('not yet');
		const read: object[] = [];
		for (let pass = 0; pass < 2; pass++) {
			await expect(
				(async () => {
					for await (const doc of once) read.push(doc);
				})(),
			).rejects.toThrow('not yet');
		}
		expect(read).toEqual([...docs.slice(0, 500), ...docs.slice(0, 500)]);
		fails = false;
		expect(await collect(twice)).toEqual(docs);
		await cache.close();
	});

	it('lets go of all when it is closed: files, sources, and passes under way', async () => {
		const cache = small();
		const { seen, source } = watched();
		const kept = cache.through(source, []);
		const pass = kept[Symbol.asyncIterator]();
		for (let n = 0; n < 280; n++) await pass.next();
		expect(left()).toHaveLength(2);
		await cache.close();
		expect(left()).toEqual([]);
		expect(seen).toEqual({ passes: 1, documents: 280, ends: 1 });
		await expect(pass.next()).rejects.toThrow(
			'createCache: expected to be open, got a pass after close(). Close it when all that read it have ended.',
		);
		await cache.close();
		// It can be used again: what it kept is made anew.
		expect(await collect(cache.through(source, []))).toEqual(docs);
		expect(seen.documents).toBe(1280);
		await cache.close();
	});

	it('holds documents of a learner that reads them several times, and of one that reads a part', async () => {
		const twice = learner(async (some: Documents<Doc>) => {
			const [all, again] = await Promise.all([collect(some), collect(some)]);
			return map(() => ({ all: all.length, again: again.length }));
		});
		const first = learner(async (some: Documents<Doc>) => {
			for await (const { n } of some) return map(() => ({ first: n }));
			return map(() => ({ first: -1 }));
		});
		const { seen, source } = watched(10, true);
		const fitted = await chain(first, twice, vocabulary()).fit(source);
		expect(fitted.apply([docs[0]!])[0]).toMatchObject({ all: 1000, again: 1000, first: 0 });
		expect(seen).toEqual({ passes: 1, documents: 1000, ends: 1 });
		expect(inTraining(fitted, { epoch: 0 })).toBe(fitted);
	});

	it('refuses what is no number of documents', () => {
		expect(() => createCache({ inMemory: -1 })).toThrow(/^createCache: expected inMemory to be /);
	});
});
