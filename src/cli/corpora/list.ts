// The list of corpora.
import type { CatalogCorpus } from '../catalog.js';
import { count, openOutput } from '../output.js';

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

/** Prints every corpus; returns the exit code. */
export async function listCorpora(all: Readonly<Record<string, CatalogCorpus>>, { data, out, json }: Listing): Promise<number> {
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
