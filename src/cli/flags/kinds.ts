// The kinds of values that flags and arguments take: from a word of the command line, or from a value of a settings file.
import { is, type Kind } from '../../base/kinds.js';
import { secondsOf } from './duration.js';

/** A kind of value of type `T`. */
export interface FlagKind<out T = unknown> extends Kind {
	/** The value that a word stands for. A kind without it takes no word: the flag is there or not. */
	readonly word?: (word: string) => unknown;
	/** The words there are, where they are few. */
	readonly choices?: readonly string[];
	/** What a shell completes. */
	readonly completes?: 'files' | 'folders';
	/** Whether the flag may be given several times. */
	readonly many?: boolean;
	/** Only for the compiler: what a value is. */
	readonly value?: T;
}

const asText = (word: string) => word;
// Blank words are no zeros. What is no number is refused as NaN.
const asNumber = (word: string) => (word.trim() === '' ? Number.NaN : Number(word));

/** There or not. */
export const flag: FlagKind<boolean> = is.flag;

/** Any text but an empty one. */
export const text: FlagKind<string> = { ...is.name, word: asText };

/** A file, a pattern, or `-`. */
export const path: FlagKind<string> = { ...is.name, expected: 'a path', word: asText, completes: 'files' };

/** A folder. */
export const folder: FlagKind<string> = { ...is.name, expected: 'the path of a folder', word: asText, completes: 'folders' };

/** Any number. */
export const number: FlagKind<number> = { expected: 'a number', fits: Number.isFinite, word: asNumber };

/** A number above 0. */
export const positive: FlagKind<number> = { ...is.positive, word: asNumber };

/** A share from 0 to 1. */
export const share: FlagKind<number> = { ...is.share, word: asNumber };

/** A whole number from `least` on. */
export function whole(least: number): FlagKind<number> {
	return { ...is.whole(least), word: asNumber };
}

/** One of a few words. */
export function choice<const T extends string>(...choices: readonly T[]): FlagKind<T> {
	const expected = [choices.slice(0, -1).join(', '), choices.at(-1)].filter(Boolean).join(' or ');
	return { ...is.one(...choices), expected, word: asText, choices };
}

/** A text of a form of its own; `expected` says which. */
export function form(expected: string, pattern: RegExp): FlagKind<string> {
	return { expected, fits: (value) => typeof value === 'string' && pattern.test(value), word: asText };
}

/** One character; a tab may be written `\t`. */
export const character: FlagKind<string> = { ...is.delimiter, word: (word) => (word === '\\t' ? '\t' : word) };

/** Any number of values of one kind: the flag is repeated, a settings file has an array. */
export function many<T>(kind: FlagKind<T>): FlagKind<readonly T[]> {
	const { value: _, ...rest } = kind;
	return { ...rest, fits: (value) => Array.isArray(value) && value.every(kind.fits), many: true };
}

/** The name of an encoding. */
export const encoding: FlagKind<string> = { ...is.encoding, word: asText };

/** A number of replicas, or `auto`. */
export const replicaCount: FlagKind<number | 'auto'> = {
	...is.either(is.whole(1), is.one('auto')),
	expected: 'a whole number from 1, or auto',
	word: (word) => (word === 'auto' ? word : asNumber(word)),
};

/** How long: `90s`, `20m`, `1h30m`. */
export const duration: FlagKind<string> = {
	expected: 'a duration such as 90s, 20m or 1h30m',
	fits: (value) => typeof value === 'string' && secondsOf(value) !== undefined,
	word: asText,
};
