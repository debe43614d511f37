// A decoder alone: it goes on with prompts, which are padded at their beginnings, so that what comes next is at the end of all.
import { type RemoteSession, type SessionHost, tensor } from '../../graph/index.js';
import type { Decoder, Logits, Looks } from '../decoder.js';
import { type Cache, emptyCache, intoOf, releaseAll, withPlaces } from '../steps/caches.js';
import { column, padded, runStep, takenBy } from '../steps/feeds.js';

export interface PromptParts {
	readonly host: SessionHost;
	readonly session: RemoteSession;
	readonly caches: readonly Cache[];
	readonly padding: number;
}

export const goOnWithPrompts =
	({ host, session, caches, padding }: PromptParts): Decoder['begin'] =>
	(inputs) =>
		withPlaces(
			host,
			caches.map(({ past }) => past),
			async (places) => {
				/** How many tokens each row has, without padding, and with it. */
				let lengths = inputs.map(({ length }) => length);
				let width = Math.max(...lengths);
				if (!session.inputs.includes('attention_mask') && lengths.some((length) => length !== width)) {
					throw new RangeError(
						'generate: expected prompts of one length for a model without attention_mask, got several. Generate them one by one, by batchSize: 1.',
					);
				}
				const run = (feeds: Parameters<RemoteSession['run']>[0], count?: number) =>
					runStep(session, { attention_mask: lastPlaces(lengths, width), ...feeds }, { into: intoOf(caches, places), count });
				const counted = inputs.map((prompt) => prompt.map((_, place) => place));
				const first = (await run({
					...Object.fromEntries(caches.map((cache) => [cache.past, emptyCache(cache, inputs.length)])),
					...{ input_ids: padded(inputs, { padding, at: 'beginning' }), position_ids: padded(counted, { padding: 1, at: 'beginning' }) },
					...takenBy(Int32Array.from(inputs.keys())),
				})) as Logits & Looks;
				return {
					prompts: inputs,
					vocabulary: first.vocabulary,
					first: async () => first,
					step(tokens, rows, count) {
						const positions = column(rows.map((row) => lengths[row]!));
						lengths = Array.from(rows, (row) => lengths[row]! + 1);
						width++;
						return run({ ...places, input_ids: column(tokens), position_ids: positions, ...takenBy(rows) }, count);
					},
					release: () => releaseAll(places),
				};
			},
		);

/** Ones at the last places of each row, as many as it has tokens, and zeros before. */
function lastPlaces(lengths: readonly number[], width: number) {
	const mask = lengths.flatMap((length) => Array.from({ length: width }, (_, place) => (place < width - length ? 0 : 1)));
	return tensor('int64', [lengths.length, width], mask);
}
