// The documentation says what the code says: its tables and its guide are made of it.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generated } from '../dist/test/docs/generated.js';

const root = new URL('..', import.meta.url).pathname;

it.each(Object.entries(generated(root)))('%s is as `npm run docs` writes it', (name, text) => {
	expect(readFileSync(`${root}${name}`, 'utf8')).toBe(text);
});
