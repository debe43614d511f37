// Runs one benchmark by name: `node dist/test/bench/main.js NAME [--peers DIR] [--tables graph] [--no-dropout] [--replicas N]`. The last line printed is its result as JSON.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Result } from './support/bench.js';

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { peers: { type: 'string' }, tables: { type: 'string' }, 'no-dropout': { type: 'boolean' }, replicas: { type: 'string' } },
});
const names = readdirSync(new URL('.', import.meta.url))
	.filter((file) => file.endsWith('.js'))
	.map((file) => file.slice(0, -3))
	.filter((name) => name !== 'main');
const name = positionals[0] ?? '';
if (names.includes(name)) {
	const { run } = (await import(`./${name}.js`)) as { run: (options: typeof values) => Promise<Result> };
	console.log(JSON.stringify(await run(values)));
} else {
	console.error(`bench: expected one of ${names.join(' ')}, got ${JSON.stringify(name)}.`);
	process.exitCode = 2;
}
