// Settings from a file: a JSON object of the same flags and arguments, checked by the same rows.
import { readFile } from 'node:fs/promises';
import { nearest } from '../../base/nearest.js';
import { parseJson } from '../../base/parse-json.js';
import { UsageError } from '../usage-error.js';
import { camel, type Flags, kebab, namesOf } from './flag.js';
import type { Parameters } from './parameter.js';
import { refusal } from './parse.js';

/** What a settings file says, by key. */
export interface Settings {
	readonly flags: Readonly<Record<string, unknown>>;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** Reads a settings file. Names may be those of the command line (`batch-size`) or of a program (`batchSize`). */
export async function readSettings(path: string, flags: Flags, parameters: Parameters): Promise<Settings> {
	const settable = Object.keys(flags).filter((key) => !flags[key]!.settings);
	const named = (key: string) => [key, ...(flags[key] ? namesOf(key, flags[key]) : [kebab(key)])].flatMap((name) => [name, camel(name)]);
	const keys = new Map([...settable, ...Object.keys(parameters)].flatMap((key) => named(key).map((name) => [name, key])));
	const found = { flags: {} as Record<string, unknown>, parameters: {} as Record<string, unknown> };
	for (const [name, value] of Object.entries(await readObject(path))) {
		const key = keys.get(name);
		if (key === undefined) {
			const meant = nearest(name, [...keys.keys()]);
			const next = meant
				? `Did you mean ${meant}?`
				: `There are ${[...keys.values()].filter((key, at, all) => all.indexOf(key) === at).join(', ')}.`;
			throw new UsageError(`${path}: expected a setting that the command has, got ${name}. ${next}`);
		}
		const flag = flags[key];
		const part = flag ? found.flags : found.parameters;
		if (Object.hasOwn(part, key)) throw new UsageError(`${path}: expected ${key} once, got ${name === key ? kebab(key) : name}, too.`);
		if (flag && !flag.kind.fits(value)) throw refusal(key, flag, value, path);
		part[key] = value;
	}
	return found;
}

async function readObject(path: string): Promise<object> {
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		throw new Error(`expected a settings file at ${path}, got ${error.code === 'ENOENT' ? 'none' : error.message}. Check the path.`);
	});
	let json: unknown;
	try {
		json = parseJson(text);
	} catch (error) {
		throw new Error(`${path}: expected JSON, got: ${(error as Error).message}. Correct it.`);
	}
	if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
	throw new UsageError(`${path}: expected a JSON object of settings, got ${JSON.stringify(json).slice(0, 60)}.`);
}
