// Getting a corpus from where it is published.
import type { DownloadProgress } from '../../base/index.js';
import { type CatalogCorpus, loadDownload } from '../catalog.js';
import { bar, ProgressLine, percent, print } from '../output.js';

/** How a corpus is got. */
interface Getting {
	readonly data: string | undefined;
	readonly mirrors: Readonly<Record<string, string>>;
	readonly json: boolean;
	readonly signal: AbortSignal;
}

/** Says what a corpus is and what may be done with it, then downloads it. */
export async function getCorpus(corpus: CatalogCorpus, { data, mirrors, json, signal }: Getting): Promise<void> {
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
