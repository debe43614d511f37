// Files replaced as one: whatever the moment at which the process is killed, whoever reads gets all old files or all new ones.
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLeftover, readCurrent, replaceFiles, settleFiles } from '../../dist/src/base/replace-files.js';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const old = { 'a.json': 'old a', 'b.json': 'old b', 'inner/c.bin': 'old c', 'gone.json': 'old only' };
const next = { 'a.json': 'new a', 'inner/c.bin': 'new c', 'b.json': 'new b', 'inner/more/d.bin': 'new d' };

function made(name: string, files: Readonly<Record<string, string>>): string {
	const path = join(folder, name);
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(join(path, name, '..'), { recursive: true });
		writeFileSync(join(path, name), content);
	}
	writeFileSync(join(path, 'beside.txt'), 'not of these');
	return path;
}
const filesIn = (path: string) =>
	Object.fromEntries(
		readdirSync(path, { recursive: true, encoding: 'utf8' })
			.filter((name) => statSync(join(path, name)).isFile())
			.map((name) => [name, readFileSync(join(path, name), 'utf8')]),
	);
/** What a reader gets of these names. */
const read = async (path: string, names: readonly string[]) =>
	Object.fromEntries(await Promise.all(names.map(async (name) => [name, String(await readCurrent(path, name).catch(() => 'none'))])));

/** Replaces the files in a process that is killed at a call of the file system, from 0; the signal it ended by. */
function killedAt(path: string, call: number): Promise<string | null> {
	const script = `import { replaceFiles } from '${new URL('../../dist/src/base/replace-files.js', import.meta.url)}';
		await replaceFiles(process.argv[1], ${JSON.stringify(next)}, { obsolete: ['gone.json'] });`;
	const preload = new URL('./killed-at.mjs', import.meta.url).href;
	const args = ['--import', preload, '--input-type=module', '-e', script, path];
	const child = spawn(process.execPath, args, { env: { ...process.env, KILL_AT: String(call) }, stdio: ['ignore', 'inherit', 'inherit'] });
	return new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
}

describe('replaceFiles', () => {
	it('replaces files, makes folders, removes what is obsolete, keeps permissions and what is beside', async () => {
		const path = made('plain', old);
		chmodSync(join(path, 'a.json'), 0o640);
		await replaceFiles(path, next, { obsolete: ['gone.json'] });
		expect(filesIn(path)).toEqual({ ...next, 'beside.txt': 'not of these' });
		expect(statSync(join(path, 'a.json')).mode & 0o777).toBe(0o640);
		expect(readdirSync(path).sort()).toEqual(['a.json', 'b.json', 'beside.txt', 'inner']);
	});

	it('leaves the old files and nothing else where one cannot be written', async () => {
		const path = made('refused', old);
		const before = filesIn(path);
		await expect(replaceFiles(path, { 'a.json': 'new', 'b.json': { not: 'data' } as never })).rejects.toThrow(TypeError);
		expect(filesIn(path)).toEqual(before);
		expect(readdirSync(path).filter((name) => name.startsWith('.'))).toEqual([]);
	});

	it('killed at any call of the file system: all old or all new, never old again after new, and in its place when settled', async () => {
		const start = made('start', old);
		const names = Object.keys(next);
		const [oldSeen, newSeen] = [await read(start, names), next];
		const seen: ('old' | 'new')[] = [];
		for (let call = 0; ; call++) {
			const path = join(folder, `killed-${call}`);
			cpSync(start, path, { recursive: true });
			const signal = await killedAt(path, call);
			const found = await read(path, names);
			const which = found['a.json'] === 'old a' ? 'old' : 'new';
			expect(found, `killed at call ${call}`).toEqual(which === 'old' ? oldSeen : newSeen);
			seen.push(which);
			await settleFiles(path);
			expect(await read(path, names), `killed at call ${call}, settled`).toEqual(found);
			const plain = filesIn(path);
			const left = Object.keys(plain).filter((name) => name.split('/').some(isLeftover));
			for (const name of left) delete plain[name];
			// An obsolete file may stay: nobody asks for it.
			expect({ ...plain, 'gone.json': 'old only' }, `killed at call ${call}, settled`).toEqual({
				...(which === 'old' ? old : next),
				'gone.json': 'old only',
				'beside.txt': 'not of these',
			});
			if (which === 'new') expect(left).toEqual([]);
			// A second try comes to its end, whatever the first has left.
			await replaceFiles(path, next, { obsolete: ['gone.json'] });
			expect(await read(path, names)).toEqual(next);
			rmSync(path, { recursive: true });
			if (signal === null) break;
			expect(signal).toBe('SIGKILL');
		}
		// There are many such moments, before and after the one rename.
		expect(seen.filter((which) => which === 'old').length).toBeGreaterThan(10);
		expect(seen.filter((which) => which === 'new').length).toBeGreaterThan(5);
		expect(seen).toEqual([...seen].sort().reverse());
	});

	it('two that settle at once do not disturb each other', async () => {
		for (let round = 0; round < 20; round++) {
			const path = made(`both-${round}`, old);
			made(join(`both-${round}`, '.textloom-current'), next);
			await Promise.all([settleFiles(path), settleFiles(path), settleFiles(path)]);
			expect(await read(path, Object.keys(next))).toEqual(next);
			expect(existsSync(join(path, '.textloom-current'))).toBe(false);
		}
	});
});
