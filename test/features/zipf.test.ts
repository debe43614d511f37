// Zipf's law, against numpy's polyfit.
import { readFileSync } from 'node:fs';
import { type ZipfOptions, zipf } from 'textloom';
import { expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';

interface Golden {
	made_by: string;
	cases: { counts: number[]; options: ZipfOptions; exponent: number; constant: number; explained: number }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/features/zipf.json', import.meta.url), 'utf8'));

it.each(golden.cases)(`fits the line of ${golden.made_by}: $counts.length counts, $options`, ({ counts, options, ...line }) => {
	const fitted = zipf(counts, options);
	expect(fitted.exponent).toBeCloseTo(line.exponent, 10);
	expect(fitted.constant / line.constant).toBeCloseTo(1, 10);
	expect(fitted.explained).toBeCloseTo(line.explained, 10);
	expect(fitted.at(3) / (line.constant * 3 ** -line.exponent)).toBeCloseTo(1, 10);
});

it('orders the counts, without zeros', () => {
	expect([...zipf(new Set([3, 0, 9, 1])).counts]).toEqual([9, 3, 1]);
	expect(zipf(Array.from({ length: 50 }, (_, rank) => 1e6 / (rank + 1) ** 1.2)).exponent).toBeCloseTo(1.2, 10);
});

testRefusals({
	zipf: {
		refuses: [
			[() => zipf([]), 'zipf: expected two counts above 0 or more, got 0 from rank 1 on.'],
			[() => zipf([4, 3, 0], { from: 2 }), 'zipf: expected two counts above 0 or more, got 1 from rank 2 on.'],
			[() => zipf([1, -1]), 'zipf: expected counts to be numbers from 0, got'],
			[() => zipf([1, Number.NaN]), 'zipf: expected counts to be numbers from 0, got'],
			[() => zipf(5 as never), 'zipf: expected counts to be an array or another iterable, got 5.'],
			[() => zipf([1, 2], { to: 1 }), 'zipf: expected to to be a whole number from 2, got 1.'],
		],
	},
});
