// A random sample of a stream.
import { argumentOf, is, type Kind, optionsOf, randomDouble } from '../../base/index.js';
import { type Documents, documentsFrom, slices } from '../documents.js';
import { type AnyVerb, streamVerb } from './verb.js';

/** The stream of random numbers that chooses documents. */
const choosing = 0x10000003;

const sizeKind: Kind = {
	expected: 'a number of documents, or a share below 1',
	fits: (value) => is.whole(0).fits(value) || is.share.fits(value),
};

/**
 * Hands on a random sample in the order of the stream: a whole number is how many documents (reservoir sampling, Vitter 1985;
 * that many are held in memory), a fraction below 1 the share of them (each by itself, nothing is held). Same seed, same sample.
 *
 * @example
 * pipe(csv('train.csv'), sample(1000, { seed: 1 }));
 */
export function sample(size: number, options: { seed?: number } = {}): AnyVerb {
	const { seed = 0 } = optionsOf('sample', options, { seed: is.whole() });
	const share = argumentOf('sample', 'size', size, sizeKind) > 0 && size < 1;
	return streamVerb({ stage: 'sample', options: { size, seed } }, (docs) =>
		documentsFrom(() => (share ? some(docs, size, seed) : reservoir(docs, size, seed)), docs.replayable),
	);
}

async function* some<D>(docs: Documents<D>, share: number, seed: number): AsyncGenerator<D[]> {
	let index = 0;
	for await (const chunk of docs.chunks()) {
		const kept = chunk.filter(() => randomDouble(seed, choosing, index++) < share);
		if (kept.length > 0) yield kept;
	}
}

/** A place among 0 … index, each as likely as the others: 53 bits, so that none of up to 2⁵³ is out of reach. */
export function placeAmong(seed: number, index: number): number {
	return Math.floor(randomDouble(seed, choosing, index) * (index + 1));
}

/** Document i takes the place of one that is held with probability size / (i + 1). */
async function* reservoir<D>(docs: Documents<D>, size: number, seed: number): AsyncGenerator<D[]> {
	const held: { index: number; doc: D }[] = [];
	let index = 0;
	for await (const chunk of docs.chunks()) {
		for (const doc of chunk) {
			const place = index < size ? index : placeAmong(seed, index);
			if (place < size) held[place] = { index, doc };
			index++;
		}
	}
	held.sort((a, b) => a.index - b.index);
	yield* slices(held.map(({ doc }) => doc));
}
