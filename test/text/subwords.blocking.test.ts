// The thread that encodes for `stage.apply`: its death is an error, never a wait without end. Run on a copy of the build, with another thread in its place.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hang } from '../limits.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'textloom-blocking-'));
const thread = join(folder, 'dist/src/text/subword/blocking-worker.js');

beforeAll(() => {
	cpSync(join(root, 'dist/src'), join(folder, 'dist/src'), { recursive: true });
	cpSync(join(root, 'package.json'), join(folder, 'package.json'));
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
import { subwords } from './dist/src/text/index.js';
const stage = subwords({ model: { type: 'WordLevel', vocab: { '<unk>': 0 }, unk_token: '<unk>' } });
for (let i = 0; i < 2; i++) {
	try {
		console.log(stage.apply([{ text: 'a' }]).length);
	} catch (error) {
		console.log(error.message);
	}
}
`;
const ended = /^subwords: expected the encoding of 1 texts, got the end of the thread/;

const onMessage = (body: string) => `import { workerData } from 'node:worker_threads'; workerData.port.on('message', () => { ${body} });`;

describe('the thread of subwords().apply', () => {
	it.each([
		['that cannot start', undefined, 'Cannot find module'],
		['that ends', onMessage('process.exit(0);'), 'it ended'],
		['that throws', onMessage("throw new Error('broken');"), 'broken'],
		['out of memory', onMessage('const all = []; for (;;) all.push(new Array(1e5).fill(0));'), 'memory limit'],
	])('%s is an error, at each call', (_, code, reason) => {
		if (code === undefined) rmSync(thread);
		else writeFileSync(thread, code);
		const entry = join(folder, 'program.mjs');
		writeFileSync(entry, program);
		const printed = execFileSync(process.execPath, ['--max-old-space-size=64', entry], { encoding: 'utf8', timeout: hang });
		const lines = printed.trim().split('\n');
		expect(lines).toHaveLength(2);
		for (const line of lines) {
			expect(line).toMatch(ended);
			expect(line).toContain(reason);
		}
	});
});
