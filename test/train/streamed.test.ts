// A model over a stream: windows are read while others are predicted; documents stay in order, few are held.
import { collect, type Model, pipe, train } from 'textloom';
import { documentsFrom } from 'textloom/stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tiny } from './tiny.js';

let model: Model;
beforeAll(async () => {
	({ model } = await train(tiny()));
});
afterAll(() => model.close());

/** Documents of different lengths, with their numbers. */
const numbered = (count: number) => Array.from({ length: count }, (_, n) => ({ n, text: 'rain and soup '.repeat(1 + ((n * 7) % 13)) }));

it('keeps documents in order, whatever chunks they come in', async () => {
	const docs = numbered(3000);
	const alone = await model.predict(docs.slice(0, 40));
	for (const size of [1, 50, 3000]) {
		const source = documentsFrom(async function* () {
			for (let start = 0; start < docs.length; start += size) yield docs.slice(start, start + size);
		});
		const said = await collect(pipe(source, model));
		expect(said.map(({ n }) => n)).toEqual(docs.map(({ n }) => n));
		for (const [i, { label, score }] of (alone as { label: string; score: number }[]).entries()) {
			expect(said[i]).toMatchObject({ label, score: expect.closeTo(score, 5) });
		}
	}
});

it('says a document of a live stream before the next one comes', async () => {
	let next = () => {};
	const live = async function* () {
		yield { n: 1, text: 'rain' };
		await new Promise<void>((resolve) => {
			next = resolve;
		});
		yield { n: 2, text: 'soup' };
	};
	const seen: number[] = [];
	for await (const { n } of pipe(live(), model)) {
		seen.push(n);
		next();
	}
	expect(seen).toEqual([1, 2]);
});

it('reads few windows ahead of who takes the predictions', async () => {
	let read = 0;
	const endless = documentsFrom(async function* () {
		for (;;) {
			const docs = numbered(512);
			read += docs.length;
			yield docs;
		}
	});
	let taken = 0;
	for await (const chunk of model(endless).chunks()) {
		taken += chunk.length;
		// Three windows of 1,024 that are under way, one that is read, and the last of each that was not full.
		expect(read - taken).toBeLessThanOrEqual(5 * 1024);
		if (taken > 20_000) break;
	}
});

it('hands on what was predicted before an error of the source', async () => {
	const broken = documentsFrom(async function* () {
		yield numbered(1500);
		throw new Error('cut off');
	});
	let taken = 0;
	const all = async () => {
		for await (const chunk of model(broken).chunks()) taken += chunk.length;
	};
	await expect(all()).rejects.toThrow('cut off');
	expect(taken).toBe(1500);
});
