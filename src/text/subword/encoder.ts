// Texts to subwords by the package `tokenizers`: one batch in, one array of fields out.
import { createRequire } from 'node:module';
import type { Encoding, Tokenizer } from 'tokenizers';
import { DataError } from '../../stream/index.js';
import type { TokenizerJson } from './tokenizer-json.js';

/** How `subwords` encodes. */
export interface SubwordsOptions {
	/** Whether the tokens that the tokenizer puts around a text (`[CLS]`, `</s>`) are added. Default true. */
	special?: boolean;
	/** Whether documents get `offsets`. Default false. */
	offsets?: boolean;
	/** The most tokens of a text, special ones included; what is more is cut off. Default no limit. */
	maxLength?: number;
}

/** What `subwords` adds to a document. */
export interface Subwords {
	tokens: string[];
	ids: Int32Array;
	/** For each token the half-open range of UTF-16 units of `text` that it stands for; [0, 0] for tokens that were added. On request. */
	offsets?: [start: number, end: number][];
}

/** An open tokenizer. */
export interface Encoder {
	encode(texts: readonly string[]): Promise<Subwords[]>;
	readonly tokenizer: Tokenizer;
}

/** Opens a tokenizer. The native library is loaded here, so that only those who use it need it. Throws a DataError where the library refuses. */
export function openEncoder(json: TokenizerJson, { special = true, offsets = false, maxLength }: SubwordsOptions): Encoder {
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

	const encode = async (texts: readonly string[]) => {
		const encodings = await tokenizer.encodeBatch([...texts], { addSpecialTokens: special }).catch((error: Error) => {
			throw new DataError(
				`subwords: expected texts that the tokenizer encodes, got its error "${error.message}". Add a token for what is unknown to its model.`,
				{ cause: error },
			);
		});
		return encodings.map((encoding, i) => fields(encoding, offsets ? texts[i] : undefined));
	};
	return { encode, tokenizer };
}

function fields(encoding: Encoding, text: string | undefined): Subwords {
	const found = { tokens: encoding.getTokens(), ids: Int32Array.from(encoding.getIds()) };
	return text === undefined ? found : { ...found, offsets: utf16(text, encoding.getOffsets()) };
}

/** Offsets in code points as offsets in UTF-16 units. */
function utf16(text: string, offsets: readonly (readonly number[])[]): [number, number][] {
	if (!/[\ud800-\udbff]/.test(text)) return offsets as [number, number][];
	const places: number[] = [];
	for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) places.push(at);
	places.push(text.length);
	return offsets.map(([start, end]) => [places[start!]!, places[end!]!]);
}
