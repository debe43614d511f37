import { expect, it } from 'vitest';
import { fuzz } from '../../dist/test/bench/support/fuzz.js';

it('5,000 mutated inputs show no crash and no difference; `npm run bench -- fuzz` tries more', async () => {
	const { inputs, refused } = await fuzz(5000, 1);
	expect(inputs).toBe(5000);
	expect(refused).toBeGreaterThan(500);
});
