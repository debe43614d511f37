// One process at a time: a lock file that outlives no process for long.
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock that was not touched for so long is given up, in milliseconds. Its owner touches it six times as often. */
const staleAfter = 30_000;
const lookEvery = 100;

/** Does `work` while no other process does it: waits for the lock, takes that of a process that has died. Abortable while waiting. */
export async function locked<T>(lock: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
	const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
	while (!(await take(lock, mine))) {
		signal?.throwIfAborted();
		const other = await readFile(lock, 'utf8').catch(() => undefined);
		if (other === undefined) continue;
		if (await isStale(lock, other)) await breakLock(lock, other);
		else await delay(lookEvery, undefined, { ...(signal && { signal }) }).catch(() => signal?.throwIfAborted());
	}
	const touch = setInterval(() => utimes(lock, new Date(), new Date()).catch(() => {}), staleAfter / 6);
	touch.unref();
	try {
		return await work();
	} finally {
		clearInterval(touch);
		if ((await readFile(lock, 'utf8').catch(() => undefined)) === mine) await rm(lock, { force: true });
	}
}

async function take(lock: string, mine: string): Promise<boolean> {
	try {
		await writeFile(lock, mine, { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

async function isStale(lock: string, content: string): Promise<boolean> {
	const touched = await stat(lock).then(
		({ mtimeMs }) => mtimeMs,
		() => Date.now(),
	);
	if (Date.now() - touched > staleAfter) return true;
	const { pid, host } = owner(content);
	if (host !== hostname() || pid === undefined) return false;
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}

function owner(content: string): { pid?: number; host?: string } {
	try {
		return JSON.parse(content);
	} catch {
		return {};
	}
}

/** Removes a stale lock, unless another process was faster and this one is new. */
async function breakLock(lock: string, stale: string): Promise<void> {
	const aside = `${lock}.${randomUUID()}`;
	await rename(lock, aside).catch(() => {});
	const content = await readFile(aside, 'utf8').catch(() => undefined);
	if (content !== undefined && content !== stale) await link(aside, lock).catch(() => {});
	await rm(aside, { force: true });
}
