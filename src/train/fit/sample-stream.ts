// Documents of a stream as batches for training: shuffled within a buffer, collated a batch at a time, never all in memory.
import { is, type Kinds, optionsOf, randomUint32 } from '../../base/index.js';
import { replayable, type Source } from '../../stream/index.js';
import type { Minibatch } from '../step/model.js';
import { streams } from '../step/weights.js';
import type { SampleStream } from './samples.js';

/** How documents become batches. */
export interface StreamSamplesOptions<D> {
	/** The batch of some documents: a tensor for each input of the model. */
	readonly collate: (docs: readonly D[]) => Minibatch;
	/** What a checkpoint knows the documents by: where they come from, and how they are made into samples. */
	readonly identity: string;
	/** Documents held to be mixed: each place is filled from among so many. 0 keeps the order. Default 10,000. */
	readonly buffer?: number;
	/** Whether documents that do not fill a batch at the end are left out, as carried states need it. Default false. */
	readonly dropLast?: boolean;
}

const kinds: Kinds<StreamSamplesOptions<never>> = {
	collate: is.needed(is.function),
	identity: is.needed(is.text),
	buffer: is.whole(0),
	dropLast: is.flag,
};

/** Samples from documents that are read anew in each epoch: a source that can be opened several times. */
export function streamSamples<D>(source: Source<D>, options: StreamSamplesOptions<D>): SampleStream {
	const { collate, identity, buffer = 10_000, dropLast = false } = optionsOf('streamSamples', options, kinds);
	const docs = replayable(source, 'streamSamples');
	return {
		fingerprint: () => `${identity} ${buffer} ${dropLast}`,
		async *batches(epoch, { batchSize, seed }) {
			let waiting: D[] = [];
			for await (const doc of mixed(docs, { buffer, seed, stream: streams.order + 2 * epoch })) {
				waiting.push(doc);
				if (waiting.length < batchSize) continue;
				yield collate(waiting);
				waiting = [];
			}
			if (waiting.length > 0 && !dropLast) yield collate(waiting);
		},
	};
}

/** Documents mixed through a buffer: once it is full, each new one takes the place of one drawn at random, which goes on. */
async function* mixed<D>(
	docs: AsyncIterable<D>,
	{ buffer, seed, stream }: { buffer: number; seed: number; stream: number },
): AsyncGenerator<D> {
	const held: D[] = [];
	let drawn = 0;
	const draw = () => Math.floor((randomUint32(seed, stream, drawn++) / 2 ** 32) * held.length);
	for await (const doc of docs) {
		if (buffer === 0) yield doc;
		else if (held.length < buffer) held.push(doc);
		else {
			const place = draw();
			yield held[place]!;
			held[place] = doc;
		}
	}
	while (held.length > 0) {
		const place = draw();
		yield held[place]!;
		held[place] = held.at(-1)!;
		held.pop();
	}
}
