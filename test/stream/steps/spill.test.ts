// Documents in a temporary file by their keys: parts of several blocks, written as they fill, in the order in which they were added.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openSpill } from '../../../dist/src/stream/steps/spill.js';
import { temporary } from '../../temporary.js';

const { folder } = temporary();

it('a part that fills several blocks is written as it fills, and comes back whole and in order', async () => {
	vi.stubEnv('TMPDIR', folder);
	const spill = await openSpill<{ n: number; text: string }>('spill');
	vi.unstubAllEnvs();
	const [own] = readdirSync(folder) as [string];
	const written = () => statSync(join(folder, own, 'documents')).size;
	// Two parts, the upper 8 bits of the keys; 300 KB in each.
	const keyed = Array.from({ length: 600 }, (_, n) => ({ key: (n % 2) * 2 ** 24 + n, doc: { n, text: 'x'.repeat(1000) } }));
	for (let from = 0; from < 600; from += 60) await spill.add(keyed.slice(from, from + 60));
	expect(written()).toBeGreaterThan(400_000);
	for (let time = 0; time < 2; time++) {
		const parts: (typeof keyed)[] = [];
		for await (const part of spill.parts()) parts.push(part);
		expect(parts).toEqual([keyed.filter(({ doc }) => doc.n % 2 === 0), keyed.filter(({ doc }) => doc.n % 2 === 1)]);
	}
	await spill.close();
	expect(readdirSync(folder)).toEqual([]);
});
