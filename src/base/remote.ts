// Calls into a worker thread and back: the functions of one object, by name. The worker ends itself when asked, never by force.
import { isMainThread, type MessagePort, parentPort, type Transferable, Worker, workerData } from 'node:worker_threads';
import { DataError } from './data-error.js';

/** Functions that a worker offers. */
export type Handlers = { readonly [name: string]: (argument: never) => unknown };

/** Offered functions as the caller sees them. */
export interface Remote<H extends Handlers> {
	/** Calls a function in the worker. Buffers and ports in `transfer` move there and are gone here. */
	call<K extends keyof H & string>(
		name: K,
		argument: Parameters<H[K]>[0],
		transfer?: readonly (ArrayBuffer | MessagePort)[],
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
	/** Its own plain fields, such as `code`, or the `file` and `line` of a `DataError`. */
	readonly fields: Readonly<Record<string, string | number | boolean>>;
	readonly cause?: Failure;
}

/** Causes that travel with an error; one may be its own. */
const causes = 3;

/** What can travel of an error. */
export function failureOf(error: unknown, depth = 0): Failure {
	if (!(error instanceof Error)) return { name: 'Error', message: String(error), fields: {} };
	const { name, message, stack, cause } = error;
	const plain = Object.entries(error).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
	const because = cause instanceof Error && depth < causes ? { cause: failureOf(cause, depth + 1) } : {};
	return { name, message, stack, fields: Object.fromEntries(plain), ...because };
}

/** A class of errors, whatever its constructor takes. */
export type ErrorClass = { readonly name: string; readonly prototype: Error };

const known: readonly ErrorClass[] = [RangeError, TypeError, SyntaxError, ReferenceError, EvalError, URIError, DataError];

/** The error with its class, where it is one of the language, a `DataError`, or one of `classes`; else with its name. */
export function errorOf({ name, message, stack, fields, cause }: Failure, classes: readonly ErrorClass[] = []): Error {
	const error = cause === undefined ? new Error(message) : new Error(message, { cause: errorOf(cause, classes) });
	const own = [...known, ...classes].find((one) => one.name === name);
	// Not by its constructor, which may take what is not here any more and make another message of it.
	if (own) Object.setPrototypeOf(error, own.prototype);
	else Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
	Object.assign(error, fields);
	if (stack !== undefined) error.stack = stack;
	return error;
}

/** Buffers that move with a result. */
const moving = new WeakMap<object, readonly ArrayBuffer[]>();

/** For what a handler returns: these buffers move to the caller instead of being copied, and are gone here. */
export function moved<T extends object>(value: T, buffers: readonly ArrayBuffer[]): T {
	moving.set(value, buffers);
	return value;
}

/** How calls are answered. */
export interface ServeOptions {
	/** Calls begin in their order, and then run beside each other. By default each waits for the one before. */
	readonly concurrent?: boolean;
	/** Whoever has the other end of this port calls. Default: the thread that started this one. */
	readonly port?: MessagePort;
}

/** In a worker: offers functions to the thread that started it, or to who has the other end of a port. */
export function serve(handlers: Handlers, { concurrent = false, port = parentPort ?? undefined }: ServeOptions = {}): void {
	if (isMainThread || !port) throw new TypeError('serve: expected to run in a worker thread, got the main thread.');
	const answer = async ({ id, name, argument }: Request) => {
		try {
			const value = await handlers[name]!(argument);
			port.postMessage({ id, value } satisfies Reply, moving.get(value as object) ?? []);
		} catch (error) {
			port.postMessage({ id, failure: failureOf(error) } satisfies Reply);
		}
	};
	const running = new Set<Promise<void>>();
	let last: Promise<void> = Promise.resolve();
	port.on('message', (request: Request | 'close') => {
		if (request === 'close') {
			Promise.all(running).then(() => port.close());
			return;
		}
		const answered = concurrent ? answer(request) : last.then(() => answer(request));
		last = answered;
		running.add(answered);
		answered.then(() => running.delete(answered));
	});
}

/**
 * A worker takes over the flags of the process. But `node --input-type=module -e …` is about text, and a worker with that flag refuses to
 * start from its file; and flags of the engine, which hold for all threads anyway, are refused where flags are given.
 */
function startThread(module: URL): Worker {
	const isText = (flag: string | undefined) => flag?.startsWith('--input-type') ?? false;
	const flags = process.execArgv;
	const data = { workerData: ours };
	if (!flags.some(isText)) return new Worker(module, data);
	try {
		return new Worker(module, { ...data, execArgv: flags.filter((flag, place) => !isText(flag) && flags[place - 1] !== '--input-type') });
	} catch {
		return new Worker(module, { ...data, execArgv: [] });
	}
}

/** What our workers begin with, to know themselves by. */
const ours = 'a worker of textloom';

/** Whether this is a worker that `startWorker` has started. */
export const isWorker = (): boolean => workerData === ours;

/** A thread begins with the working directory of its process. */
function homeless(cause: Error): Error {
	return new Error('worker: expected a working directory, got one that was removed. Start in a folder that is there.', { cause });
}

/** How a worker is called. */
export interface WorkerOptions {
	/** Classes that its errors come back with, beside those of `errorOf`. */
	readonly errors?: readonly ErrorClass[];
}

/** The end that calls: what waits for answers, over whatever messages go through. */
class Caller<H extends Handlers> {
	readonly #waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
	readonly #target: Pick<MessagePort, 'postMessage' | 'ref' | 'unref'>;
	readonly #errors: readonly ErrorClass[];
	#calls = 0;
	#closing = false;
	#ended: Error | undefined;

	constructor(target: Pick<MessagePort, 'postMessage' | 'ref' | 'unref'>, { errors = [] }: WorkerOptions) {
		this.#target = target;
		this.#errors = errors;
		target.unref();
	}

	readonly call: Remote<H>['call'] = (name, argument, transfer = []) =>
		new Promise((resolve, reject) => {
			if (this.#closing) return reject(new Error(`worker: expected no call after close, got ${name}. Start another worker.`));
			if (this.#ended) return reject(this.#ended);
			const id = this.#calls++;
			this.#target.postMessage({ id, name, argument }, transfer as Transferable[]);
			this.#waiting.set(id, { resolve, reject });
			this.#target.ref();
		});

	/** Takes an answer. */
	take(reply: Reply): void {
		const call = this.#waiting.get(reply.id);
		this.#waiting.delete(reply.id);
		// Who waits for its end must not lose the process meanwhile.
		if (this.#waiting.size === 0 && !this.#closing) this.#target.unref();
		if ('failure' in reply) call?.reject(errorOf(reply.failure, this.#errors));
		else call?.resolve(reply.value as never);
	}

	/** No answer comes any more. */
	end(error: Error): void {
		this.#ended ??= error;
		for (const { reject } of this.#waiting.values()) reject(this.#ended);
		this.#waiting.clear();
	}

	/** No call any more; asks the other end to end where it has not. */
	close({ ask }: { ask: boolean }): void {
		if (!this.#ended && !this.#closing) {
			this.#target.ref();
			if (ask) this.#target.postMessage('close');
		}
		this.#closing = true;
	}
}

/** Calls the functions that are served at the other end of a port, which another thread has. */
export function connect<H extends Handlers>(port: MessagePort, options: WorkerOptions = {}): Pick<Remote<H>, 'call'> {
	const caller = new Caller<H>(port, options);
	port.on('message', (reply: Reply) => caller.take(reply));
	port.unref();
	port.on('close', () => caller.end(new Error('worker: expected another thread to go on, got its end. Start again.')));
	return caller;
}

/** Starts a worker from a module that calls `serve`. It keeps the process alive only while a call is under way. */
export function startWorker<H extends Handlers>(module: URL, options: WorkerOptions = {}): Remote<H> {
	const worker = startThread(module);
	const caller = new Caller<H>(worker, options);
	const exited = new Promise<void>((resolve) => {
		const end = (error: Error) => {
			caller.end(error);
			resolve();
		};
		worker.on('error', (error: NodeJS.ErrnoException) => end(error.syscall === 'uv_cwd' ? homeless(error) : error));
		worker.on('exit', (code) => end(new Error(`worker: expected to go on, got its end with code ${code}. Start again.`)));
	});
	worker.on('message', (reply: Reply) => caller.take(reply));
	return {
		call: caller.call,
		close: () => {
			caller.close({ ask: true });
			return exited;
		},
		terminate: async () => {
			caller.close({ ask: false });
			await worker.terminate();
		},
	};
}
