// A path for the file of one input, in a folder that goes when the process ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;
let count = 0;

/** A path that no file has yet. */
export function temporaryFile(): string {
	if (folder === undefined) {
		const made = mkdtempSync(join(tmpdir(), 'textloom-fuzz-'));
		process.once('exit', () => rmSync(made, { recursive: true, force: true }));
		folder = made;
	}
	return join(folder, String(count++));
}
