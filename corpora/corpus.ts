// Makes a corpus: of facts of what is published, and of a reader of its files, whose documents have a type of their own.
import { statSync } from 'node:fs';
import { type Counts, DataError, type Documents, type SourceOptions } from 'textloom/stream';
import type { CorpusDocuments, CorpusFacts, OpenSplit } from './facts.js';
import { locate } from './locate.js';
import { sample } from './sample.js';

export type * from './facts.js';

/** What a corpus file needs to read one of its files. */
export interface Reading<S extends string = string> {
	readonly path: string;
	/** The paths of the files beside it. */
	readonly beside: readonly string[];
	readonly split: S;
	/** `onError`, `signal` and `counts`, for the source. */
	readonly options: SourceOptions & { readonly counts: Counts };
}

/** Makes a corpus of its facts and of how one of its files is read. */
export function corpus<D extends object, const F extends CorpusFacts>(
	facts: F,
	read: (reading: Reading<keyof F['splits'] & string>) => Documents<D>,
): F & Readonly<Record<keyof F['splits'] & string, OpenSplit<D>>> {
	type S = keyof F['splits'] & string;
	const open = (split: S, folder: string | null | undefined, options: Pick<SourceOptions, 'onError' | 'signal'> = {}) => {
		if (folder !== undefined && folder !== null && typeof folder !== 'string') {
			throw new TypeError(
				`${facts.name}: expected the path of a data folder, got ${JSON.stringify(folder)}. Leave it out, or pass null for the sample.`,
			);
		}
		const found = locate(facts, split, folder);
		// Only classification corpora have samples.
		if (!found) return sample(facts, split) as CorpusDocuments<object> as CorpusDocuments<D>;
		const { path, file } = found;
		// A file of another size is another edition: its rows are not counted beforehand.
		const same = file.size !== undefined && statSync(path).size === file.size;
		const origin = same ? `the ${file.rows.toLocaleString('en')} rows of ${path}` : path;
		const counts = { read: 0, skipped: 0, replaced: 0 };
		return Object.assign(read({ path, beside: found.beside, split, options: { ...options, counts } }), { origin, sample: false, counts });
	};
	const splits = Object.keys(facts.splits) as S[];
	const openers = splits.map((split): [S, OpenSplit<D>] => [split, (folder, options) => open(split, folder, options)]);
	return { ...facts, ...(Object.fromEntries(openers) as Record<S, OpenSplit<D>>) };
}

/** The name of a class by its published number; throws for one that is not there. */
export function className(who: string, classes: readonly string[], number: unknown, first = 0): string {
	const place = typeof number === 'string' && number.trim() !== '' ? Number(number) : number;
	const name = typeof place === 'number' ? classes[place - first] : undefined;
	if (name !== undefined) return name;
	const range = `from ${first} to ${classes.length - 1 + first}`;
	throw new DataError(`${who}: expected a class ${range}, got ${JSON.stringify(number)}. Is this the file of ${who}?`);
}
