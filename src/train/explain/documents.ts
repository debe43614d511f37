// Documents on their way into an explanation: through the stages of the model, as tokens and as arrays.

import { type Arrays, arraysOf, timeAxis } from '../task/arrays.js';
import type { Model } from '../task/model.js';
import type { OpenParts } from '../task/model-parts.js';
import { type Encoded, type Token, tokenReader, withOffsets } from './tokens-of.js';

/** A document to be explained. */
export interface Explained {
	readonly text: string;
	/** As the model's head sees it. */
	readonly doc: object;
	readonly tokens: readonly Token[];
	readonly arrays: Arrays;
	readonly cut: boolean;
}

/** Sends texts or documents through the stages of a model. */
export function documentReader({ stages }: Model, { config }: OpenParts): (given: readonly (string | object)[]) => Promise<Explained[]> {
	const { inputs, maxLength } = config;
	const read = Object.values(inputs).some(({ shape }) => shape[1] === timeAxis);
	if (!('ids' in inputs) || !read) {
		throw new TypeError(
			`explain: expected a model that reads tokens by their ids, got one of ${Object.keys(inputs).join(', ')}. Its numbers belong to no token.`,
		);
	}
	const placing = withOffsets(stages);
	const tokensOf = tokenReader(placing);
	return async (given) => {
		const docs = given.map((one, place) => {
			if (typeof one === 'string') return { text: one };
			if (typeof one === 'object' && one !== null) return one;
			throw new TypeError(`explain: expected texts or documents, got ${one === null ? 'null' : typeof one} at place ${place}. Correct it.`);
		});
		const encoded = (await placing.applyAsync(docs)) as Encoded[];
		return encoded.map((doc, place): Explained => {
			const { text: own, tokens: words } = docs[place] as { text?: unknown; tokens?: readonly string[] };
			const text = typeof own === 'string' ? own : (words ?? []).join(' ');
			const tokens = tokensOf(text, doc);
			return { text, doc, tokens: tokens.slice(0, maxLength), arrays: arraysOf(doc, inputs, maxLength), cut: tokens.length > maxLength };
		});
	};
}
