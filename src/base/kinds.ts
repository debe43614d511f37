// The kinds of values that options and arguments have: what a message says of each, and which values are of it.

import { inspect } from 'node:util';

/** A kind of value. */
export interface Kind {
	/** What it is, for `expected … to be`. */
	readonly expected: string;
	readonly fits: (value: unknown) => boolean;
	/** What to do about another value. Default: correct it, or leave it out. */
	readonly next?: string;
	/** Whether there must be a value. */
	readonly needed?: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const from = (least: number) => (least === Number.MIN_SAFE_INTEGER ? 'a whole number' : `a whole number from ${least}`);

/** The kinds, for tables such as `{ seed: is.whole(), by: is.function }`. */
export const is = {
	flag: { expected: 'true or false', fits: (value) => typeof value === 'boolean' },
	text: { expected: 'a text', fits: isText },
	name: { expected: 'a text that is not empty', fits: (value) => isText(value) && value !== '' },
	texts: { expected: 'an array of texts', fits: (value) => Array.isArray(value) && value.every(isText) },
	names: {
		expected: 'an array of texts that are not empty',
		fits: (value) => Array.isArray(value) && value.every((item) => isText(item) && item !== ''),
	},
	share: { expected: 'a share from 0 to 1', fits: (value) => typeof value === 'number' && value >= 0 && value <= 1 },
	function: { expected: 'a function', fits: (value) => typeof value === 'function' },
	object: { expected: 'an object', fits: isObject },
	signal: { expected: 'an AbortSignal', fits: (value) => value instanceof AbortSignal },
	/** One character that can stand between the fields of CSV. */
	delimiter: {
		expected: 'one character that is no quote or line break',
		fits: (value) => isText(value) && value.length === 1 && !'"\r\n'.includes(value),
		next: "Try ',' or '\\t'.",
	},
	/** A name that `TextDecoder` knows. */
	encoding: {
		expected: "the name of an encoding, such as 'latin1', 'gb18030' or 'utf-16le'",
		fits(value) {
			try {
				return isText(value) && value !== '' && new TextDecoder(value) !== undefined;
			} catch {
				return false;
			}
		},
	},
	source: {
		expected: 'documents: an array, an iterable or an async iterable',
		fits: (value) => typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value),
		next: 'Pass an array, or a source such as csv(path).',
	},
	spec: { expected: 'the description of a stage', fits: (value) => isText((value as { stage?: unknown } | null | undefined)?.stage) },
	stage: {
		expected: 'a stage',
		fits: (value) => typeof value === 'function' && isText((value as { spec?: { stage?: unknown } }).spec?.stage),
		next: 'Make it with map() or stage().',
	},
	whole: (least = Number.MIN_SAFE_INTEGER): Kind => ({
		expected: from(least),
		fits: (value) => Number.isSafeInteger(value) && (value as number) >= least,
	}),
	/** A number from `least` on, below `limit`. */
	number: (least: number, limit = Number.POSITIVE_INFINITY): Kind => ({
		expected: `a number in [${least}, ${limit})`,
		fits: (value) => typeof value === 'number' && value >= least && value < limit,
	}),
	positive: {
		expected: 'a number above 0',
		fits: (value) => typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY,
	},
	/** An array of values of one kind. */
	list: (item: Kind): Kind => ({
		expected: `an array, each item ${item.expected}`,
		fits: (value) => Array.isArray(value) && value.every(item.fits),
	}),
	/** A whole number, or Infinity for no limit. */
	limit: (least: number): Kind => ({
		expected: from(least),
		fits: (value) => value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && (value as number) >= least),
	}),
	one: (...values: readonly (string | boolean | null)[]): Kind => ({
		expected: values.length === 1 ? inspect(values[0]) : `one of ${values.map((value) => inspect(value)).join(', ')}`,
		fits: (value) => values.includes(value as string),
		next: 'Choose one of these, or leave it out.',
	}),
	either: (a: Kind, b: Kind): Kind => ({ expected: `${a.expected} or ${b.expected}`, fits: (value) => a.fits(value) || b.fits(value) }),
	/** A value that must be there. */
	needed: (kind: Kind): Kind => ({ ...kind, needed: true }),
} satisfies Record<string, Kind | ((...args: never[]) => Kind)>;
