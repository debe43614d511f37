// What a command is, and the errors that end one.
import type { ParseArgsConfig } from 'node:util';

/** The flags that `node:util` parses. */
export type Flags = NonNullable<ParseArgsConfig['options']>;

/** The values of flags. */
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** A command of the command line. */
export interface Command {
	readonly summary: string;
	/** The lines of `--help` after the first. */
	readonly usage: string;
	readonly flags: Flags;
	/** Names of the arguments; those in brackets may be left out, and of one with `…` there may be several. */
	readonly parameters: readonly string[];
	/** Returns the exit code. */
	run(parameters: readonly string[], values: Values): Promise<number>;
}

/** Wrong usage: exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** The value of a flag that takes text. */
export function text(values: Values, name: string): string | undefined {
	const value = values[name];
	return typeof value === 'string' ? value : undefined;
}

/** The value of a flag that takes a whole number from `least`. */
export function whole(values: Values, name: string, least = 1): number | undefined {
	const value = text(values, name);
	if (value === undefined) return undefined;
	const number = Number(value);
	if (value.trim() === '' || !Number.isSafeInteger(number) || number < least) {
		throw new UsageError(`expected a whole number from ${least} for --${name}, got ${JSON.stringify(value)}.`);
	}
	return number;
}
