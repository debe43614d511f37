// The stage of a tokenizer.json: text to subwords and their ids.
import { asyncStage, type Json, type Stage, writeAtomic } from '../../stream/index.js';
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

/**
 * Applies a `tokenizer.json`, given by its path or as an object, through the package `tokenizers`: ids, tokens and offsets are those of
 * Hugging Face's own library. The stage holds the whole tokenizer, so a saved pipeline needs no other file.
 *
 * @example
 * pipe(lines('news.txt'), subwords('model/tokenizer.json', { offsets: true }));
 */
export function subwords(tokenizer: string | TokenizerJson, options: SubwordsOptions = {}): SubwordStage {
	const { special = true, offsets = false, maxLength, pair } = options;
	if (maxLength !== undefined && !(Number.isInteger(maxLength) && maxLength > 0)) {
		throw new RangeError(`subwords: expected maxLength to be a whole number from 1, got ${maxLength}. Leave it out for no limit.`);
	}
	const json = readTokenizer(tokenizer);
	const used = { special, offsets, ...(maxLength !== undefined && { maxLength }), ...(pair !== undefined && { pair }) };
	const encoder = openEncoder(json, used);
	const blocking = blockingEncoder(json, used);

	const input = (doc: { text: string }): Encodable =>
		pair === undefined ? doc.text : [doc.text, (doc as unknown as Record<string, string>)[pair]!];
	const spec = { stage: 'subwords', options: used, state: json as unknown as Json };
	const added = (docs: readonly { text: string }[], found: readonly Subwords[]) => docs.map((doc, i) => ({ ...doc, ...found[i]! }));
	const stage = asyncStage<{ text: string }, Subwords>(
		spec,
		{
			apply: (docs) => added(docs, blocking(docs.map(input))),
			applyAsync: async (docs) => added(docs, await encoder.encode(docs.map(input))),
		},
		{ text: 'text', ...(pair !== undefined && { [pair]: 'text' }) },
	);
	const { size, idOf, decode } = encoder;
	const tokenOf = (id: number) => {
		const token = Number.isInteger(id) && id >= 0 ? encoder.tokenOf(id) : undefined;
		if (token !== undefined) return token;
		throw new RangeError(`subwords: expected an id of one of ${size} tokens, got ${id}. Is it an id of another tokenizer?`);
	};
	return Object.assign(stage, {
		json,
		size,
		idOf,
		tokenOf,
		decode,
		save: (path: string) => writeAtomic(path, JSON.stringify(json)),
	});
}

/** The stage that a spec describes. Throws a DataError where the state is no tokenizer. */
export function reviveSubwords(options: SubwordsOptions, state: Json | undefined): SubwordStage {
	return subwords(state as unknown as TokenizerJson, options);
}
