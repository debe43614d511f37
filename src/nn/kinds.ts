// The kinds of values that options of layers and losses have, beside those that all options have.

import { is, type Kind } from '../base/index.js';
import { isValue } from '../graph/index.js';

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 1;

/** How many there are of something: layers, heads, classes. */
const count = is.whole(1);
const counts: Kind = {
	expected: 'an array of whole numbers from 1',
	fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isCount),
};

const everyAxis = (each: Kind) => is.either(each, is.list(each));
const padding = is.either(is.whole(0), {
	expected: '[before, after]',
	fits: (value) => Array.isArray(value) && value.length === 2 && value.every(is.whole(0).fits),
});

/** Of options that move windows over one or two axes. */
export const windowKinds = {
	stride: everyAxis(count),
	dilation: everyAxis(count),
	padding: is.either(is.one('same'), is.either(is.whole(0), is.list(padding))),
};

/** The kinds, for tables such as `{ in: of.size, initial: is.function }`. */
export const of = {
	count,
	counts,
	/** A number of things that there must be: features, channels, filters. */
	size: is.needed(count),
	/** One for all axes, or one for each. */
	sizes: is.needed(is.either(count, counts)),
	number: { expected: 'a number', fits: isNumber },
	numbers: { expected: 'an array of numbers', fits: (value) => Array.isArray(value) && value.every(isNumber) },
	/** Of what is dropped: all of it would leave nothing to scale up. */
	rate: { expected: 'a share from 0 to below 1', fits: (value) => isNumber(value) && value >= 0 && value < 1, next: 'Try 0.1 or 0.5.' },
	value: {
		expected: 'a value of the graph',
		fits: isValue,
		next: 'Make one with input, constant or ops, or leave it out.',
	},
	layer: {
		expected: 'a layer',
		fits: (value) => typeof value === 'object' && value !== null && 'parameters' in value && 'apply' in value,
		next: 'Make it with nn, or give an object of parameters and apply.',
	},
} satisfies Record<string, Kind>;
