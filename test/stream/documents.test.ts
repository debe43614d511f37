// What can be read as documents, and how often.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { collect, documents, filter, pipe, sample, shuffle, skip, stage } from 'textloom';
import { asyncStage, replayable, type Step } from 'textloom/stream';
import { describe, expect, it } from 'vitest';

const items = [{ n: 1 }, { n: 2 }];
const web = () =>
	new ReadableStream<{ n: number }>({
		start(controller) {
			for (const item of items) controller.enqueue(item);
			controller.close();
		},
	});

describe('documents', () => {
	it('reads a web stream once, and does not lock it before', async () => {
		const stream = web();
		const docs = documents(stream);
		expect(stream.locked).toBe(false);
		expect(docs.replayable).toBe(false);
		expect(await collect(docs)).toEqual(items);
		expect(await collect(pipe(web(), shuffle({ seed: 1 })))).toHaveLength(2);
		expect(() => replayable(web(), 'fit')).toThrow('got a generator or stream that can be read once');
	});

	it('calls a step that gives a web stream anew for each pass', async () => {
		const docs = pipe(items, () => web());
		for (const _ of [1, 2]) expect(await collect(docs)).toEqual(items);
	});

	it('come in chunks of which none is empty, whatever a stage leaves out', async () => {
		const many = Array.from({ length: 600 }, (_, n) => ({ n }));
		const last = ({ n }: { n: number }) => n >= 500;
		const steps = [
			stage((some: readonly { n: number }[]) => some.filter(last)),
			asyncStage(async (some: readonly { n: number }[]) => some.filter(last)),
			filter(last),
			skip(500),
			sample(0.01, { seed: 1 }),
		];
		for (const step of steps) {
			const sizes: number[] = [];
			for await (const chunk of pipe(many, step as Step<{ n: number }, { n: number }>).chunks()) sizes.push(chunk.length);
			expect(sizes.length).toBeGreaterThan(0);
			expect(Math.min(...sizes)).toBeGreaterThan(0);
		}
	});

	it('knows what can be read twice without reading it', async () => {
		const linked = {
			next: { n: 2 },
			*[Symbol.iterator]() {
				yield* items;
			},
		};
		for (const again of [items, new Set(items), linked]) {
			expect(documents<object>(again).replayable).toBe(true);
			for (const _ of [1, 2]) expect(await collect<object>(documents<object>(again))).toEqual(items);
		}
		let started = false;
		const generator = (function* () {
			started = true;
			yield* items;
		})();
		for (const once of [
			generator,
			new Set(items).values(),
			Readable.from(items),
			(async function* () {
				yield* items;
			})(),
		]) {
			expect(documents<object>(once).replayable).toBe(false);
		}
		expect(started).toBe(false);
		const file = createReadStream(new URL(import.meta.url));
		expect(documents<unknown>(file).replayable).toBe(false);
		file.destroy();
	});
});
