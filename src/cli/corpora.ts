// textloom corpora: which corpora there are, and getting them.
import type { DownloadProgress } from '../base/index.js';
import { type CatalogCorpus, loadCorpora, loadDownload } from './catalog.js';
import { type Command, text, UsageError, type Values } from './command.js';
import { interruptible } from './interrupt.js';
import { bar, count, ProgressLine, percent, print } from './output.js';

export const corpora: Command = {
	summary: 'the corpora: list them, get them from where they are published',
	parameters: ['list|get', '[NAME…]'],
	usage: `  list                   every corpus: what it is, its splits, where it is
  get NAME…              download corpora: checked, gone on with where it was cut off, nothing twice
  --data DIR             where the data sets are (default: TEXTLOOM_DATA, else the cache, ~/.cache/textloom)
  --mirror URL=URL       fetch what is published below the first URL from below the second
  --json                 one JSON object a line`,
	flags: { data: { type: 'string' }, mirror: { type: 'string', multiple: true }, json: { type: 'boolean' } },
	async run([action, ...names], values) {
		const all = await loadCorpora();
		if (action === 'list' && names.length === 0) return await list(all, values);
		if (action !== 'get' || names.length === 0) throw new UsageError('expected list, or get and the names of corpora.');
		const unknown = names.find((name) => !Object.hasOwn(all, name));
		if (unknown !== undefined) {
			throw new UsageError(`expected a corpus (${Object.keys(all).join(', ')}), got ${JSON.stringify(unknown)}.`);
		}
		const { controller, done } = interruptible('\nstopping: what has come is kept (Ctrl-C again to leave at once)');
		try {
			for (const name of new Set(names)) await get(all[name]!, values, controller.signal);
			return 0;
		} catch (error) {
			if (controller.signal.aborted) return 130;
			throw error;
		} finally {
			done();
		}
	},
};

/** Where a corpus is: 'sample', 'missing', or the file of its training split. */
function placeOf(corpus: CatalogCorpus, data: string | undefined): string {
	try {
		const { origin, sample } = corpus.train(data);
		return sample ? 'sample' : origin;
	} catch {
		return 'missing';
	}
}

async function list(all: Readonly<Record<string, CatalogCorpus>>, values: Values): Promise<number> {
	const data = text(values, 'data');
	for (const [name, corpus] of Object.entries(all)) {
		const { title, kind, splits, licence, published } = corpus;
		const place = placeOf(corpus, data);
		if (values.json) {
			await print(JSON.stringify({ name, title, kind, splits, licence, published, place }));
			continue;
		}
		const sizes = Object.entries(splits).map(([split, rows]) => `${split} ${count(rows)}`);
		await print(`${name.padEnd(27)} ${title} (${kind}; ${sizes.join(', ')}): ${place}`);
	}
	return 0;
}

/** Says what a corpus is and what may be done with it, then downloads it. */
async function get(corpus: CatalogCorpus, values: Values, signal: AbortSignal): Promise<void> {
	const { name, title, licence, published } = corpus;
	const { download, dataFolders } = await loadDownload();
	const folder = dataFolders(text(values, 'data'))[0]!;
	const say = (line: string, event: object) => print(values.json ? JSON.stringify(event) : line);
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
		const files = await download(corpus, { folder, signal, mirrors: mirrorsOf(values), onProgress });
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

function mirrorsOf(values: Values): Record<string, string> {
	const given = Array.isArray(values.mirror) ? values.mirror.map(String) : [];
	return Object.fromEntries(
		given.map((mirror) => {
			const [, from, to] = /^(https?:\/\/.+?)=(https?:\/\/.+)$/.exec(mirror) ?? [];
			if (from === undefined || to === undefined) throw new UsageError(`expected URL=URL for --mirror, got ${JSON.stringify(mirror)}.`);
			return [from, to];
		}),
	);
}
