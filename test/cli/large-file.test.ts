// A file that is larger than the memory for what JavaScript holds: predicted all the same, in order.
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { hang } from '../limits.js';
import { temporary } from '../temporary.js';
import { cli, labelled } from './run.js';

const { folder: cwd, file } = temporary();
const lines = 300_000;
/** Texts of about 300 characters: 90 MB, of which a process with 64 MB could hold two thirds at most. */
const textOf = (line: number) => `rain and soup number ${line} ${'and more of it '.repeat(18)}`.trim();
const env = { NODE_OPTIONS: '--max-old-space-size=64' };

function* texts() {
	for (let line = 0; line < lines; line++) yield `${textOf(line)}\n`;
}

it('predicts a file that does not fit into its memory', { timeout: hang }, async () => {
	file(
		'good.csv',
		`text,label\n${labelled(30)
			.map(({ text, label }) => `${text},${label}\n`)
			.join('')}`,
	);
	await cli(['train', 'good.csv', '--model', 'bag', '--set', 'width=8', '--epochs', '1', '--out', 'run'], { cwd });
	await pipeline(Readable.from(texts()), createWriteStream(join(cwd, 'large.txt')));
	const { code, stderr } = await cli(['predict', 'run', 'large.txt', '--out', 'large.jsonl'], { cwd, env });
	expect([code, stderr]).toEqual([0, expect.stringContaining('300,000 texts')]);
	let count = 0;
	for await (const row of createInterface({ input: createReadStream(join(cwd, 'large.jsonl')) }))
		if ((JSON.parse(row) as { text: string }).text !== textOf(count++)) throw new Error(`expected line ${count}, got ${row}`);
	expect(count).toBe(lines);
});
