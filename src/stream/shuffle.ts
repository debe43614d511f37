// Documents in random order.
import { collect, type Documents, documents, documentsFrom, type Source } from './documents.js';
import { permutation } from './random.js';

/**
 * A step that hands documents on in random order (Fisher–Yates). It holds **all** documents in memory. Each pass has the same
 * order; another seed gives another.
 *
 * @example
 * const train = pipe(csv('train.csv'), shuffle({ seed: 1 }));
 */
export function shuffle({ seed }: { seed: number }): <D>(docs: Source<D>) => Documents<D> {
	return <D>(source: Source<D>) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			const all = await collect(docs);
			const order = permutation(all.length, seed);
			const size = 256;
			for (let start = 0; start < order.length; start += size) {
				yield Array.from(order.subarray(start, start + size), (i) => all[i]!);
			}
		}, docs.replayable);
	};
}
