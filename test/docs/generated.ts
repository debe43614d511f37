// The files of the documentation that are made of the code, whole or in part.
import { readFileSync } from 'node:fs';
import { guide } from './guide.js';
import { tables } from './tables.js';

/** The texts of these files as they should be, by their paths below the root, which ends in a slash. */
export function generated(root: string): Readonly<Record<string, string>> {
	return {
		'README.md': filled(readFileSync(`${root}README.md`, 'utf8'), tables(root.slice(0, -1))),
		'examples/README.md': guide(`${root}examples`),
	};
}

/** The text with each part between `<!-- NAME -->` and `<!-- /NAME -->` as it is made. */
function filled(text: string, parts: Readonly<Record<string, string>>): string {
	return Object.entries(parts).reduce((whole, [name, part]) => {
		const between = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`);
		if (!between.test(whole))
			throw new Error(`docs: expected <!-- ${name} --> and <!-- /${name} --> in README.md, got none. Put them where the table goes.`);
		return whole.replace(between, (_, begin, end) => `${begin}${part}${end}`);
	}, text);
}
