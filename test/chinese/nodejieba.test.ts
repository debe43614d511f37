// nodejieba as a segmenter. It is no dependency: where it is not installed it is built, once, where a compiler and the package are to be had; else a double with its API stands in.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chain, clean, collect, fromJSON, segmentWith, stopwords, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';

/** What is used of it. */
interface Nodejieba {
	cut(text: string, strict?: boolean): string[];
	cutForSearch(text: string): string[];
	tag(text: string): { word: string; tag: string }[];
}

/** Kept between runs: the build takes some ten seconds. */
const folder = new URL('../../node_modules/.cache/textloom-nodejieba/', import.meta.url).pathname;
const run = promisify(execFile);
// Each part of the build has half a minute.
const timeout = 30_000;

/** The package, or why there is none. */
async function nodejieba(): Promise<Nodejieba | string> {
	const installed = load(import.meta.url) ?? built();
	if (installed) return installed;
	const compiler = process.env.CXX ?? 'c++';
	if (!(await works(compiler, '--version'))) return `no compiler (${compiler})`;
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
	const quick = ['--fetch-retries', '0', '--fetch-timeout', '10000', '--no-audit', '--no-fund'];
	if (!(await works('npm', 'install', '--ignore-scripts', ...quick, 'nodejieba@3'))) return 'npm could not fetch it';
	if (!(await works('npm', 'rebuild', 'nodejieba', ...quick))) return 'npm rebuild nodejieba failed';
	return built() ?? 'npm rebuild nodejieba made nothing that loads';
}

/** The one of that folder. What is not built is not loaded: the package keeps its error. */
const built = () => (existsSync(join(folder, 'node_modules/nodejieba/build/Release/nodejieba.node')) ? load(folder) : undefined);

function load(from: string): Nodejieba | undefined {
	try {
		const found = createRequire(from)('nodejieba') as Nodejieba;
		// Its binding and its dictionary are loaded by the first call.
		found.cut('');
		return found;
	} catch {
		return undefined;
	}
}

async function works(command: string, ...args: string[]): Promise<boolean> {
	// Without the settings of the npm that runs the tests. Its helper is taken without a question, and so are the headers that came with Node.js, so that none are fetched.
	const outer = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
	const prefix = dirname(dirname(process.execPath));
	const headers = existsSync(join(prefix, 'include/node/node_api.h')) && { npm_config_nodedir: prefix };
	const env = { ...Object.fromEntries(outer), npm_config_yes: 'true', npm_config_build_from_source: 'true', ...headers };
	return run(command, args, { cwd: existsSync(folder) ? folder : undefined, env, timeout }).then(
		() => true,
		() => false,
	);
}

/** Its API over words that are known. */
const double: Nodejieba = {
	cut: (text) => double.tag(text).map(({ word }) => word),
	cutForSearch: (text) => double.cut(text).flatMap((word) => (word === '清华大学' ? ['清华', '华大', '大学', word] : [word])),
	tag(text) {
		const tags: Record<string, string> = { 来到: 'v', 北京: 'ns', 清华大学: 'nt', 我: 'r', '。': 'x' };
		return (text.match(/来到|北京|清华大学|./gsu) ?? []).map((word) => ({ word, tag: tags[word] ?? 'x' }));
	},
};

const text = '我来到北京清华大学。';
const tokens = ['我', '来到', '北京', '清华大学', '。'];
const offsets = [
	[0, 1],
	[1, 3],
	[3, 5],
	[5, 9],
	[9, 10],
];
const tags = ['r', 'v', 'ns', 'nt', 'x'];

const found = await nodejieba();
if (typeof found === 'string') console.warn(`Skipped: nodejieba itself, since ${found}. A double with its API is tested.`);

describe.each([
	['nodejieba', typeof found === 'string' ? undefined : found],
	['a double of nodejieba', double],
] as const)('segmentWith takes %s', (name, segmenter) => {
	const skipped = typeof found === 'string' ? found : '';
	const withIt = (title: string, test: (segmenter: Nodejieba) => void | Promise<void>) =>
		it(title, ({ skip }) => {
			if (!segmenter) return skip(skipped);
			return test(segmenter);
		});

	withIt('with offsets', async (segmenter) => {
		expect(await collect(segmentWith(name, segmenter, { offsets: true })([{ text }]))).toEqual([{ text, tokens, offsets }]);
	});

	withIt('with tags, which stay with their tokens', async (segmenter) => {
		const stages = chain(segmentWith(name, segmenter, { offsets: true, tags: true }), stopwords({ language: false, extra: ['北京'] }));
		const kept = <T>(all: readonly T[]) => all.filter((_, place) => place !== 2);
		expect(await collect(stages([{ text }]))).toEqual([{ text, tokens: kept(tokens), offsets: kept(offsets), tags: kept(tags) }]);
	});

	withIt('in its other modes, as functions', async (segmenter) => {
		const [doc] = segmentWith(name, (text) => segmenter.cutForSearch(text)).apply([{ text }]);
		expect(doc!.tokens).toEqual(expect.arrayContaining(['清华', '大学', '清华大学']));
	});

	withIt('and revives with a saved pipeline', async (segmenter) => {
		const make = () => segmentWith(name, segmenter);
		const saved = toJSON(chain(clean(), make()), { stages: { [name]: make } });
		expect(fromJSON(saved, { stages: { [name]: make } }).apply([{ text }])).toEqual([{ text, tokens }]);
	});

	withIt('and any text', (segmenter) => {
		for (const odd of ['', ' ', '\0', '😀👍', '，。！？', 'abc 3.14%', '龘'.repeat(10_000)]) {
			const [doc] = segmentWith(name, segmenter, { offsets: true, tags: true }).apply([{ text: odd }]);
			expect(doc!.tokens.join('')).toBe(odd);
		}
	});
});
