// textloom models: what `train --model` takes, with the options of each.
import { loadArchitectures } from '../catalog.js';
import { defineCommand } from '../command.js';
import * as groups from '../flags/groups.js';
import { openOutput } from '../output.js';

/** An option as `--set` takes it. */
const shown = (value: unknown): string =>
	Array.isArray(value) && value.every((item) => typeof item === 'number') ? value.join(',') : JSON.stringify(value).replace(/^"|"$/g, '');

export default defineCommand({
	parameters: {},
	flags: { ...groups.out, ...groups.json },
	example: ['textloom models'],
	async run(_, { out, json }) {
		const { print, done } = openOutput(out);
		for (const [name, make] of Object.entries(await loadArchitectures())) {
			const { spec, tokens = 'words', each = 'document' } = make();
			const options = spec.options as Readonly<Record<string, unknown>>;
			if (json) await print(JSON.stringify({ name, reads: tokens, each, options }));
			else {
				const says = each === 'sequence' ? 'says another text token by token' : `says what each ${each} is`;
				const list = Object.entries(options).map(([option, value]) => `${option}=${shown(value)}`);
				await print(`${name.padEnd(10)} reads ${tokens}, ${says}: ${list.join(' ')}`);
			}
		}
		await done();
		return 0;
	},
});
