// Which arguments are runs, and which are files.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Arguments, told apart. */
export interface RunsAndFiles {
	/** The first one, and those after it that are folders of a model. */
	readonly runs: readonly string[];
	readonly files: readonly string[];
}

/** Which arguments after the first run are runs: folders of a model, or of a run that was stopped. */
export function runsAndFiles({ run, files }: { readonly run: string; readonly files: readonly string[] }): RunsAndFiles {
	const isRun = (path: string) => existsSync(join(path, 'config.json')) || existsSync(join(path, 'checkpoint', 'last.safetensors'));
	return { runs: [run, ...files.filter(isRun)], files: files.filter((path) => !isRun(path)) };
}
