// Every command: its help, its example, flags without effect; and that what is not called is not loaded.
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type CommandName, commands } from '../../dist/src/cli/commands/index.js';
import { kebab } from '../../dist/src/cli/flags/flag.js';
import { inNpx } from '../../dist/src/cli/help.js';
import { temporary } from '../temporary.js';
import { commandTests } from './commands.js';
import { cli, main } from './run.js';

const { folder: cwd, file } = temporary();
file('good.csv', 'text,label\na,b\n');
file('notes.txt', 'a\n');
mkdirSync(join(cwd, 'topics'));
const names = Object.keys(commands) as CommandName[];

/** A folder with the command in it, for PATH. */
const bin = mkdtempSync(join(cwd, 'bin-'));
writeFileSync(join(bin, 'textloom'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
chmodSync(join(bin, 'textloom'), 0o755);
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, TEXTLOOM_DATA: '' };

it('has every file of the folder in the index', () => {
	const files = readdirSync(new URL('../../src/cli/commands', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
	expect(files.filter((name) => name !== 'index').sort()).toEqual([...names].sort());
});

it.concurrent('shows all commands', async () => {
	const { code, stdout, stderr } = await cli(['--help']);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	for (const name of names) expect(stdout).toMatch(new RegExp(`\n {2}${name} {2,}${commands[name].summary}\n`));
	expect((await cli(['help'])).stdout).toBe(stdout);
});

describe.concurrent.each(names)('%s', (name) => {
	it('has help that is made of its rows and ends with the example', async () => {
		const { default: command } = await commands[name].load();
		const { code, stdout } = await cli([name, '--help']);
		expect(code).toBe(0);
		expect(stdout.startsWith(`textloom ${name}: ${commands[name].summary}\n\nUsage: textloom ${name} `)).toBe(true);
		for (const row of Object.values(command.parameters)) expect(stdout).toContain(`${row.value}`);
		for (const key of Object.keys(command.flags)) expect(stdout).toMatch(new RegExp(`\n {2}--${kebab(key)}[ ,]`));
		expect(stdout.endsWith(`\nExample:\n${command.example.map((line) => `  ${inNpx(line)}\n`).join('')}`)).toBe(true);
		expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(125);
		expect((await cli(['help', name])).stdout).toBe(stdout);
	});

	it('excludes only flags that it has', async () => {
		const { flags } = (await commands[name].load()).default;
		for (const { not } of Object.values(flags)) if (not !== undefined) expect(Object.keys(flags)).toContain(not);
	});

	it('has an example that works in an empty folder', async () => {
		const { example } = (await commands[name].load()).default;
		const empty = mkdtempSync(join(cwd, `${name}-`));
		const { stdout } = await promisify(execFile)('bash', ['-ec', example.join('\n')], { cwd: empty, env, encoding: 'utf8' });
		expect(stdout).toMatch(commandTests[name].prints);
	});

	it.each(commandTests[name].useless)('refuses %s', async (words, message) => {
		const { code, stdout, stderr } = await cli([name, ...words.split(' ')], { cwd });
		expect({ code, stdout, stderr }).toEqual({
			...{ code: 2, stdout: '' },
			stderr: expect.stringMatching(/^textloom [^\n]* See: npx textloom \w+ --help\n$/),
		});
		expect(stderr).toContain(`textloom ${name}: ${message}`);
	});
});

/** The packages that a command has loaded when it ends. */
function loaded(...args: string[]): string[] {
	const hook = `import { createRequire } from 'node:module'; import { writeSync } from 'node:fs';
		const { cache } = createRequire('/'); process.on('exit', () => writeSync(2, JSON.stringify(Object.keys(cache))));`;
	const { stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, main, ...args], {
		encoding: 'utf8',
		env,
	});
	const files = JSON.parse(stderr.slice(stderr.lastIndexOf('['))) as string[];
	return [...new Set(files.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter((name) => name !== undefined))];
}

it.each([['--version'], ['--help'], ['help', 'train'], ...names.map((name) => [name, '--help']), ['trian'], ['train', '--epoch']])(
	'loads no package for %s %s',
	(...args) => {
		expect(loaded(...args.filter((word) => word !== undefined))).toEqual([]);
	},
);

it('loads the engine for what needs it', () => {
	expect(loaded('info')).toContain('onnxruntime-node');
});
