// The event loop goes on while a classifier predicts: many long texts, one of five million characters, texts that are hard to clean.
import { setTimeout } from 'node:timers/promises';
import { chain, clean, type Model, map, type TextClassification, train, vocabulary, words } from 'textloom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tiny } from './tiny.js';

let model: Model<TextClassification>;
beforeAll(async () => {
	({ model } = await train(tiny({ training: { epochs: 2 } })));
	await model.predict(['rain', 'rain '.repeat(20_000)]);
});
afterAll(() => model.close());

/** The longest time in milliseconds in which nothing else had its turn while the work went on. The monitor of Node.js misses a block that comes first. */
async function longestDelay(work: () => Promise<unknown>): Promise<number> {
	let last = performance.now();
	let worst = 0;
	const timer = setInterval(() => {
		const now = performance.now();
		worst = Math.max(worst, now - last);
		last = now;
	}, 1);
	await setTimeout(10);
	worst = 0;
	await work();
	// A delay is counted at the turn after it.
	await setTimeout(5);
	clearInterval(timer);
	return worst;
}

const sentence = 'Storm warning: rain, soup & ferries – the harbour was closed on 5 May, again. ';
const long = (characters: number) => sentence.repeat(characters / sentence.length);

// Without slices and a thread these block for 1 to 6 seconds, and marks for hours; with them for 10 to 50 ms.
describe('the event loop goes on', { timeout: 120_000 }, () => {
	it('while many long texts are predicted', async () => {
		const texts = Array.from({ length: 1024 }, () => long(50_000));
		expect(await longestDelay(() => model.predict(texts))).toBeLessThan(1000);
	});

	it.each([
		['of many words', sentence],
		['of marks', '\u0301\u0323'],
		['of emoji', '😀'],
		['of Han characters', '设'],
	])('while one text of five million characters is, %s', async (_, unit) => {
		const text = unit.repeat(5_000_000 / unit.length);
		const delay = await longestDelay(async () => {
			const [alone] = await model.predict([text]);
			expect(alone!.text).toBe(text);
		});
		expect(delay).toBeLessThan(1000);
	});
});

it('gives the same for a text wherever it goes through the stages, and keeps the order', async () => {
	const texts = ['rain and frost', long(200_000), 'soup', `soup ${' '.repeat(70_000)}`, long(66_000), ''];
	const together = await model.predict(texts);
	expect(together.map(({ text }) => text)).toEqual(texts);
	for (const [place, text] of texts.entries()) {
		const ids = model.stages.apply([{ text }]) as { ids: Int32Array }[];
		const { probabilities, cut, warning } = together[place]!;
		expect(cut).toBe(ids[0]!.ids.length > model.config.maxLength);
		const short = (await model.predict([cut ? text.slice(0, 10_000) : text.trim()]))[0]!;
		for (const [label, share] of probabilities.entries()) expect(share).toBeCloseTo(short.probabilities[label]!, 6);
		expect(warning?.slice(0, 20)).toBe(short.warning?.slice(0, 20));
	}
});

it('says of a long text in which document it failed', async () => {
	const bad = { text: long(70_000), file: 'long.txt', line: 3 };
	const docs = [{ text: 'rain' }, { ...bad, text: 5 as unknown as string }, bad];
	const all = async () => {
		for await (const _ of model(docs));
	};
	await expect(all()).rejects.toThrow('long.txt:3: clean: ');
});

it('sends long texts through stages of your own, too', async () => {
	const shout = () => map(({ text }: { text: string }) => ({ text: text.toLowerCase() }), { stage: 'shout' });
	const own = await train(tiny({ stages: chain(shout(), clean(), words(), vocabulary()), training: { epochs: 1 } }));
	const text = long(200_000);
	expect((await own.model!.predict([text]))[0]).toMatchObject({ text, cut: true });
	await own.model!.close();
});
