// A headless Chromium, driven over its pipe by the DevTools protocol: what a page draws, and what it asks for.
import { spawn, spawnSync } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** The browser: that of TEXTLOOM_CHROMIUM, which must be there then, or the first that is found. */
export const chromium =
	process.env.TEXTLOOM_CHROMIUM ??
	['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0);

/** Why there is no test in a browser. */
export const noBrowser = 'no Chromium was found: install it, or name one by TEXTLOOM_CHROMIUM';

/** An event or an answer. */
interface Message {
	readonly id?: number;
	readonly method?: string;
	readonly params?: Readonly<Record<string, unknown>>;
	readonly result?: Readonly<Record<string, unknown>>;
	readonly error?: { readonly message: string };
}

/** A page in the browser. */
export interface Page {
	/** Messages that the page's side has sent of itself. */
	readonly events: readonly Message[];
	send(method: string, params?: object): Promise<Readonly<Record<string, unknown>>>;
	/** What an expression comes to there, as JSON. */
	evaluate<T>(expression: string): Promise<T>;
	open(url: string): Promise<void>;
	close(): Promise<void>;
}

/** Starts the browser with an empty page. `folder` is for its profile. */
export async function openPage(folder: string): Promise<Page> {
	const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-extensions', '--no-first-run', '--remote-debugging-pipe'];
	const child = spawn(chromium!, [...flags, `--user-data-dir=${folder}`, 'about:blank'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
	});
	const [to, from] = [child.stdio[3] as Writable, child.stdio[4] as unknown as Readable];
	const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
	const waiting = new Map<number, (message: Message) => void>();
	const events: Message[] = [];
	const listeners = new Set<(message: Message) => void>();
	let rest = '';
	from.setEncoding('utf8').on('data', (text: string) => {
		const parts = (rest + text).split('\0');
		rest = parts.pop()!;
		for (const part of parts) {
			const message = JSON.parse(part) as Message;
			if (message.id !== undefined) waiting.get(message.id)?.(message);
			else {
				events.push(message);
				for (const listener of listeners) listener(message);
			}
		}
	});
	let last = 0;
	const call = (method: string, params: object, sessionId?: string) =>
		new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
			const id = ++last;
			waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {})));
			to.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
		});
	const { targetInfos } = (await call('Target.getTargets', {})) as { targetInfos: { type: string; targetId: string }[] };
	const { targetId } = targetInfos.find(({ type }) => type === 'page')!;
	const { sessionId } = (await call('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string };
	const send = (method: string, params: object = {}) => call(method, params, sessionId);
	for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await send(`${domain}.enable`);
	return {
		events,
		send,
		async evaluate<T>(expression: string) {
			const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
				result: { value: T };
				exceptionDetails?: { text: string; exception?: { description?: string } };
			};
			if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
			return result.value;
		},
		async open(url) {
			const loaded = new Promise<void>((resolve) => {
				const listener = ({ method }: Message) => {
					if (method !== 'Page.loadEventFired') return;
					listeners.delete(listener);
					resolve();
				};
				listeners.add(listener);
			});
			await send('Page.navigate', { url });
			await loaded;
		},
		async close() {
			await call('Browser.close', {}).catch(() => {});
			await ended;
		},
	};
}
