// What the files of the repository import from each other: paths, and the package's own name as package.json resolves it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;

/** The text of a file without the lines of its comments, whose examples import, too. */
const code = (name: string) => readFileSync(join(root, name), 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');

/** What a file imports, types included, as it is written. */
export function importsOf(name: string): string[] {
	return [...code(name).matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*['"]([^'"]+)['"]/g)].map((match) => match[1]!);
}

/** The exports of the package: a name, with a star for anything, and the built file that it is. */
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	exports: Record<string, string | { default: string }>;
};
const names = Object.entries(exports).map(([name, target]) => ({
	parts: name.replace('.', 'textloom').split('*') as [string, string?],
	target: typeof target === 'string' ? target : target.default,
}));

/** The file of the repository that an import is of; undefined for another package's. */
export function fileOf(importer: string, path: string): string | undefined {
	if (path.startsWith('.')) return sourceOf(join(importer, '..', path));
	for (const { parts, target } of names) {
		const [before, after] = parts;
		if (after === undefined ? path !== before : !(path.startsWith(before) && path.endsWith(after))) continue;
		const star = path.slice(before.length, path.length - (after ?? '').length);
		return sourceOf(target.replace('./', '').replace('*', star));
	}
	return undefined;
}

/** The source of a built file, or the file itself where it is not built: paths are below the root. */
function sourceOf(path: string): string | undefined {
	const written = path.replace(/^dist\//, '');
	return [written.replace(/\.js$/, '.ts'), written.replace(/\.mjs$/, '.mts'), written].find((name) => existsSync(join(root, name)));
}

/** The files below some folders that may import others. */
export function sourcesIn(folders: readonly string[]): string[] {
	return folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.map((name) => join(folder, name))
			.filter((name) => /\.m?[jt]s$/.test(name)),
	);
}

/** The ways by which files import themselves: one for each that is found first in a walk over all of them. */
export function circles(targets: ReadonlyMap<string, readonly string[]>): string[] {
	const done = new Set<string>();
	const found: string[] = [];
	const walk = (name: string, way: readonly string[]) => {
		if (way.includes(name)) found.push([...way.slice(way.indexOf(name)), name].join(' → '));
		else if (!done.has(name)) {
			for (const next of targets.get(name) ?? []) walk(next, [...way, name]);
			done.add(name);
		}
	};
	for (const name of targets.keys()) walk(name, []);
	return found;
}
