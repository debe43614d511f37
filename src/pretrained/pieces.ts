// Texts as pieces of at most so many tokens, each between the tokens that begin and end a text: nothing of a long text is left out.
import type { Tensor } from '../graph/index.js';
import type { Documents } from '../stream/index.js';
import { type SubwordStage, subwords } from '../text/index.js';
import { hashOf, type Samples } from '../train/fit/samples.js';
import { ignored } from './masked-model.js';
import type { Draw, Masked, MaskedTokens } from './masking.js';

/** All pieces, one after the other. */
export interface Pieces {
	readonly ids: Int32Array;
	/** Where each begins, and the end. */
	readonly starts: Uint32Array;
}

/** The tokens that a tokenizer needs for this, and which may be hidden. */
export function tokensOf({ json, size, idOf, tokenOf }: SubwordStage): MaskedTokens & { readonly begin: number; readonly end: number } {
	const [begin, end, mask] = (
		[
			['[CLS]', '<s>'],
			['[SEP]', '</s>'],
			['[MASK]', '<mask>'],
		] as const
	).map((names) => {
		const id = names.map(idOf).find((id) => id !== undefined);
		if (id !== undefined) return id;
		throw new RangeError(`pretrain: expected a tokenizer with ${names.join(' or ')}, got one without. Add it to its special tokens.`);
	}) as [number, number, number];
	const { added_tokens: added = [] } = json as unknown as { added_tokens?: readonly { id: number; special: boolean }[] };
	const special = new Set(added.filter(({ special }) => special).map(({ id }) => id));
	const prefix = (json.model as { continuing_subword_prefix?: string }).continuing_subword_prefix ?? '';
	const continues = Uint8Array.from({ length: size }, (_, id) => (prefix !== '' && tokenOf(id).startsWith(prefix) ? 1 : 0));
	const plain = Int32Array.from({ length: size }, (_, id) => id).filter((id) => !special.has(id));
	return { begin, end, mask, plain, continues };
}

/** Cuts texts into pieces; `onDocuments` hears how many were read. A piece of one token is left out: there is nothing to tell it from. */
export async function cutIntoPieces(
	docs: Documents<{ text: string }>,
	tokenizer: SubwordStage,
	{ maxLength, onDocuments }: { readonly maxLength: number; readonly onDocuments: (documents: number) => void },
): Promise<Pieces> {
	const { begin, end } = tokensOf(tokenizer);
	const plain = subwords(tokenizer.json, { special: false });
	const starts: number[] = [];
	let ids = new Int32Array(1 << 16);
	let filled = 0;
	let documents = 0;
	for await (const chunk of docs.chunks()) {
		const encoded = await plain.applyAsync(chunk.map(({ text }) => ({ text })));
		for (const doc of encoded as { ids: Int32Array }[]) {
			for (let at = 0; at < doc.ids.length; at += maxLength - 2) {
				const piece = doc.ids.subarray(at, at + maxLength - 2);
				if (piece.length < 2) continue;
				if (filled + piece.length + 2 > ids.length) {
					const larger = new Int32Array(2 * ids.length + maxLength);
					larger.set(ids.subarray(0, filled));
					ids = larger;
				}
				starts.push(filled);
				ids[filled] = begin;
				ids.set(piece, filled + 1);
				ids[filled + piece.length + 1] = end;
				filled += piece.length + 2;
			}
		}
		documents += chunk.length;
		onDocuments(documents);
	}
	return { ids: ids.slice(0, filled), starts: Uint32Array.of(...starts, filled) };
}

/** Pieces as samples, hidden anew in each epoch. */
export function samplesOf({ ids, starts }: Pieces, hide: (ids: Int32Array, draw: Draw) => Masked, seed: number): Samples {
	const size = starts.length - 1;
	const lengths = { time: Uint32Array.from({ length: size }, (_, piece) => starts[piece + 1]! - starts[piece]!) };
	const fingerprint = () => hashOf('pieces', ids, starts);
	const at = (epoch: number): Samples => ({
		...{ size, lengths, fingerprint },
		batch: (pieces) => batchOf(Array.from(pieces, (text) => hide(ids.subarray(starts[text]!, starts[text + 1]!), { seed, epoch, text }))),
	});
	return { ...at(0), inEpoch: async (epoch) => at(epoch + 1) };
}

function batchOf(texts: readonly Masked[]): Record<string, Tensor> {
	const padded = (of: (text: Masked) => Int32Array, filling: number): Tensor => {
		const width = Math.max(...texts.map((text) => of(text).length));
		const data = new Int32Array(texts.length * width).fill(filling);
		for (const [row, text] of texts.entries()) data.set(of(text), row * width);
		return { dtype: 'int32', shape: [texts.length, width], data };
	};
	return {
		ids: padded(({ ids }) => ids, 0),
		lengths: { dtype: 'int32', shape: [texts.length], data: Int32Array.from(texts, ({ ids }) => ids.length) },
		places: padded(({ places }) => places, 0),
		targets: padded(({ targets }) => targets, ignored),
	};
}
