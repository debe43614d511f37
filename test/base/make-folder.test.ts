// The one way a folder is made always comes to an end.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';

const { folder, file } = temporary();

describe('makeFolder', () => {
	it('makes a folder and those above it, once or at once, and leaves one that is there', async () => {
		const path = join(folder, 'a', 'b', 'c');
		await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(path, '..', 'd'))]);
		await makeFolder(path);
		expect([path, join(folder, 'a/b/d')].map((made) => statSync(made).isDirectory())).toEqual([true, true]);
	});

	it('says that a file is in the way', async () => {
		const path = file('plain', '');
		await expect(makeFolder(path)).rejects.toMatchObject({ code: 'EEXIST' });
		await expect(makeFolder(join(path, 'a', 'b'))).rejects.toMatchObject({ code: 'EEXIST' });
	});

	it.skipIf(process.platform !== 'linux')('ends where the system refuses a folder whose parent is there (Linux only: /proc)', async () => {
		await expect(makeFolder('/proc/none/a')).rejects.toMatchObject({ code: 'ENOENT' });
	});

	it.skipIf(process.platform === 'win32')('ends in a working directory that was removed', () => {
		const script = `import { makeFolder } from 'textloom/stream';
			import { mkdirSync, rmdirSync } from 'node:fs';
			const gone = process.argv[1] + '/gone';
			mkdirSync(gone);
			process.chdir(gone);
			rmdirSync(gone);
			await makeFolder('run/checkpoint').catch((error) => console.log(error.code));`;
		const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', script, folder], { encoding: 'utf8', timeout: hang });
		expect(stdout).toBe('ENOENT\n');
	});
});
