// textloom completion: a script that completes commands, arguments and flags in a shell.
import { defineCommand } from '../command.js';
import { shells } from '../completion/index.js';
import { named } from '../completion/words.js';
import * as groups from '../flags/groups.js';
import { choice } from '../flags/kinds.js';
import { openOutput } from '../output.js';

export default defineCommand({
	parameters: { shell: { kind: choice('bash', 'zsh', 'fish'), value: 'bash|zsh|fish', help: 'the shell' } },
	flags: groups.out,
	example: ['source <(textloom completion bash)'],
	async run({ shell }, { out }, { commands }) {
		const rows = Object.entries(commands).map(([name, row]) => named(name, row));
		const { print, done } = openOutput(out);
		await print(shells[shell](await Promise.all(rows)).trimEnd());
		await done();
		return 0;
	},
});
