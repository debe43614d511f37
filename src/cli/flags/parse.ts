// From the words of a command line to flags and arguments. What the words are is node:util's business, what they mean is the rows'.
import { parseArgs } from 'node:util';
import { nearest } from '../../base/nearest.js';
import { UsageError } from '../usage-error.js';
import { type Flag, type Flags, kebab, namesOf, placeholderOf } from './flag.js';

/** What a command line says. */
export interface Line {
	/** By key. A flag that was turned off (`--no-sample`) is false. */
	readonly flags: Readonly<Record<string, unknown>>;
	readonly words: readonly string[];
	readonly help: boolean;
}

/** Throws a UsageError for what no row allows. */
export function parseLine(words: readonly string[], flags: Flags): Line {
	const keys = new Map(Object.entries(flags).flatMap(([key, row]) => namesOf(key, row).map((name) => [name, key] as const)));
	const types = [...keys].map(([name, key]) => [name, { type: flags[key]!.kind.word ? 'string' : 'boolean' }] as const);
	const options = { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } } as const;
	const { tokens, positionals } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
	const given: Record<string, unknown> = {};
	const seen = tokens.filter((token) => token.kind === 'option');
	const help = seen.some(({ name }) => name === 'help');
	for (const { name, rawName, value, inlineValue } of help ? [] : seen) {
		const off = name.startsWith('no-') ? keys.get(name.slice('no-'.length)) : undefined;
		if (off !== undefined && !flags[off]!.kind.word && value === undefined) {
			given[off] = once(off, false, given);
			continue;
		}
		const key = keys.get(name);
		if (key === undefined) throw unknownFlag(rawName, [...keys.keys()]);
		const row = flags[key]!;
		const read = readWord(key, row, value, inlineValue === true);
		given[key] = row.kind.many ? [...((given[key] as unknown[] | undefined) ?? []), read] : once(key, read, given);
	}
	return { flags: given, words: positionals, help };
}

function unknownFlag(name: string, known: readonly string[]): UsageError {
	const meant = nearest(name.replace(/^-+/, ''), known);
	return new UsageError(`expected a flag that the command has, got ${name}.${meant ? ` Did you mean --${meant}?` : ''}`);
}

/** Of a flag that is given twice the first one had no effect. */
function once(key: string, value: unknown, given: object): unknown {
	if (Object.hasOwn(given, key)) throw new UsageError(`expected --${kebab(key)} once, got it twice.`);
	return value;
}

function readWord(key: string, row: Flag, word: string | undefined, inline: boolean): unknown {
	const name = kebab(key);
	if (!row.kind.word) {
		if (word === undefined) return true;
		throw new UsageError(`expected --${name} without a value, got ${JSON.stringify(word)}.`);
	}
	if (word === undefined) throw new UsageError(`expected --${name} ${placeholderOf(row)}, got no ${placeholderOf(row)}.`);
	if (!inline && /^-./.test(word)) {
		throw new UsageError(`expected --${name} ${placeholderOf(row)}, got ${word}. Write --${name}=${word} if it is the value.`);
	}
	const value = row.kind.word(word);
	if (fits(row, value)) return value;
	throw refusal(`--${name}`, row, word);
}

/** Whether a value is of the row's kind; of a flag that may be repeated, one of its values. */
function fits({ kind }: Flag, value: unknown): boolean {
	return kind.fits(kind.many ? [value] : value);
}

/** That a value is not of its kind; `file` is the settings file that has it. */
export function refusal(name: string, { kind }: Flag, value: unknown, file?: string): UsageError {
	const meant = typeof value === 'string' && kind.choices ? nearest(value, kind.choices) : undefined;
	const where = file === undefined ? '' : `${file}: `;
	const next = meant ? ` Did you mean ${meant}?` : '';
	return new UsageError(`${where}expected ${kind.expected} for ${name}, got ${JSON.stringify(value).slice(0, 60)}.${next}`);
}
