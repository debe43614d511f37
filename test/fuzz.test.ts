import fc from 'fast-check';
import { describe, it } from 'vitest';
import { targets } from '../dist/test/fuzz/targets.js';

describe('nonsense', () => {
	it.each(targets.map(({ name, property }) => ({ name, property })))(
		'$name: 500 inputs; `npm run fuzz` runs 200,000',
		async ({ property }) => {
			await fc.assert(property, { numRuns: 500 });
		},
	);
});
