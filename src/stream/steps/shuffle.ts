// Documents in random order, also where they are more than memory holds.

import { is, optionsOf, randomUint32 } from '../../base/index.js';
import { documentsFrom, slices } from '../documents.js';
import { openSpill } from './spill.js';
import { type AnyVerb, streamVerb } from './verb.js';

/** The stream of random numbers that orders documents. */
const ordering = 0x10000000;

/** A document with the random number that it is sorted by. */
interface Keyed<D> {
	readonly key: number;
	readonly doc: D;
}

const byKey = (a: Keyed<unknown>, b: Keyed<unknown>) => a.key - b.key;

function* ordered<D>(keyed: Keyed<D>[]): Generator<D[]> {
	keyed.sort(byKey);
	yield* slices(keyed.map(({ doc }) => doc));
}

/**
 * Hands documents on in random order: each gets a random number, a function of the seed and its place, and they are
 * sorted by it. Each pass has the same order; another seed gives another. Up to `inMemory` documents are held in memory; more go
 * through a temporary file, in 256 parts by their numbers, and a part at a time is held: the order is the same. Documents that
 * go through the file are what `structuredClone` makes of them.
 *
 * @example
 * const train = pipe(csv('train.csv'), shuffle({ seed: 1 }));
 */
export function shuffle(options: { seed: number; inMemory?: number }): AnyVerb {
	const { seed, inMemory = 50_000 } = optionsOf('shuffle', options ?? {}, { seed: is.needed(is.whole()), inMemory: is.limit(0) });
	return streamVerb({ stage: 'shuffle', options: { seed } }, (docs) =>
		documentsFrom(async function* () {
			let held: Keyed<object>[] = [];
			let index = 0;
			let spill: Awaited<ReturnType<typeof openSpill<object>>> | undefined;
			try {
				for await (const chunk of docs.chunks()) {
					for (const doc of chunk) held.push({ key: randomUint32(seed, ordering, index++), doc });
					if (index <= inMemory) continue;
					spill ??= await openSpill<object>('shuffle');
					await spill.add(held);
					held = [];
				}
				if (!spill) yield* ordered(held);
				else for await (const part of spill.parts()) yield* ordered(part);
			} finally {
				await spill?.close();
			}
		}, docs.replayable),
	);
}
