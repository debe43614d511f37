// The stage of a tokenizer.json: text to subwords and their ids.
import {
	documents,
	documentsFrom,
	is,
	type Json,
	type Kinds,
	optionsOf,
	type Source,
	type Stage,
	stage,
	writeAtomic,
} from '../../stream/index.js';
import { blockingEncoder } from './blocking.js';
import { type Encodable, openEncoder, type Subwords, type SubwordsOptions } from './encoder.js';
import { readTokenizer } from './read-tokenizer.js';
import type { TokenizerJson } from './tokenizer-json.js';

/** A tokenizer as a stage that adds `tokens`, `ids` and, on request, `offsets`. */
export interface SubwordStage extends Stage<{ text: string }, Subwords> {
	/** The tokenizer as it would be in a `tokenizer.json`. */
	readonly json: TokenizerJson;
	/** Tokens, added ones included. */
	readonly size: number;
	/** The id of a token, or undefined where there is none. */
	idOf(token: string): number | undefined;
	/** The token of an id. Throws a RangeError for an id that no token has. */
	tokenOf(id: number): string;
	/** The text of ids, without special tokens. */
	decode(ids: ArrayLike<number>): Promise<string>;
	/** Writes a `tokenizer.json` that every Hugging Face library reads. */
	save(path: string): Promise<void>;
}

const kinds: Kinds<SubwordsOptions> = { special: is.flag, offsets: is.flag, maxLength: is.whole(1), pair: is.name };

/**
 * Applies a `tokenizer.json`, given by its path or as an object, through the package `tokenizers`: ids, tokens and offsets are those of
 * Hugging Face's own library. The stage holds the whole tokenizer, so a saved pipeline needs no other file.
 *
 * @example
 * pipe(lines('news.txt'), subwords('model/tokenizer.json', { offsets: true }));
 */
export function subwords(tokenizer: string | TokenizerJson, options: SubwordsOptions = {}): SubwordStage {
	const { special = true, offsets = false, maxLength, pair } = optionsOf('subwords', options, kinds);
	const json = readTokenizer(tokenizer);
	const used = { special, offsets, ...(maxLength !== undefined && { maxLength }), ...(pair !== undefined && { pair }) };
	const encoder = openEncoder(json, used);
	const blocking = blockingEncoder(json, used);

	const input = (doc: { text: string }): Encodable => (pair === undefined ? doc.text : [doc.text, secondText(doc, pair)]);
	const spec = { stage: 'subwords', options: used, state: json as unknown as Json };
	const { apply } = stage<{ text: string }, Subwords>(spec, (docs) => {
		const found = blocking(docs.map(input));
		return docs.map((doc, i) => ({ ...doc, ...found[i]! }));
	});
	const applyAsync = async <D extends { text: string }>(docs: readonly D[]) => {
		const found = await encoder.encode(docs.map(input));
		return docs.map((doc, i) => ({ ...doc, ...found[i]! }));
	};
	const step = <D extends { text: string }>(source: Source<D>) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			for await (const chunk of docs.chunks()) yield await applyAsync(chunk);
		}, docs.replayable);
	};
	const { size, idOf, decode } = encoder;
	const tokenOf = (id: number) => {
		const token = Number.isInteger(id) && id >= 0 ? encoder.tokenOf(id) : undefined;
		if (token !== undefined) return token;
		throw new RangeError(`subwords: expected an id of one of ${size} tokens, got ${id}. Is it an id of another tokenizer?`);
	};
	return Object.assign(step, {
		apply,
		applyAsync,
		spec,
		json,
		size,
		idOf,
		tokenOf,
		decode,
		save: (path: string) => writeAtomic(path, JSON.stringify(json)),
	});
}

function secondText(doc: object, field: string): string {
	const text: unknown = (doc as Record<string, unknown>)[field];
	if (typeof text === 'string') return text;
	throw new TypeError(
		`subwords: expected a text in the field ${field} of each document, got ${typeof text}. Correct pair, or the documents.`,
	);
}

/** The stage that a spec describes. Throws a DataError where the state is no tokenizer. */
export function reviveSubwords(options: SubwordsOptions, state: Json | undefined): SubwordStage {
	return subwords(state as unknown as TokenizerJson, options);
}
