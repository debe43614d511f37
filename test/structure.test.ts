// The structure that ARCHITECTURE promises: import order, sizes of files, what is public, samples.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as textloom from 'textloom';
import { describe, expect, it } from 'vitest';
import { circles, fileOf, importsOf, sourcesIn } from './imports.js';

const root = new URL('..', import.meta.url).pathname;
const order = [
	'base',
	'tensors',
	'sparse',
	'stream',
	'text',
	'chinese',
	'features',
	'classic',
	'keywords',
	'embeddings',
	'stages',
	'graph',
	'optim',
	'nn',
	'metrics',
	'selection',
	'decode',
	'train',
	'pretrained',
	'report',
	'cli',
];

function files(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((name) => statSync(join(root, name)).isFile());
}
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const sources = ['src', 'models', 'corpora', 'pipelines', 'examples'].flatMap(files).filter((name) => name.endsWith('.ts'));
const imports = (name: string) => [...read(name).matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map((match) => match[1]!);

describe('structure', () => {
	it('lists every folder of src in the import order', () => {
		const folders = readdirSync(join(root, 'src')).filter((name) => statSync(join(root, 'src', name)).isDirectory());
		expect(folders.sort()).toEqual([...order].sort());
	});

	it('lets a folder of src import itself and the folders above it only', () => {
		const wrong = files('src').flatMap((name) => {
			const [, folder, inner] = name.split('/');
			if (!inner) return [];
			return imports(name)
				.filter((path) => path.startsWith('.'))
				.map((path) => join(name, '..', path).split('/')[1]!)
				.filter((other) => order.includes(other) && order.indexOf(other) > order.indexOf(folder!))
				.map((other) => `${name} imports ${other}`);
		});
		expect(wrong).toEqual([]);
	});

	it('lets a folder of train import itself and the folders before it only', () => {
		const parts = ['step', 'fit', 'task', 'tasks', 'explain'];
		const wrong = parts.flatMap((part, place) =>
			files(`src/train/${part}`).flatMap((name) =>
				imports(name)
					.filter((path) => path.startsWith('.'))
					.map((path) => join(name, '..', path).split('/')[2]!)
					.filter((other) => parts.indexOf(other) > place)
					.map((other) => `${name} imports ${other}`),
			),
		);
		expect(wrong).toEqual([]);
	});

	it('lets no file import itself by way of others, be it by a path or by the name of the package', () => {
		const all = sourcesIn(['src', 'models', 'corpora', 'pipelines', 'examples', 'test']);
		const targets = new Map(all.map((name) => [name, importsOf(name).flatMap((path) => fileOf(name, path) ?? [])]));
		expect(circles(targets)).toEqual([]);
		// That edges are seen at all: by a path, by a name of its own, by a star.
		expect(targets.get('corpora/index.ts')).toContain('corpora/published.ts');
		expect(targets.get('corpora/corpus.ts')).toContain('src/stream/public.ts');
		expect(targets.get('test/corpora/download.test.ts')).toContain('corpora/download.ts');
		expect(circles(new Map([...targets, ['src/base/random.ts', ['corpora/locate.ts']]]))).not.toEqual([]);
	});

	it('lets a thread of parallel load the folders of the stages that it needs only', () => {
		const loaded = new Set<string>();
		const load = (name: string) => {
			if (loaded.has(name)) return;
			loaded.add(name);
			for (const [, path] of read(name).matchAll(/^(?:import|export) .*from '(\..*)';$/gm)) load(join(name, '..', path!));
		};
		load('dist/src/stages/threads/parallel-worker.js');
		const folders = new Set([...loaded].map((name) => name.split('/')[2]!));
		expect([...folders].sort()).toEqual(['base', 'stages', 'stream']);
	});

	it('imports of the package what package.json names', () => {
		const all = sourcesIn(['src', 'models', 'corpora', 'pipelines', 'examples', 'test']);
		const lost = all.flatMap((name) =>
			importsOf(name)
				.filter((path) => /^textloom(\/|$)/.test(path) && fileOf(name, path) === undefined)
				.map((path) => `${name} imports ${path}`),
		);
		expect(lost).toEqual([]);
	});

	it('lets models, corpora, pipelines and examples import the package by its name', () => {
		const wrong = sources
			.filter((name) => !name.startsWith('src/'))
			.flatMap((name) => imports(name).map((path) => ({ name, path })))
			.filter(({ name, path }) => path.startsWith('.') && join(name, '..', path).split('/')[0] !== name.split('/')[0]);
		expect(wrong).toEqual([]);
	});

	it('imports onnxruntime-node in one place', () => {
		expect(sources.filter((name) => imports(name).includes('onnxruntime-node'))).toEqual(['src/graph/session/open-session.ts']);
	});

	it('writes to stdout in the command line, in examples and in sinks only', () => {
		const writing = sources.filter((name) => /console\.log|process\.stdout/.test(read(name).replace(/^\s*\*.*$/gm, '')));
		expect(writing.filter((name) => !/^(src\/cli\/|examples\/|src\/stream\/writing\/sink\.ts$)/.test(name))).toEqual([]);
	});

	it('says in one place how large a chunk is, and how the progress of a download is told', () => {
		const saying = (words: RegExp) => sources.filter((name) => words.test(read(name)));
		expect(saying(/chunkSize = \d/)).toEqual(['src/stream/documents.ts']);
		expect(saying(/received: number/)).toEqual(['src/base/download-progress.ts']);
	});

	it('keeps files under 300 lines, pipelines under 60, examples under 40, and begins each with what it is', () => {
		const limit = (name: string) => (name.startsWith('pipelines/') ? 60 : name.startsWith('examples/') ? 40 : 300);
		const long = sources.filter((name) => read(name).split('\n').length - 1 > limit(name));
		expect(long).toEqual([]);
		const silent = sources.filter((name) => !name.endsWith('index.ts') && !/^(#!.*\n)?(\/\/|\/\*\*)/.test(read(name)));
		expect(silent).toEqual([]);
	});

	it('keeps the samples below 250 KB in all, and small files in the repository', () => {
		const size = files('corpora/samples').reduce((sum, name) => sum + statSync(join(root, name)).size, 0);
		expect(size).toBeLessThan(250_000);
		const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
		expect(tracked.filter((name) => statSync(join(root, name)).size > 300_000)).toEqual([]);
	});

	it('has what the top level promises, and no more', () => {
		const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
		const folders = new Set(tracked.filter((name) => name.includes('/')).map((name) => name.split('/')[0]!));
		expect([...folders].filter((name) => !name.startsWith('.')).sort()).toEqual([
			'corpora',
			'examples',
			'models',
			'pipelines',
			'src',
			'test',
		]);
	});

	it('makes these names public', () => {
		expect(Object.keys(textloom).sort()).toMatchSnapshot();
	});
});
