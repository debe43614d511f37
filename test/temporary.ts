// A folder for the files of one test file, removed when its tests are done.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Returns a function that writes a file and gives its path; `folder` is where. */
export function temporary(): { folder: string; file: (name: string, content: string | Uint8Array) => string } {
	const folder = mkdtempSync(join(tmpdir(), 'textloom-test-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return {
		folder,
		file: (name, content) => {
			const path = join(folder, name);
			writeFileSync(path, content);
			return path;
		},
	};
}
