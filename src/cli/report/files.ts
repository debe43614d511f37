// What a run folder says of itself: its history, evaluation, mistakes and settings, as far as they can be read.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { besideModel } from '../../train/task/model-folder.js';

/** A record, an evaluation or a mistake as it is in its file: any field may be missing. */
export type Fields = Readonly<Record<string, unknown>>;

/** The files of a run. */
export interface RunFiles {
	readonly history: readonly Fields[];
	readonly evaluation: Fields | undefined;
	readonly mistakes: readonly { readonly doc: Fields; readonly said: Fields }[];
	readonly settings: Fields | undefined;
	readonly config: Fields | undefined;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads them. A line that is cut off, as by a run that was killed, is left out. */
export async function runFiles(run: string): Promise<RunFiles> {
	const text = (name: string) => readFile(join(run, name), 'utf8').catch(() => '');
	const [history, mistakes, evaluation, settings, config] = await Promise.all(
		['history.jsonl', besideModel.mistakes, besideModel.evaluation, besideModel.settings, 'config.json'].map(text),
	);
	return {
		history: history!.split('\n').flatMap(objectIn),
		mistakes: mistakes!
			.split('\n')
			.flatMap(objectIn)
			.flatMap(({ doc, said }) => (isFields(doc) && isFields(said) ? [{ doc, said }] : [])),
		...{ evaluation: objectIn(evaluation!)[0], settings: objectIn(settings!)[0], config: objectIn(config!)[0] },
	};
}

function objectIn(text: string): Fields[] {
	try {
		const value: unknown = JSON.parse(text);
		return isFields(value) ? [value] : [];
	} catch {
		return [];
	}
}
