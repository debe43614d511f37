// Stages in worker threads: the same documents in the same order; errors, death and abort end it clearly, and no thread stays.
import { execFileSync, spawnSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import {
	type AnyStage,
	chain,
	clean,
	collect,
	labels,
	map,
	parallel,
	pipe,
	type Source,
	shuffle,
	take,
	tfidf,
	toJSON,
	vocabulary,
	words,
} from 'textloom';
import { documentsFrom } from 'textloom/stream';
import { afterEach, describe, expect, expectTypeOf, it, onTestFinished, vi } from 'vitest';
import { inOrder } from '../../dist/src/stages/threads/in-order.js';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { docs, stageExamples } from './examples.js';
import { endless, even, exit, fussy, hoard, pause } from './own-stages.mjs';

const { file } = temporary();
const module = new URL('./own-stages.mjs', import.meta.url);
const modules = Object.fromEntries(['pause', 'exit', 'hoard', 'fussy', 'even', 'endless'].map((name) => [name, { module }]));
const many = Array.from({ length: 3000 }, (_, n) => ({ n, text: `Text <b>${n}</b> &amp; the Sea`, label: n % 3 ? 'odd' : 'even' }));

/** Worker threads of this process. */
const threads = () => (process.report.getReport() as unknown as { workers: unknown[] }).workers.length;
const before = threads();
/** Workers end a moment after the iteration does where it is told not to wait. */
afterEach(() => vi.waitFor(() => expect(threads()).toBe(before), { timeout: hang, interval: 20 }));

const failure = (docs: AsyncIterable<unknown>) =>
	collect(docs).then(
		() => {
			throw new Error('expected a failure');
		},
		(error: Error) => error,
	);

describe('parallel', () => {
	it.each(stageExamples.filter(([, stage]) => !stage.sequential))('%s does the same as without', async (_, stage) => {
		expect(await collect(parallel(stage, { workers: 2 })(docs))).toEqual(await collect(stage(docs)));
	});

	it('keeps order, fields and types', async () => {
		const stages = [clean(), words()] as const;
		const out = pipe(many, parallel(stages, { workers: 3 }));
		expectTypeOf(out).toExtend<AsyncIterable<{ n: number; text: string; tokens: string[] }>>();
		expect(await collect(out)).toEqual(chain(...stages).apply(many));
		expect(threads()).toBe(before);
		expect(await collect(out)).toHaveLength(many.length);
	});

	it('does not compile where the documents lack what the stages need', () => {
		// @ts-expect-error words needs text
		expect(() => pipe([{ n: 1 }], parallel([words()]))).not.toThrow();
	});

	it('keeps the order of chunks that take different times', async () => {
		const slow = many.map((doc, i) => ({ ...doc, ms: (i * 7919) % 23 }));
		const source = documentsFrom(async function* () {
			for (let start = 0; start < 600; ) {
				const size = 1 + ((start * 31) % 40);
				yield slow.slice(start, start + size);
				start += size;
			}
		});
		const out = await collect(parallel(pause(), { workers: 4, modules })(source));
		expect(out.map(({ n }) => n)).toEqual((await collect(source)).map(({ n }) => n));
	});

	it('takes stages that drop documents, none at all, and generators', async () => {
		const numbers = async (source: Iterable<{ n: number }>) =>
			(await collect(parallel(even(), { workers: 2, modules })(source))).map(({ n }) => n);
		expect(await numbers(many)).toEqual(many.map(({ n }) => n).filter((n) => n % 2 === 0));
		expect(await numbers([])).toEqual([]);
		const generator = (function* () {
			yield* many;
		})();
		expect(await numbers(generator)).toHaveLength(1500);
	});

	it('hands on a document of a live stream before the next one comes', async () => {
		let next = () => {};
		const live = async function* () {
			yield { text: 'first' };
			await new Promise<void>((resolve) => {
				next = resolve;
			});
			yield { text: 'second' };
		};
		const seen: string[] = [];
		for await (const { tokens } of pipe(live(), parallel(words(), { workers: 2 }))) {
			seen.push(...tokens);
			next();
		}
		expect(seen).toEqual(['first', 'second']);
	});

	it('reads no more than a few chunks ahead', async () => {
		let read = 0;
		let closed = false;
		const source = documentsFrom(async function* () {
			try {
				for (;;) {
					read++;
					yield many.slice(0, 300);
				}
			} finally {
				closed = true;
			}
		});
		for await (const _ of pipe(source, parallel(words(), { workers: 2 }))) break;
		// Four chunks for each worker, and the one that is read meanwhile.
		expect(read).toBeLessThanOrEqual(9);
		expect(closed).toBe(true);
		expect(threads()).toBe(before);
	});

	it('reads no more than may be under way, and nothing while no result is taken', async () => {
		let read = 0;
		const chunks = async function* () {
			for (;;) {
				read++;
				yield new Array<number>(300).fill(read);
			}
		};
		// Work that ends when it is told to.
		const work: (() => void)[] = [];
		const send = ([first]: number[]) => new Promise<number>((resolve) => work.push(() => resolve(first!)));
		const results = inOrder(chunks(), { send, idle: () => false, limit: 5 });
		const state = async () => {
			for (let turn = 0; turn < 100; turn++) await setImmediate();
			return [work.length, read];
		};
		const first = results.next();
		expect(await state()).toEqual([5, 5]);
		for (const end of work) end();
		expect((await first).value).toBe(1);
		expect(await state()).toEqual([5, 5]);
		expect((await results.next()).value).toBe(2);
		expect(await state()).toEqual([5, 6]);
		await results.return(undefined);
	});

	it('keeps the fields that are asked for', async () => {
		const fitted = await vocabulary().fit(pipe(many, clean(), words()));
		const out = pipe(many, parallel([clean(), words(), fitted], { workers: 2, keep: ['ids', 'label'] }));
		expectTypeOf(out).toExtend<AsyncIterable<{ ids: Int32Array; label: string }>>();
		expect(await collect(out)).toEqual(
			chain(clean(), words(), fitted)
				.apply(many)
				.map(({ ids, label }) => ({ ids, label })),
		);
	});

	it('refuses to keep a field that no document has', async () => {
		const error = await failure(pipe(many, parallel(words(), { workers: 2, keep: ['tokens', 'zz' as 'text'] })));
		expect(error).toBeInstanceOf(TypeError);
		expect(error.message).toBe(
			'parallel: expected documents with the fields of keep, got 3000 without "zz". Name fields that documents have or stages add.',
		);
		const sparse = many.map((doc) => (doc.n === 2999 ? { ...doc, zz: 1 } : doc));
		const out = pipe(sparse, parallel(words(), { workers: 2, keep: ['zz'] }));
		expect(await collect(out)).toHaveLength(many.length);
	});

	it('has learners count in the workers, with the same result', async () => {
		const tokens = pipe(many, parallel([clean(), words()], { workers: 3 }));
		const plain = pipe(many, clean(), words());
		for (const learner of [vocabulary({ minCount: 2 }), tfidf(), labels()] as unknown as { fit(docs: unknown): Promise<AnyStage> }[]) {
			expect(toJSON(await learner.fit(tokens))).toEqual(toJSON(await learner.fit(plain)));
		}
		const stages = chain(parallel([clean(), words()], { workers: 2 }), vocabulary());
		expect(toJSON(await stages.fit(many))).toEqual(toJSON(await chain(clean(), words(), vocabulary()).fit(many)));
	});

	it('is the same pipeline when it is saved', () => {
		expect(toJSON(parallel([clean(), words()]))).toEqual(toJSON(chain(clean(), words())));
	});

	it('carries any text and any plain value unharmed', async () => {
		const odd = fc.oneof(
			fc.constantFrom('__proto__', 'constructor', 'toString', '', '\0', '\ud800', '\udc00a'),
			fc.string({ unit: 'binary' }),
		);
		const doc = fc.record(
			{
				text: odd,
				tokens: fc.array(odd),
				ids: fc.int32Array(),
				mixed: fc.oneof(
					odd,
					fc.constant(null),
					fc.constant(undefined),
					fc.double(),
					fc.float32Array(),
					fc.array(fc.oneof(odd, fc.integer())),
				),
			},
			{ requiredKeys: ['text'] },
		);
		const keyed = fc.tuple(doc, odd).map(
			([doc, key]) =>
				Object.defineProperty({ ...doc }, key, {
					value: key,
					enumerable: true,
					configurable: true,
					writable: true,
				}) as typeof doc extends never ? never : { text: string },
		);
		const pass = parallel(pause(), { workers: 2, modules });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.oneof(doc as fc.Arbitrary<{ text: string }>, keyed), { maxLength: 20 }), async (docs) => {
				const out = await collect(pass(docs));
				expect(out.map(({ waited, ...doc }) => doc)).toStrictEqual(docs.map((doc) => ({ ...doc })));
			}),
			{ numRuns: 40 },
		);
	});
});

describe('what goes wrong', () => {
	const bad = (fields: object) => many.map((doc) => (doc.n === 1000 ? { ...doc, ...fields } : doc));

	it('an error names document and stage, and keeps its class', async () => {
		const error = await failure(pipe(bad({ bad: true }), parallel([clean(), fussy()], { workers: 2, modules })));
		expect(error).toBeInstanceOf(RangeError);
		expect(error.message).toBe('document 1001: fussy: expected good, got bad');
		const filed = await failure(pipe(bad({ bad: true, file: 'a.csv', line: 12 }), parallel([clean(), fussy()], { workers: 2, modules })));
		expect(filed.message).toBe('a.csv:12: fussy: expected good, got bad');
	});

	it('an error comes after the documents of the chunks before it', async () => {
		const seen: number[] = [];
		await expect(async () => {
			for await (const { n } of pipe(bad({ bad: true }), parallel(fussy(), { workers: 3, modules }))) seen.push(n);
		}).rejects.toThrow('document 1001');
		expect(seen).toEqual(many.map(({ n }) => n).slice(0, 768));
	});

	it('an error of the source comes after what was read', async () => {
		const source = documentsFrom(async function* () {
			yield many.slice(0, 300);
			yield many.slice(300, 310);
			throw new Error('the disk is gone');
		});
		const seen: number[] = [];
		await expect(async () => {
			for await (const { n } of pipe(source, parallel(words(), { workers: 2 }))) seen.push(n);
		}).rejects.toThrow('the disk is gone');
		expect(seen).toHaveLength(310);
	});

	it('a learner that fails says where', async () => {
		const error = await labels()
			.fit(pipe(bad({ label: 3 }), parallel(clean(), { workers: 2 })))
			.catch((error: Error) => error);
		expect((error as Error).message).toMatch(/^document 1001: labels: expected a text in the field "label", got 3/);
	});

	it('a worker that ends is an error', async () => {
		const error = await failure(pipe(bad({ exit: true }), parallel(exit(), { workers: 2, modules })));
		expect(error.message).toBe(
			'parallel: expected documents 769 to 1024 back from a worker, got its end (worker: expected to go on, got its end with code 7.). Does a stage of yours call process.exit, or need more memory?',
		);
	});

	it('documents that threads cannot exchange are an error', async () => {
		const error = await failure(pipe(bad({ call: () => 1 }), parallel(words(), { workers: 2 })));
		expect(error.message).toMatch(
			/^parallel: expected documents of plain data, got one .* in documents 769 to 1024 .*Leave that field out\.$/,
		);
	});

	it.each([
		['at once', endless()],
		['between chunks', words()],
	])('abort ends it %s', async (_, stage) => {
		const control = new AbortController();
		const source = documentsFrom(async function* () {
			for (;;) yield many.slice(0, 300);
		});
		const channel = new BroadcastChannel('endless');
		onTestFinished(() => channel.close());
		channel.onmessage = () => control.abort(new Error('enough'));
		let taken = 0;
		const error = await failure(
			pipe(
				source,
				parallel(stage as AnyStage, { workers: 2, modules, signal: control.signal }),
				map(
					() => {
						if (taken++ === 2000) control.abort(new Error('enough'));
						return {};
					},
					{ stage: 'count' },
				),
			),
		);
		expect(error.message).toBe('enough');
	});

	it('leaves no listener at the signal, however the iteration ends', async () => {
		const control = new AbortController();
		const { signal } = control;
		const listeners = () => getEventListeners(signal, 'abort').length;
		const run = (docs: Source<{ text: string }>) => pipe(docs, parallel(words(), { workers: 2, signal }));
		const ends: Record<string, () => Promise<unknown>> = {
			'to its end': () => collect(run(many)),
			early: async () => {
				for await (const _ of run(many)) {
					expect(listeners()).toBeGreaterThan(0);
					break;
				}
			},
			'by an error': () => failure(run(bad({ text: 3 }))),
			aborted: () =>
				failure(
					run(
						documentsFrom(async function* () {
							yield many;
							control.abort(new Error('enough'));
							yield many;
						}),
					),
				),
		};
		for (const [how, end] of Object.entries(ends)) {
			await end();
			expect(listeners(), how).toBe(0);
		}
	});

	it('an aborted signal starts nothing, and abort does not wait for the source', async () => {
		const reason = new Error('no');
		expect(await failure(parallel(words(), { signal: AbortSignal.abort(reason) })(docs))).toBe(reason);
		const control = new AbortController();
		const silent = async function* (): AsyncGenerator<{ text: string }> {
			setImmediate().then(() => control.abort(reason));
			await new Promise(() => {});
		};
		expect(await failure(parallel(words(), { signal: control.signal })(silent()))).toBe(reason);
	});

	it('a module that is not there, or exports no function, is an error', async () => {
		const absent = { pause: { module: new URL('./absent.mjs', import.meta.url) } };
		expect((await failure(parallel(pause(), { modules: absent })(docs))).message).toMatch(/Cannot find module/);
		const wrong = { pause: { module, export: 'notAFunction' } };
		expect((await failure(parallel(pause(), { modules: wrong })(docs))).message).toMatch(
			/^parallel: expected file:.* to export a function notAFunction that makes the stage "pause", got number\. Export it, or correct modules\.$/,
		);
	});

	it('a script that names itself as a module ends with one error: its workers start none', () => {
		const script = file(
			'script.mjs',
			`import { collect, map, parallel } from '${new URL('../../dist/src/index.js', import.meta.url).href}';
			export const mine = () => map((doc) => ({ n: doc.n + 1 }), { stage: 'mine' });
			console.log('runs');
			console.log(await collect(parallel(mine(), { workers: 2, modules: { mine: { module: import.meta.url } } })([{ n: 1 }])));`,
		);
		const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: hang });
		expect(status).toBe(1);
		expect(stdout.split('\n').filter(Boolean)).toEqual(['runs', 'runs']);
		expect(stderr).toMatch(
			/parallel: expected modules to be named by the program, got a thread of parallel that names some: .* Put the stages into a file of their own/,
		);
	});

	it('refuses stages that no thread can find, unfitted stages and odd numbers of workers', () => {
		expect(() => parallel([clean(), fussy()])).toThrow('expected stages of textloom or of your modules, got "fussy"');
		// @ts-expect-error a vocabulary has to learn first
		expect(() => parallel([words(), vocabulary()])).toThrow('parallel: expected fitted stages, got vocabulary');
		expect(() => parallel([words(), take(3)])).toThrow(
			'parallel: expected stages that work on a part of the stream, got take, which must see all of it. Put it before or after parallel.',
		);
		for (const workers of [0, 1.5, -1, Number.NaN]) expect(() => parallel(words(), { workers })).toThrow(RangeError);
	});

	it('a program ends when its iteration does, and also when it leaves the iteration open', () => {
		const program = `
			import { parallel, words } from 'textloom';
			const docs = Array.from({ length: 5000 }, (_, n) => ({ text: 'text ' + n }));
			const run = parallel(words(), { workers: 2 })(docs);
			for await (const _ of run) break;
			const open = run[Symbol.asyncIterator]();
			await open.next();
			console.log('done');`;
		const root = new URL('../..', import.meta.url);
		expect(execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8', timeout: hang })).toBe(
			'done\n',
		);
	});

	it('a worker without memory is an error', () => {
		const program = `
			import { collect, parallel } from 'textloom';
			import { hoard } from '${module.href}';
			const run = parallel(hoard(), { workers: 2, modules: { hoard: { module: '${module.href}' } } })([{ hoard: true }]);
			console.log(await collect(run).catch((error) => error.message));`;
		const root = new URL('../..', import.meta.url);
		const flags = ['--max-old-space-size=64', '--input-type=module', '-e', program];
		expect(execFileSync(process.execPath, flags, { cwd: root, encoding: 'utf8', timeout: hang })).toMatch(
			/^parallel: expected document 1 back from a worker, got its end \(.*memory.*\)/,
		);
	});

	it('shuffle after it is the shuffle of the same documents', async () => {
		const plain = await collect(pipe(many, words(), shuffle({ seed: 1 })));
		expect(await collect(pipe(many, parallel(words(), { workers: 2 }), shuffle({ seed: 1 })))).toEqual(plain);
	});

	it('hoards nothing where nobody asked', () => expect(hoard().apply([{}])).toEqual([{}]));
});
