// The stage of a tokenizer.json: text to subwords and their ids.
import { DataError, is, type Json, type Kinds, optionsOf, writeAtomic } from '../../base/index.js';
import { asyncStage, type OwnStage, ownStage, type Stage, type State } from '../../stream/index.js';
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
export const subwords: ((tokenizer: string | TokenizerJson, options?: SubwordsOptions) => SubwordStage) & OwnStage = ownStage(
	(tokenizer: string | TokenizerJson, options: SubwordsOptions = {}): SubwordStage => {
		const { special = true, offsets = false, maxLength, pair } = optionsOf('subwords', options, kinds);
		const json = readTokenizer(tokenizer);
		const used = { special, offsets, ...(maxLength !== undefined && { maxLength }), ...(pair !== undefined && { pair }) };
		const encoder = openEncoder(json, used);

		const input = (doc: { text: string }): Encodable =>
			pair === undefined ? doc.text : [doc.text, (doc as unknown as Record<string, string>)[pair]!];
		const stage = asyncStage<{ text: string }, Subwords>(
			async (docs) => {
				const found = await encoder.encode(docs.map(input));
				return docs.map((doc, place) => ({ ...doc, ...found[place]! }));
			},
			{
				...{ stage: 'subwords', options: used, state: json as unknown as Json },
				needs: { text: 'text', ...(pair !== undefined && { [pair]: 'text' }) },
			},
		);
		const { size, idOf, decode } = encoder;
		const tokenOf = (id: number) => {
			const token = Number.isInteger(id) && id >= 0 ? encoder.tokenOf(id) : undefined;
			if (token !== undefined) return token;
			throw new RangeError(`subwords: expected an id of one of ${size} tokens, got ${id}. Is it an id of another tokenizer?`);
		};
		return Object.assign(stage, {
			cuts: 'text',
			json,
			size,
			idOf,
			tokenOf,
			decode,
			save: (path: string) => writeAtomic(path, JSON.stringify(json)),
		});
	},
	(options: SubwordsOptions, state) => subwords(tokenizerIn(state), options),
);

/** The tokenizer that a saved pipeline has. A text would be a path, and no file says which file is opened. */
function tokenizerIn(state: State | undefined): TokenizerJson {
	if (typeof state === 'object' && state !== null) return state as unknown as TokenizerJson;
	throw new DataError(`subwords: expected the whole tokenizer in a saved pipeline, got ${typeof state}. Save the pipeline again.`);
}
