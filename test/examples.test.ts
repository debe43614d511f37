// Every example runs, and so does the code in the README.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(root, 'node_modules', '.textloom-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));
// The sample corpus, whatever data there is: an example is to be quick.
const env = { ...process.env, TEXTLOOM_DATA: '' };

describe('examples', () => {
	for (const name of readdirSync(join(root, 'dist/examples')).filter((file) => file.endsWith('.js'))) {
		it(name, () => {
			expect(execFileSync('node', [join(root, 'dist/examples', name)], { encoding: 'utf8', env })).not.toBe('');
		});
	}

	it('all code in the README compiles, as users have it', () => {
		const blocks = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
		expect(blocks.length).toBeGreaterThan(2);
		const files = blocks.map((code, i) => {
			const file = join(root, `dist/readme-${i}.ts`);
			writeFileSync(file, `export {};\n${code}`);
			return file;
		});
		const options = '--noEmit --strict --module nodenext --target es2023 --types node --skipLibCheck false --ignoreConfig'.split(' ');
		try {
			execFileSync('npx', ['tsc', ...options, ...files], { encoding: 'utf8', cwd: root });
		} catch (error) {
			expect((error as { stdout: string }).stdout).toBe('');
		} finally {
			for (const file of files) rmSync(file);
		}
	});

	it('the walk in the README', () => {
		const [, code] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))!;
		// Inside this package, which has its own name.
		writeFileSync(join(root, 'dist/readme-walk.js'), code!);
		const tickets = ['printer jammed again', 'the printer is offline', 'my bill is wrong', 'charged twice on the bill'];
		const row = (_: unknown, i: number) => `${tickets[i % 4]} ${i},${i % 4 < 2 ? 'printer' : 'bill'}\n`;
		writeFileSync(join(folder, 'tickets.csv'), `text,label\n${Array.from({ length: 80 }, row).join('')}`);
		try {
			// A second run, too.
			for (const _ of [1, 2]) {
				const out = execFileSync('node', [join(root, 'dist/readme-walk.js')], { encoding: 'utf8', env, cwd: folder });
				expect(out).toMatch(/^trained on 9 in 10 of your documents \[\s+\{\s+text: 'The printer is on fire',\s+label: 'printer'/);
				expect(out).toMatch(/\n(1|0\.[6-9]\d*) \{\n {2}bill: \{ precision: /);
			}
		} finally {
			rmSync(join(root, 'dist/readme-walk.js'));
		}
	});
});
