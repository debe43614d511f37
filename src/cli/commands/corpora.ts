// textloom corpora: which corpora there are, and getting them.
import type { DownloadProgress } from '../../base/index.js';
import { nearest } from '../../base/nearest.js';
import { type CatalogCorpus, loadCorpora, loadDownload } from '../catalog.js';
import { defineCommand } from '../command.js';
import { group, needing } from '../flags/flag.js';
import * as groups from '../flags/groups.js';
import { choice, form, many, text } from '../flags/kinds.js';
import { interruptible } from '../interrupt.js';
import { bar, count, openOutput, ProgressLine, percent, print } from '../output.js';
import { UsageError } from '../usage-error.js';

const { data } = groups.data;
const { mirror } = group('Data sets', {
	mirror: {
		kind: many(form('URL=URL', /^https?:\/\/.+?=https?:\/\/.+$/)),
		value: 'URL=URL',
		help: 'fetch what is published below the first URL from below the second',
	},
});

export default defineCommand({
	parameters: {
		action: {
			kind: choice('list', 'get'),
			value: 'list|get',
			help: 'list: every corpus, its splits, where it is; get: download, go on where it was cut off, check',
		},
		names: { kind: text, value: 'NAME', help: 'the corpora to get', takes: 'any', words: async () => Object.keys(await loadCorpora()) },
	},
	flags: {
		data: { ...data, otherwise: 'TEXTLOOM_DATA, else the cache, ~/.cache/textloom' },
		...needing('get', { mirror }),
		...needing('list', groups.out),
		...groups.json,
	},
	facts: {
		get: ({ parameters: { action } }) => action === 'get' || action,
		list: ({ parameters: { action } }) => action === 'list' || action,
	},
	example: ['textloom corpora list'],
	async run({ action, names }, { data, mirror, out, json }) {
		const all = await loadCorpora();
		if (action === 'list') {
			if (names.length > 0) throw new UsageError(`expected list without names, got ${names.join(' ')}.`);
			return await list(all, { data, out, json });
		}
		if (names.length === 0) throw new UsageError('expected get and the names of corpora, got get alone.');
		const unknown = names.find((name) => !Object.hasOwn(all, name));
		if (unknown !== undefined) {
			const meant = nearest(unknown, Object.keys(all));
			const next = meant ? ` Did you mean ${meant}?` : '';
			throw new UsageError(`expected a corpus (${Object.keys(all).join(', ')}), got ${JSON.stringify(unknown)}.${next}`);
		}
		const { controller, done } = interruptible('\nstopping: what has come is kept (Ctrl-C again to leave at once)');
		try {
			for (const name of new Set(names)) await get(all[name]!, { data, mirrors: mirrorsOf(mirror), json, signal: controller.signal });
			return 0;
		} catch (error) {
			if (controller.signal.aborted) return 130;
			throw error;
		} finally {
			done();
		}
	},
});

/** Where a corpus is: 'sample', 'missing', or the file of its training split. */
function placeOf(corpus: CatalogCorpus, data: string | undefined): string {
	try {
		const { origin, sample } = corpus.train(data);
		return sample ? 'sample' : origin;
	} catch {
		return 'missing';
	}
}

/** How the corpora are listed. */
interface Listing {
	readonly data: string | undefined;
	readonly out: string | undefined;
	readonly json: boolean;
}

async function list(all: Readonly<Record<string, CatalogCorpus>>, { data, out, json }: Listing): Promise<number> {
	const { print, done } = openOutput(out);
	for (const [name, corpus] of Object.entries(all)) {
		const { title, kind, splits, licence, published } = corpus;
		const place = placeOf(corpus, data);
		if (json) {
			await print(JSON.stringify({ name, title, kind, splits, licence, published, place }));
			continue;
		}
		const sizes = Object.entries(splits).map(([split, rows]) => `${split} ${count(rows)}`);
		await print(`${name.padEnd(27)} ${title} (${kind}; ${sizes.join(', ')}): ${place}`);
	}
	await done();
	return 0;
}

/** How a corpus is got. */
interface Getting {
	readonly data: string | undefined;
	readonly mirrors: Readonly<Record<string, string>>;
	readonly json: boolean;
	readonly signal: AbortSignal;
}

/** Says what a corpus is and what may be done with it, then downloads it. */
async function get(corpus: CatalogCorpus, { data, mirrors, json, signal }: Getting): Promise<void> {
	const { name, title, licence, published } = corpus;
	const { download, dataFolders } = await loadDownload();
	const folder = dataFolders(data)[0]!;
	const say = (line: string, event: object) => print(json ? JSON.stringify(event) : line);
	await say(`${title}, ${published}\nLicence: ${licence}\nInto ${folder}`, { event: 'start', name, title, published, licence, folder });
	const line = new ProgressLine();
	const onProgress = ({ path, received, total, retry }: DownloadProgress) => {
		if (retry) {
			line.clear();
			console.error(`  ${path}: ${retry.reason}; trying again in ${(retry.wait / 1000).toFixed(1)} s, ${megabytes(received)} are there`);
			return;
		}
		line.show(() =>
			(total ? `${bar(received / total)} ${percent(received / total)} of ${megabytes(total)}` : megabytes(received)).concat(`  ${path}`),
		);
	};
	try {
		const files = await download(corpus, { folder, signal, mirrors, onProgress });
		line.clear();
		for (const { path, state } of files) await say(`  ${path}: ${states[state]}`, { event: 'file', name, path, state });
	} finally {
		line.clear();
	}
}

const states = { fetched: 'downloaded and checked', there: 'already there', other: 'already there, another edition; left alone' };

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}

function mirrorsOf(given: readonly string[]): Record<string, string> {
	return Object.fromEntries(given.map((mirror) => mirror.split(/=(?=https?:\/\/)/, 2) as [from: string, to: string]));
}
