// textloom completion: bash runs its script; those of zsh and fish are looked at by them where they are installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { cli } from './run.js';

const { folder: cwd, file } = temporary();
const script = async (shell: string) => (await cli(['completion', shell])).stdout;

beforeAll(async () => {
	for (const shell of ['bash', 'zsh', 'fish']) file(`textloom.${shell}`, await script(shell));
	file('reviews.csv', '');
	mkdirSync(join(cwd, 'runs'));
});

/** What bash offers for the last word. */
function offered(...words: string[]): string[] {
	const code = `source textloom.bash; COMP_WORDS=(textloom "$@"); COMP_CWORD=$#; _textloom; printf '%s\\n' "\${COMPREPLY[@]}"`;
	return execFileSync('bash', ['-c', code, 'bash', ...words], { cwd, encoding: 'utf8' })
		.split('\n')
		.filter(Boolean);
}

it.each([
	[['t'], ['train']],
	[['--v'], ['--version']],
	[
		['train', '--e'],
		['--encoding', '--epochs'],
	],
	[
		['train', '--tables', ''],
		['host', 'graph'],
	],
	[['train', '--recipe', 'ud'], ['ud-english']],
	[['train', '--epochs', ''], []],
	[['train', '--sample', '20'], ['20newsgroups']],
	[['train', 're'], ['reviews.csv']],
	[['evaluate', 'r'], ['runs']],
	[['evaluate', 'runs', '--data', 'r'], ['runs']],
	[
		['evaluate', 'runs', '--format', 'j'],
		['jsonl', 'json'],
	],
	[['corpora', 'get', 'pt'], ['ptb']],
	[
		['completion', ''],
		['bash', 'zsh', 'fish'],
	],
	[
		['help', 'pre'],
		['predict', 'pretrain'],
	],
] as const)('completes %j in bash', (words, expected) => {
	expect(offered(...words).sort()).toEqual([...expected].sort());
});

it.each(['bash', 'zsh', 'fish'])('is a script that %s can read (where it is installed), with every command', async (shell) => {
	for (const name of ['train', 'evaluate', 'predict', 'corpora', 'info', 'completion']) expect(await script(shell)).toContain(name);
	expect(await script(shell)).toMatch(/batch-size/);
	const { status, error } = spawnSync(shell, ['-n', `textloom.${shell}`], { cwd });
	if (!error) expect(status).toBe(0);
});
