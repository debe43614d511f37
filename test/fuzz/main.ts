// Feeds nonsense to the parsers and stages: `npm run fuzz [-- --inputs 200000] [--seed 1] [--only csv]`. Prints a line a target; the input that fails is
// shrunk and printed with its seed.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { targets } from './targets.js';

const { values } = parseArgs({
	options: { inputs: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const chosen = values.only === undefined ? targets : targets.filter(({ name }) => name === values.only);
if (chosen.length === 0)
	throw new Error(`fuzz: expected --only to be one of ${targets.map(({ name }) => name).join(', ')}, got ${values.only}.`);
const runs = Math.ceil(Number(values.inputs) / chosen.length);

for (const { name, property } of chosen) {
	const start = performance.now();
	const details = await fc.check(property, { numRuns: runs, seed: Number(values.seed), interruptAfterTimeLimit: 600_000, timeout: 20_000 });
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	console.log(`${name}: ${details.numRuns.toLocaleString('en')} inputs, ${details.failed ? 'FAILED' : 'none failed'}, ${seconds} s`);
	if (details.failed) {
		console.error(fc.defaultReportMessage(details));
		process.exitCode = 1;
	}
}
