// The kinds of values that options of layers and losses have, beside those that all options have.
import { is, type Kind } from '../stream/kinds.js';

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;
const list = (each: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(each);

/** How many there are of something: channels, heads, steps of a window. */
const count = is.whole(1);

/** The kinds, for tables such as `{ in: of.count, initial: is.function }`. */
export const of = {
	count,
	counts: { expected: 'an array of whole numbers from 1', fits: list(isCount) },
	number: { expected: 'a number', fits: isNumber },
	positive: { expected: 'a number above 0', fits: (value) => isNumber(value) && value > 0 },
	numbers: { expected: 'an array of numbers', fits: (value) => Array.isArray(value) && value.every(isNumber) },
	/** Of what is dropped: all of it would leave nothing to scale up. */
	rate: { expected: 'a share from 0 to below 1', fits: (value) => isNumber(value) && value >= 0 && value < 1, next: 'Try 0.1 or 0.5.' },
	value: {
		expected: 'a value of the graph',
		fits: (value) => typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value,
		next: 'Make one with input, constant or ops, or leave it out.',
	},
} satisfies Record<string, Kind>;
