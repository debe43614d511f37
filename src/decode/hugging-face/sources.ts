// An encoder and a decoder: the encoder reads sources once, and the decoder goes on from its start, looking at what the encoder made of them.
import type { RemoteSession, SessionHost, Tensor } from '../../graph/index.js';
import type { Decoder, Logits, Looks } from '../decoder.js';
import { type Cache, emptyCache, intoOf, releaseAll, sameOwners, take, withPlaces } from '../steps/caches.js';
import { column, feedsOf, padded, runStep, takenBy, withCache } from '../steps/feeds.js';

/** What the encoder made of the sources, as decoders call it. */
export const hiddenStates = 'encoder_hidden_states';

export interface SourceParts {
	readonly host: SessionHost;
	readonly encoder: RemoteSession;
	/** The first step, and all later ones. A merged decoder is both. */
	readonly first: RemoteSession;
	readonly later: RemoteSession;
	readonly caches: readonly Cache[];
	/** Takes what is of the source by rows. */
	readonly taker: RemoteSession;
	/** What stays the same for a source, by the names of the inputs of later steps. */
	readonly ofSource: readonly { readonly name: string }[];
	readonly start: number;
	readonly padding: number;
}

export const goOnFromSources =
	({ host, encoder, first, later, caches, taker, ofSource, start, padding }: SourceParts): Decoder['begin'] =>
	(inputs) =>
		withPlaces(host, new Set([hiddenStates, ...caches.map(({ past }) => past)]), async (places) => {
			const { [hiddenStates]: hidden } = places;
			const source = Object.fromEntries(ofSource.map(({ name }) => [name, places[name]!]));
			const attended = inputs.map((input) => input.map(() => 1));
			const masks = padded(attended, { padding: 0, at: 'end' });
			const sources = feedsOf(encoder.inputs, { input_ids: padded(inputs, { padding, at: 'end' }), attention_mask: masks });
			const [states] = encoder.outputs;
			await encoder.run(sources, { outputs: [], into: { [states!]: hidden! } });
			const all = Int32Array.from(inputs.keys());
			const begun = {
				...Object.fromEntries(caches.map((cache) => [cache.past, emptyCache(cache, inputs.length)])),
				...{ input_ids: column(inputs.map(() => start)), [hiddenStates]: hidden!, encoder_attention_mask: masks },
				...{ ...takenBy(all), ...withCache(false) },
			};
			const said = (await runStep(first, begun, { into: intoOf(caches, places) })) as Logits & Looks;
			/** Which input each row is of, and its mask. */
			let [owners, mask] = [all, masks];
			const own = caches.filter((cache) => !cache.ofSource);
			return {
				prompts: inputs.map(() => [start]),
				vocabulary: said.vocabulary,
				first: async () => said,
				async step(tokens, rows, count) {
					const now = rows.map((row) => owners[row]!);
					if (!sameOwners(owners, now)) {
						await take(taker, source, rows);
						mask = rowsOf(masks, now);
					}
					owners = now;
					const feeds = { ...places, input_ids: column(tokens), encoder_attention_mask: mask, ...takenBy(rows), ...withCache(true) };
					return runStep(later, feeds, { into: intoOf(own, places), count });
				},
				release: () => releaseAll(places),
			};
		});

/** Rows of a tensor of int64 `[rows, width]`. */
function rowsOf({ shape, data }: Tensor, rows: Int32Array): Tensor {
	const width = shape[1]!;
	const numbers = data as BigInt64Array;
	const taken = new BigInt64Array(rows.length * width);
	for (const [place, row] of rows.entries()) taken.set(numbers.subarray(row * width, (row + 1) * width), place * width);
	return { dtype: 'int64', shape: [rows.length, width], data: taken };
}
