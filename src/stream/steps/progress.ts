// Counting the documents that pass by.
import { argumentOf, is, optionsOf } from '../../base/index.js';
import { documentsFrom } from '../documents.js';
import { type AnyVerb, streamVerb } from './verb.js';

/** How far a pass has come. */
export interface Progress {
	/** Documents that the next step is done with. */
	documents: number;
	/** Seconds since the pass began. */
	seconds: number;
	perSecond: number;
}

/**
 * Hands documents on unchanged and tells how many have passed: about every `every` documents (where a chunk ends),
 * and once when there are no more.
 *
 * @example
 * pipe(csv('train.csv'), progress(({ documents, perSecond }) => console.error(documents, perSecond)), clean());
 */
export function progress(onProgress: (state: Progress) => void, options: { every?: number } = {}): AnyVerb {
	argumentOf('progress', 'onProgress', onProgress, is.function);
	const { every = 10_000 } = optionsOf('progress', options, { every: is.limit(1) });
	return streamVerb({ stage: 'progress', options: { every } }, (docs) =>
		documentsFrom(async function* () {
			const start = performance.now();
			let passed = 0;
			let next = every;
			const tell = () => {
				const seconds = (performance.now() - start) / 1000;
				onProgress({ documents: passed, seconds, perSecond: seconds > 0 ? passed / seconds : 0 });
			};
			for await (const chunk of docs.chunks()) {
				yield chunk;
				passed += chunk.length;
				if (passed < next) continue;
				next = passed - (passed % every) + every;
				tell();
			}
			tell();
		}, docs.replayable),
	);
}
