import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkWritable, writeAllAtomic, writeAtomic } from '../../dist/src/base/write-atomic.js';
import { temporary } from '../temporary.js';

const { folder, file } = temporary();

/** Makes an empty folder of this name. */
function inside(name: string): string {
	const path = join(folder, name);
	mkdirSync(path);
	return path;
}

/** A file system of our own (Linux, where unprivileged name spaces are allowed). */
const mounts = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', folder]).status === 0;

/** The calls that make files durable, of a process that runs this with a folder of the name. */
function recorded(name: string, script: string): string[] {
	const library = new URL('../../dist/src/base/index.js', import.meta.url).href;
	const preload = new URL('./recorded.mjs', import.meta.url).href;
	const whole = `import { replaceFiles, writeAllAtomic, writeAtomic } from '${library}'; const [folder] = process.argv.slice(1); ${script}`;
	const { stdout, stderr } = spawnSync(process.execPath, ['--import', preload, '--input-type=module', '-e', whole, inside(name)]);
	expect(String(stderr)).toBe('');
	return String(stdout).trim().split('\n');
}

describe('what is written is on the disk before it takes a name, and the name after it', () => {
	it('of one file', () => {
		expect(recorded('one', "await writeAtomic(folder + '/a', 'new');")).toEqual(['sync aside.tmp', 'rename aside.tmp to a', 'sync one']);
	});

	it('of several', () => {
		expect(recorded('several', "await writeAllAtomic({ [folder + '/a']: 'a', [folder + '/b']: 'b' });")).toEqual([
			...['sync aside.tmp', 'sync aside.tmp'],
			...['rename aside.tmp to a', 'rename aside.tmp to b', 'sync several'],
		]);
	});

	it('of files that are replaced as one', () => {
		expect(recorded('as-one', "await replaceFiles(folder, { a: 'a', 'in/b': 'b' });")).toEqual([
			...['sync a', 'sync b', 'sync aside', 'sync in'],
			...['rename aside to .textloom-current', 'sync as-one'],
			...['rename a to a', 'sync as-one', 'rename b to b', 'sync in'],
		]);
	});
});

describe('writeAtomic', () => {
	it('writes text and bytes, new files and old ones', async () => {
		const path = join(inside('write'), 'model.json');
		await checkWritable(path);
		await writeAtomic(path, 'é');
		await checkWritable(path);
		expect(readFileSync(path, 'utf8')).toBe('é');
		await writeAtomic(path, new Uint8Array([1, 2, 3]));
		expect([...readFileSync(path)]).toEqual([1, 2, 3]);
		expect(readdirSync(join(folder, 'write'))).toEqual(['model.json']);
	});

	it('keeps the permissions of the old file and follows links', async () => {
		const old = file('old', 'old');
		chmodSync(old, 0o640);
		symlinkSync(old, join(folder, 'link'));
		await writeAtomic(join(folder, 'link'), 'new');
		expect(readFileSync(old, 'utf8')).toBe('new');
		expect(statSync(old).mode & 0o777).toBe(0o640);
	});

	it.each<[what: string, prepare: () => string, reason: (path: string) => string]>([
		[
			'no such folder',
			() => join(folder, 'none', 'a'),
			() => `expected to write a in folder ${join(folder, 'none')}, got: no such folder. Create it first.`,
		],
		[
			'a path through a file',
			() => join(file('plain', ''), 'a'),
			() => `in folder ${join(folder, 'plain')}, got: a path through something that is no folder. Check the path.`,
		],
		[
			'a folder of that name',
			() => inside('taken'),
			() => `expected to write taken in folder ${folder}, got: a folder of the file’s name. Choose another name.`,
		],
	])('says what is wrong: %s', async (_, prepare, reason) => {
		const path = prepare();
		const before = readdirSync(folder);
		await expect(checkWritable(path)).rejects.toThrow(reason(path));
		await expect(writeAtomic(path, 'new')).rejects.toThrow(reason(path));
		expect(readdirSync(folder)).toEqual(before);
	});

	it('leaves no temporary file and the old one as it was when the data cannot be written', async () => {
		const path = file('kept', 'old');
		await expect(writeAtomic(path, { not: 'data' } as never)).rejects.toThrow(TypeError);
		expect(readFileSync(path, 'utf8')).toBe('old');
		expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
	});

	it('writes all files or none', async () => {
		const [first, second] = [file('first', 'old'), join(folder, 'none', 'second')];
		await expect(writeAllAtomic({ [first]: 'new', [second]: 'new' })).rejects.toThrow('expected to write second');
		expect(readFileSync(first, 'utf8')).toBe('old');
		expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
		await writeAllAtomic({ [first]: 'new', [join(folder, 'third')]: 'new' });
		expect([first, join(folder, 'third')].map((path) => readFileSync(path, 'utf8'))).toEqual(['new', 'new']);
	});

	it.skipIf(process.platform === 'win32')('says what is wrong: no permission', async () => {
		const closed = inside('closed');
		const path = join(closed, 'a');
		chmodSync(folder, 0o755);
		chmodSync(closed, 0o555);
		const root = process.getuid?.() === 0;
		// Root may write anywhere: become somebody else for a moment.
		if (root) process.seteuid?.(65534);
		try {
			await expect(writeAtomic(path, 'new')).rejects.toThrow(
				`writeAtomic: expected to write a in folder ${closed}, got: no permission to write there. Allow it, or write elsewhere.`,
			);
		} finally {
			if (root) process.seteuid?.(0);
		}
	});

	const skipped = mounts ? '' : ' (skipped: no file system may be mounted here)';
	it.skipIf(!mounts)(`says what is wrong: a full disk, a read-only disk; the old file stays${skipped}`, () => {
		const disk = inside('disk');
		const script = `import { writeAtomic } from './dist/src/base/write-atomic.js';
			import { execFileSync } from 'node:child_process';
			import { readFileSync, readdirSync } from 'node:fs';
			const [disk] = process.argv.slice(1);
			const path = disk + '/a';
			const fails = async (data) => { const error = await writeAtomic(path, data).catch((error) => error);
				console.log(error.message); console.log(error.cause.code, readFileSync(path, 'utf8'), readdirSync(disk).join()); };
			await writeAtomic(path, 'old');
			await fails('x'.repeat(200_000));
			execFileSync('mount', ['-o', 'remount,ro', disk]);
			await fails('new');`;
		const { stdout, stderr } = spawnSync('unshare', [
			'-rm',
			'sh',
			'-c',
			'mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" --input-type=module -e "$3" "$1"',
			'sh',
			disk,
			process.execPath,
			script,
		]);
		expect(String(stderr)).toBe('');
		expect(String(stdout).trim().split('\n')).toEqual([
			`writeAtomic: expected to write a in folder ${disk}, got: the disk is full. Make room or write elsewhere.`,
			'ENOSPC old a',
			`writeAtomic: expected to write a in folder ${disk}, got: a disk that is read-only. Write elsewhere.`,
			'EROFS old a',
		]);
	});
});
