// What the tokens of a run are, in a word for people.
import type { Recipe } from '../../train/recipes.js';

/** What tokens are called, and what is to be said of that. */
export interface Tokens {
	readonly name: string;
	readonly note?: string;
}

const names: Readonly<Record<string, string>> = {
	characters: 'characters',
	subwords: 'subwords',
	bpe: 'subwords',
	unigram: 'subwords',
	wordpiece: 'subwords',
	termIds: 'terms',
};

/** The tokens of a recipe's stages. What is cut into Chinese words says so, and so does `words()` of Chinese texts, where each Han character is a token. */
export function tokensOf({ stages }: Recipe, isChinese: boolean): Tokens {
	const { stage, parts = [] } = stages.spec as { readonly stage: string; readonly parts?: readonly { readonly stage: string }[] };
	const all = [stage, ...parts.map((part) => part.stage)];
	const found = all.map((name) => names[name]).find((name) => name !== undefined);
	const isCut = all.includes('segment');
	const note = isCut
		? 'The texts are mostly Chinese: they are cut into words, as jieba does. Titles do better by characters: --recipe chn-senti-corp.'
		: undefined;
	if (found !== undefined || isCut || !isChinese) return { name: found ?? 'words', ...(note !== undefined && { note }) };
	return { name: 'characters', note: 'The texts are mostly Chinese: each Han character is a token, and so is each word of other scripts.' };
}
