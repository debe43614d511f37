// From what was given to the values of a command: the command line first, then settings files, then defaults; what has no effect is an error.
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';
import { type Flags, kebab } from './flag.js';
import { assign, checkArguments } from './parameter.js';
import type { Line } from './parse.js';
import { readSettings, type Settings } from './settings.js';

/** The values of a command's arguments and flags, by key. */
export interface Resolved {
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly flags: Readonly<Record<string, unknown>>;
}

/** A source of values. The command line has no file. */
interface Layer extends Settings {
	readonly file?: string;
	readonly lenient?: boolean;
}

/** The values of a command. Throws a UsageError for flags that exclude each other, flags without effect and missing arguments. */
export async function resolve(command: Command, { flags, words }: Line): Promise<Resolved> {
	const layers = await layersOf(command, { flags, parameters: assign(words, command.parameters) });
	const given: Record<string, unknown> = {};
	const from = new Map<string, Layer>();
	for (const layer of layers) {
		const stronger = Object.keys(given);
		for (const [key, value] of Object.entries(layer.flags)) {
			if (value === false && layer === layers[0]) expectSetting(key, layers);
			if (
				stronger.includes(key) ||
				stronger.includes(command.flags[key]!.of ?? '') ||
				stronger.some((other) => given[other] !== false && exclude(command.flags, key, other))
			)
				continue;
			given[key] = value;
			from.set(key, layer);
		}
	}
	const parameters = checkArguments(Object.assign({}, ...layers.map((layer) => layer.parameters).reverse()), command.parameters);
	const set = Object.keys(given).filter((key) => given[key] !== false);
	for (const key of set) {
		const other = set.find((other) => exclude(command.flags, key, other));
		if (other !== undefined) throw new UsageError(`expected --${kebab(key)} or --${kebab(other)}, got both.`);
	}
	for (const key of set) {
		const needs = command.flags[key]!.needs;
		const got = needs === undefined || (await command.facts[needs]!({ parameters, flags: filled(command.flags, given) }));
		if (got === true) continue;
		const { file, lenient } = from.get(key)!;
		if (!lenient) throw new UsageError(`expected --${kebab(key)}${file === undefined ? '' : ` (${file})`} with ${needs}, got ${got}.`);
		delete given[key];
	}
	return { parameters, flags: filled(command.flags, given) };
}

/** The command line and the settings files that its flags name, the strongest first. */
async function layersOf({ flags, parameters }: Command, line: Settings): Promise<Layer[]> {
	const named = Object.entries(flags).filter(([key, { settings }]) => settings && line.flags[key] !== undefined);
	const files = named.map(async ([key, { settings }]) => {
		const file = settings!.path(line.flags[key] as string);
		return { ...(await readSettings(file, flags, parameters)), file, lenient: settings!.lenient };
	});
	return [line, ...(await Promise.all(files))];
}

function exclude(flags: Flags, a: string, b: string): boolean {
	return flags[a]!.not === b || flags[b]!.not === a;
}

/** Turning off what nothing turns on has no effect. */
function expectSetting(key: string, layers: readonly Layer[]): void {
	if (layers.some(({ flags }) => flags[key] === true)) return;
	throw new UsageError(`expected --no-${kebab(key)} against a setting, got none that has it.`);
}

/** All flags: those not given have their defaults. */
function filled(flags: Flags, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const empty = ({ kind, default: value }: Flags[string]) => value ?? (kind.many ? [] : kind.word ? undefined : false);
	return Object.fromEntries(Object.entries(flags).map(([key, row]) => [key, given[key] ?? empty(row)]));
}
