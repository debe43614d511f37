// Calls into a worker thread: errors come back as they were, a dead worker keeps nobody waiting, closing waits.
import { execFileSync } from 'node:child_process';
import { DataError } from 'textloom';
import { afterAll, describe, expect, it } from 'vitest';
import { startWorker } from '../../dist/src/base/remote.js';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';

const { file } = temporary();
const library = new URL('../../dist/src/base/index.js', import.meta.url).href;
const path = file(
	'worker.mjs',
	`import { DataError, moved, serve } from '${library}';
	import { setTimeout } from 'node:timers/promises';
	const order = [];
	let after;
	class Odd extends Error { name = 'Odd'; size = 7; inner = { not: 'plain' }; constructor({ size }) { super('size ' + size, { cause: new RangeError('deep', { cause: Object.assign(new Error('gone'), { code: 'ENOENT' }) }) }); } }
	serve({
		double: (number) => 2 * number,
		wait: async ({ name, ms }) => { await setTimeout(ms); order.push(name); return [...order]; },
		sum: (numbers) => numbers.reduce((a, b) => a + b),
		range: () => { throw new RangeError('too far'); },
		type: async () => { throw new TypeError('not that'); },
		data: () => { throw new DataError('bad row', { file: 'a.csv', line: 3 }); },
		odd: () => { throw new Odd({ size: 3 }); },
		moves: () => { const numbers = Float64Array.of(1, 2); after = numbers; return moved({ numbers }, [numbers.buffer]); },
		after: () => after.length,
		text: () => { throw 'just text'; },
		uncloneable: () => () => {},
		exit: () => process.exit(3),
		later: () => { setImmediate(() => { throw new Error('out of turn'); }); return new Promise(() => {}); },
	});`,
);
interface Offered {
	[name: string]: (argument: never) => unknown;
	double(number: number): number;
	wait(argument: { name: string; ms: number }): string[];
	sum(numbers: Float64Array): number;
	exit(argument: undefined): void;
	later(argument: undefined): void;
	moves(argument: undefined): { numbers: Float64Array };
	after(argument: undefined): number;
}
/** As the worker has it; its constructor is of no use here. */
class Odd extends Error {
	override readonly name = 'Odd';
	constructor() {
		super();
		throw new TypeError('made anew');
	}
}
const open: { close(): Promise<void> }[] = [];
const start = () => {
	const worker = startWorker<Offered>(new URL(`file://${path}`), { errors: [Odd] });
	open.push(worker);
	return worker;
};
afterAll(() => Promise.all(open.map((worker) => worker.close())));

describe('a worker', () => {
	const worker = start();

	it('answers each call with its own result, in order', async () => {
		expect(await Promise.all([1, 2, 3].map((number) => worker.call('double', number)))).toEqual([2, 4, 6]);
		const [, second] = await Promise.all([worker.call('wait', { name: 'slow', ms: 20 }), worker.call('wait', { name: 'quick', ms: 0 })]);
		expect(second).toEqual(['slow', 'quick']);
	});

	it('takes buffers with it', async () => {
		const numbers = Float64Array.of(1, 2, 3);
		expect(await worker.call('sum', numbers, [numbers.buffer])).toBe(6);
		expect(numbers.length).toBe(0);
	});

	it.each([
		['range', RangeError, 'RangeError', 'too far'],
		['type', TypeError, 'TypeError', 'not that'],
		['data', DataError, 'DataError', 'a.csv:3: bad row'],
		['odd', Odd, 'Odd', 'size 3'],
		['text', Error, 'Error', 'just text'],
		['uncloneable', Error, 'DataCloneError', /could not be cloned/],
		['missing', TypeError, 'TypeError', /not a function/],
	] as const)('passes the error of %s on, with its class name and message, and goes on', async (name, type, className, message) => {
		const error = await worker.call(name, undefined as never).catch((error: unknown) => error);
		expect(error).toBeInstanceOf(type);
		expect(error).toMatchObject({ name: className, message: message instanceof RegExp ? expect.stringMatching(message) : message });
		expect((error as Error).stack).toContain(className === 'Error' ? '' : (error as Error).message);
		expect(await worker.call('double', 4)).toBe(8);
	});

	it('keeps what belongs to an error: plain fields, and its causes', async () => {
		await expect(worker.call('data', undefined as never)).rejects.toMatchObject({ file: 'a.csv', line: 3 });
		const odd = await worker.call('odd', undefined as never).catch((error: unknown) => error);
		expect(odd).toMatchObject({ size: 7, cause: { name: 'RangeError', message: 'deep', cause: { message: 'gone', code: 'ENOENT' } } });
		expect((odd as Error).cause).toBeInstanceOf(RangeError);
		expect(odd).not.toHaveProperty('inner');
	});

	it('moves the buffers of a result', async () => {
		expect(await worker.call('moves', undefined)).toEqual({ numbers: Float64Array.of(1, 2) });
		expect(await worker.call('after', undefined)).toBe(0);
	});

	it('rejects an argument that cannot be sent, and goes on', async () => {
		await expect(worker.call('double', (() => {}) as never)).rejects.toThrow(/could not be cloned/);
		expect(await worker.call('double', 5)).toBe(10);
	});
});

it('rejects the open calls when the worker dies, and those after', async () => {
	const worker = start();
	const calls = [worker.call('exit', undefined), worker.call('double', 1)];
	const results = await Promise.allSettled(calls);
	for (const result of results) {
		expect(result).toMatchObject({
			status: 'rejected',
			reason: { message: 'worker: expected to go on, got its end with code 3. Start again.' },
		});
	}
	await expect(worker.call('double', 1)).rejects.toThrow('got its end with code 3');
	await worker.close();
});

it('rejects the open calls with the error that ended the worker', async () => {
	const worker = start();
	await expect(Promise.all([worker.call('later', undefined), worker.call('double', 1)])).rejects.toThrow('out of turn');
	await worker.close();
});

it('rejects calls to a module that is not there', async () => {
	const worker = startWorker<Offered>(new URL('file:///none/worker.mjs'));
	await expect(worker.call('double', 1)).rejects.toThrow(/Cannot find module/);
	await worker.close();
});

it('waits for the calls under way when it closes, then takes no more', async () => {
	const worker = start();
	const ended: string[] = [];
	const calls = ['first', 'second'].map((name) => worker.call('wait', { name, ms: 30 }).then(() => ended.push(name)));
	const closed = worker.close();
	await expect(worker.call('double', 1)).rejects.toThrow('worker: expected no call after close, got double. Start another worker.');
	await closed;
	expect(ended).toEqual(['first', 'second']);
	await Promise.all(calls);
	await worker.close();
});

describe('calls beside each other', () => {
	const beside = file(
		'beside.mjs',
		`import { serve } from '${library}';
		const order = [];
		let release;
		const released = new Promise((resolve) => { release = resolve; });
		serve({
			work: async ({ name, held }) => { order.push('begin ' + name); if (held) await released; order.push('end ' + name); return [...order]; },
			// A moment later, when the worker has been asked to close.
			release: () => void setTimeout(release, 30),
		}, { concurrent: true });`,
	);

	it('begin in their order, and end as they can; closing waits for all', async () => {
		interface Held {
			[name: string]: (argument: never) => unknown;
			work(argument: { name: string; held: boolean }): string[];
			release(argument: undefined): void;
		}
		const worker = startWorker<Held>(new URL(`file://${beside}`));
		const slow = worker.call('work', { name: 'slow', held: true });
		expect(await worker.call('work', { name: 'quick', held: false })).toEqual(['begin slow', 'begin quick', 'end quick']);
		const released = worker.call('release', undefined);
		const closed = worker.close();
		await released;
		expect(await slow).toEqual(['begin slow', 'begin quick', 'end quick', 'end slow']);
		await closed;
	});
});

it('keeps the process until a close has settled, also where an answer comes after it', () => {
	const script = `import { startWorker } from '${new URL('../../dist/src/base/remote.js', import.meta.url)}';
		const worker = startWorker(new URL('file://${path}'));
		const call = worker.call('wait', { name: 'a', ms: 30 });
		const closed = worker.close();
		console.log((await call).length);
		await closed;
		console.log('closed');`;
	const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: hang });
	expect(stdout).toBe('1\nclosed\n');
});
