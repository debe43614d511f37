// Texts to subwords by the package `tokenizers`: one batch in, one array of fields out.
import { createRequire } from 'node:module';
import type { Encoding, Tokenizer } from 'tokenizers';
import { DataError } from '../../base/index.js';
import type { TokenizerJson } from './tokenizer-json.js';

/** How `subwords` encodes. */
export interface SubwordsOptions {
	/** Whether the tokens that the tokenizer puts around a text (`[CLS]`, `</s>`) are added. Default true. */
	special?: boolean;
	/** Whether documents get `offsets`. Default false. */
	offsets?: boolean;
	/** The most tokens of a text, special ones included; what is more is cut off, of a pair from the longer text. Default no limit. */
	maxLength?: number;
	/** The field with a second text, as for questions with their answers; documents get `types` then. Default none. */
	pair?: string;
}

/** What is encoded as one: a text, or two. */
export type Encodable = string | [text: string, pair: string];

/** What `subwords` adds to a document. */
export interface Subwords {
	tokens: string[];
	ids: Int32Array;
	/** For each token the half-open range of UTF-16 units of its text that it stands for; [0, 0] for tokens that were added. On request. */
	offsets?: [start: number, end: number][];
	/** For each token 0, or 1 where the tokenizer says so of the second text. With `pair`. */
	types?: Int32Array;
	/** How many tokens the text has, where it was cut. With `maxLength`. */
	whole?: number;
}

/** An open tokenizer. The package's own types are kept out of ours: they do not compile without `skipLibCheck`. */
export interface Encoder {
	encode(texts: readonly Encodable[]): Promise<Subwords[]>;
	/** Tokens, added ones included. */
	readonly size: number;
	idOf(token: string): number | undefined;
	tokenOf(id: number): string | undefined;
	/** The text of ids, without special tokens. */
	decode(ids: ArrayLike<number>): Promise<string>;
}

/** Opens a tokenizer. The native library is loaded here, so that only those who use it need it. Throws a DataError where the library refuses. */
export function openEncoder(json: TokenizerJson, { special = true, offsets = false, maxLength, pair }: SubwordsOptions): Encoder {
	const library = createRequire(import.meta.url)('tokenizers') as typeof import('tokenizers');
	let tokenizer: Tokenizer;
	try {
		tokenizer = library.Tokenizer.fromString(JSON.stringify(json));
	} catch (error) {
		throw new DataError(
			`subwords: expected a tokenizer.json that the package tokenizers reads, got its error "${(error as Error).message}". Save the tokenizer again.`,
			{ cause: error },
		);
	}
	// A document's fields must not depend on its neighbours, and a limit is set here only.
	tokenizer.disablePadding();
	tokenizer.disableTruncation();
	if (maxLength !== undefined) tokenizer.setTruncation(maxLength);

	const how = { addSpecialTokens: special };
	// The package's batches have no pairs.
	const encodeAll = (texts: readonly Encodable[]): Promise<Encoding[]> =>
		pair === undefined
			? tokenizer.encodeBatch(texts as string[], how)
			: Promise.all(texts.map(([text, second]) => tokenizer.encode(text!, second!, how)));
	const encode = async (texts: readonly Encodable[]) => {
		const encodings = await encodeAll(texts).catch((error: Error) => {
			throw new DataError(
				`subwords: expected texts that the tokenizer encodes, got its error "${error.message}". Add a token for what is unknown to its model.`,
				{ cause: error },
			);
		});
		return encodings.map((encoding, i) => ({
			tokens: encoding.getTokens(),
			ids: Int32Array.from(encoding.getIds()),
			...(offsets && { offsets: utf16([texts[i]!].flat(), encoding) }),
			...(pair !== undefined && { types: Int32Array.from(encoding.getTypeIds()) }),
			...(maxLength !== undefined && wholeOf(encoding)),
		}));
	};
	return {
		encode,
		size: tokenizer.getVocabSize(true),
		idOf: (token) => tokenizer.tokenToId(token) ?? undefined,
		tokenOf: (id) => tokenizer.idToToken(id) ?? undefined,
		decode: (ids) => tokenizer.decode(Array.from(ids), true),
	};
}

/** Special tokens stand around what was cut off, too. */
function wholeOf(encoding: Encoding): { whole: number } | undefined {
	const over = encoding.getOverflowing();
	if (over.length === 0) return undefined;
	const own = (part: Encoding) => part.getSpecialTokensMask().reduce((sum, special) => sum + (special ? 0 : 1), 0);
	return { whole: encoding.getLength() + over.reduce((sum, part) => sum + own(part), 0) };
}

/** Offsets in code points of their text as offsets in UTF-16 units. */
function utf16(texts: readonly string[], encoding: Encoding): [number, number][] {
	const offsets = encoding.getOffsets() as [number, number][];
	if (!texts.some((text) => /[\ud800-\udbff]/.test(text))) return offsets;
	const places = texts.map(codePointPlaces);
	const sequences = encoding.getSequenceIds();
	return offsets.map(([start, end], token) => {
		const at = places[sequences[token] ?? 0]!;
		return [at[start]!, at[end]!];
	});
}

/** Where each code point begins, and the end of the text. */
function codePointPlaces(text: string): number[] {
	const places: number[] = [];
	for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) places.push(at);
	places.push(text.length);
	return places;
}
