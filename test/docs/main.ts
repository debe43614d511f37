// Writes what of the documentation is made of the code: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generated } from './generated.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
for (const [name, text] of Object.entries(generated(root))) {
	if (readFileSync(`${root}${name}`, { encoding: 'utf8', flag: 'a+' }) === text) continue;
	writeFileSync(`${root}${name}`, text);
	console.log(`${name} written`);
}
