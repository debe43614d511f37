// What the tokens of a run are, in a word for people.
import type { Documents } from '../../stream/index.js';
import type { Recipe } from '../../train/recipes.js';
import { isMostlyHan } from './han.js';

/** What tokens are called, and what is to be said of that. */
export interface Tokens {
	readonly name: string;
	readonly note?: string;
}

/** Documents that are looked at. */
const looked = 200;

const names: Readonly<Record<string, string>> = {
	characters: 'characters',
	subwords: 'subwords',
	bpe: 'subwords',
	unigram: 'subwords',
	wordpiece: 'subwords',
	termIds: 'terms',
};

/** The tokens of a recipe's stages on these documents. `words()` makes each Han character a token: where texts are mostly Chinese it says so. */
export async function tokensOf({ stages }: Recipe, docs: Documents<object>): Promise<Tokens> {
	const { stage, parts = [] } = stages.spec as { readonly stage: string; readonly parts?: readonly { readonly stage: string }[] };
	const found = [{ stage }, ...parts].map((part) => names[part.stage]).find((name) => name !== undefined);
	if (found !== undefined) return { name: found };
	let texts = '';
	let count = 0;
	for await (const { text } of docs as Documents<{ text?: unknown }>) {
		if (typeof text === 'string') texts += text.slice(0, 1000);
		if (++count === looked) break;
	}
	if (!isMostlyHan(texts)) return { name: 'words' };
	return { name: 'characters', note: 'The texts are mostly Chinese: each Han character is a token, and so is each word of other scripts.' };
}
