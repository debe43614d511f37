// A file that is much longer than what is in memory at a time: predicted in order, in as much memory as a short one.
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, it } from 'vitest';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { cli, labelled } from './run.js';

const { folder: cwd, file } = temporary();
/** Says at its end how much memory the process had at most, in KB. */
const peak = "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS))";
const env = { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(peak)}"` };

beforeAll(async () => {
	file(
		'good.csv',
		`text,label\n${labelled(30)
			.map(({ text, label }) => `${text},${label}\n`)
			.join('')}`,
	);
	const { code } = await cli(['train', 'good.csv', '--model', 'bag', '--set', 'width=8', '--epochs', '1', '--out', 'run'], { cwd });
	expect(code).toBe(0);
}, hang);

/** Predicts a file of so many lines; gives the peak of memory in MB. */
async function predicted(lines: number): Promise<number> {
	const name = `${lines}.txt`;
	writeFileSync(join(cwd, name), Array.from({ length: lines }, (_, line) => `rain and soup number ${line}\n`).join(''));
	const { code, stderr } = await cli(['predict', 'run', name, '--out', `${lines}.jsonl`], { cwd, env });
	expect(code).toBe(0);
	let count = 0;
	for await (const row of createInterface({ input: createReadStream(join(cwd, `${lines}.jsonl`)) })) {
		expect((JSON.parse(row) as { text: string }).text).toBe(`rain and soup number ${count++}`);
	}
	expect(count).toBe(lines);
	return Number(/peak (\d+)/.exec(stderr)![1]) / 1024;
}

// The heap grows to its working size over the first 100,000: what counts is that it stays there.
it('a file of 200,000 lines takes hardly more memory than one of 100,000', { timeout: hang }, async () => {
	const [short, long] = [await predicted(100_000), await predicted(200_000)];
	expect(long - short).toBeLessThan(60);
});
