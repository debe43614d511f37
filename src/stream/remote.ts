// Calls into a worker thread and back: the functions of one object, by name. The worker ends itself when asked, never by force.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

/** Functions that a worker offers. */
export type Handlers = { readonly [name: string]: (argument: never) => unknown };

/** Offered functions as the caller sees them. */
export interface Remote<H extends Handlers> {
	/** Calls a function in the worker. Buffers in `transfer` move there and are gone here. */
	call<K extends keyof H & string>(
		name: K,
		argument: Parameters<H[K]>[0],
		transfer?: readonly ArrayBuffer[],
	): Promise<Awaited<ReturnType<H[K]>>>;
	/** Lets the worker end after the calls already made. */
	close(): Promise<void>;
	/** Ends the worker at once, whatever it does. Not where native code may be at work. */
	terminate(): Promise<void>;
}

interface Request {
	readonly id: number;
	readonly name: string;
	readonly argument: never;
}
type Reply = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: Failure });

/** An error on its way: threads copy only the classes of the language, and fail on some others. */
export interface Failure {
	readonly name: string;
	readonly message: string;
	readonly stack?: string | undefined;
}

/** What can travel of an error. */
export function failureOf(error: unknown): Failure {
	if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
	const { name, message, stack } = error;
	return { name, message, stack };
}

const classes: Readonly<Record<string, ErrorConstructor>> = { RangeError, TypeError, SyntaxError };

/** The error with its class where it is one of the language, else with its name. */
export function errorOf({ name, message, stack }: Failure): Error {
	const known = Object.hasOwn(classes, name) ? classes[name]! : Error;
	const error = new known(message);
	if (known === Error) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
	if (stack !== undefined) error.stack = stack;
	return error;
}

/** In a worker: offers functions to the thread that started it. Calls run one after the other, in order. */
export function serve(handlers: Handlers): void {
	if (isMainThread || !parentPort) throw new TypeError('serve: expected to run in a worker thread, got the main thread.');
	const port = parentPort;
	let last: Promise<unknown> = Promise.resolve();
	port.on('message', (request: Request | 'close') => {
		last = last.then(async () => {
			if (request === 'close') return port.close();
			const { id, name, argument } = request;
			try {
				port.postMessage({ id, value: await handlers[name]!(argument) } satisfies Reply);
			} catch (error) {
				port.postMessage({ id, failure: failureOf(error) } satisfies Reply);
			}
		});
	});
}

/**
 * A worker takes over the flags of the process. But `node --input-type=module -e …` is about text, and a worker with that flag refuses to
 * start from its file; and flags of the engine, which hold for all threads anyway, are refused where flags are given.
 */
function startThread(module: URL): Worker {
	const isText = (flag: string | undefined) => flag?.startsWith('--input-type') ?? false;
	const flags = process.execArgv;
	if (!flags.some(isText)) return new Worker(module);
	try {
		return new Worker(module, { execArgv: flags.filter((flag, place) => !isText(flag) && flags[place - 1] !== '--input-type') });
	} catch {
		return new Worker(module, { execArgv: [] });
	}
}

/** Starts a worker from a module that calls `serve`. It keeps the process alive only while a call is under way. */
export function startWorker<H extends Handlers>(module: URL): Remote<H> {
	const worker = startThread(module);
	const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
	let calls = 0;
	let closing = false;
	let ended: Error | undefined;
	const exited = new Promise<void>((resolve) => {
		const end = (error: Error) => {
			ended ??= error;
			for (const { reject } of waiting.values()) reject(ended);
			waiting.clear();
			resolve();
		};
		worker.on('error', end);
		worker.on('exit', (code) => end(new Error(`worker: expected to go on, got its end with code ${code}. Start again.`)));
	});
	worker.unref();
	worker.on('message', (reply: Reply) => {
		const call = waiting.get(reply.id);
		waiting.delete(reply.id);
		if (waiting.size === 0) worker.unref();
		if ('failure' in reply) call?.reject(errorOf(reply.failure));
		else call?.resolve(reply.value as never);
	});
	return {
		call: (name, argument, transfer = []) =>
			new Promise((resolve, reject) => {
				if (closing) return reject(new Error(`worker: expected no call after close, got ${name}. Start another worker.`));
				if (ended) return reject(ended);
				const id = calls++;
				worker.postMessage({ id, name, argument }, transfer);
				waiting.set(id, { resolve, reject });
				worker.ref();
			}),
		close: () => {
			if (!ended && !closing) {
				worker.ref();
				worker.postMessage('close');
			}
			closing = true;
			return exited;
		},
		terminate: async () => {
			closing = true;
			await worker.terminate();
		},
	};
}
