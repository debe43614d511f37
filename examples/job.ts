// A job as data: CSV in, tokens as JSON Lines out; kept as JSON, it does the same elsewhere, and its hash says what it is. `node job.js [IN.csv [OUT.jsonl]]`.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain, clean, collect, job, jobFrom, pipe, read, take, words, write } from 'textloom';

const folder = await mkdtemp(join(tmpdir(), 'textloom-job-'));
const [input = join(folder, 'reviews.csv'), output = join(folder, 'tokens.jsonl')] = process.argv.slice(2);
if (process.argv.length < 3) await writeFile(input, 'text;stars\n"Good; very <b>good</b>.";5\nNot for me.;2\n');

const tokens = job({
	source: read<{ text: string }>(input, { onError: 'skip' }), // the delimiter is found in the first line
	stages: chain(clean(), words({ punctuation: false })),
	sink: write(output),
});
const saved = JSON.stringify(tokens.spec);
const again = jobFrom(saved);
console.log(`job ${again.hash.slice(0, 12)}, ${again.hash === tokens.hash ? 'the same' : 'another'} when it comes back from JSON`);
const { read: count, skipped, written } = await again.run({ signal: AbortSignal.timeout(60_000) });
console.log(`${count} documents read, ${skipped} bad rows left out, ${written} written`);
console.log(await collect(pipe(read(output), take(1))));
await rm(folder, { recursive: true });
