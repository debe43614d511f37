import { createRequire } from 'node:module';
import { clean, collect, pipe, stem, stemWith, tokenizeWith, words } from 'textloom';
import { describe, expect, it } from 'vitest';

/** A package that is there or not: `npm install --no-save natural wink-nlp wink-eng-lite-web-model` brings them for these tests. */
function optional(name: string) {
	try {
		return createRequire(import.meta.url)(name);
	} catch {
		return undefined;
	}
}

const docs = [{ text: 'The ferries were leaving; nobody sang.', label: 'sea' }];

describe('stages of other packages', () => {
	it('take objects and functions', async () => {
		const tokenizer = {
			mark: /\s+/,
			tokenize(text: string) {
				return text.split(this.mark);
			},
		};
		const first = { stem: (word: string) => word.slice(0, 3) };
		const [doc] = await collect(pipe(docs, clean(), tokenizeWith('spaces', tokenizer), stemWith('three', first)));
		expect(doc).toEqual({ ...docs[0], text: 'the ferries were leaving; nobody sang.', tokens: ['the', 'fer', 'wer', 'lea', 'nob', 'san'] });
		expect(stemWith('three', first).spec).toEqual({ stage: 'three', options: {} });
		expect(tokenizeWith('none', () => null).apply(docs)[0]!.tokens).toEqual([]);
		expect(stemWith('last', (word) => word.at(-1)!).apply([{ tokens: ['ab', 'cd'] }])[0]!.tokens).toEqual(['b', 'd']);
	});

	it('refuse what is neither, and results of another type', () => {
		expect(() => stemWith('x', {} as never)).toThrow('stemWith: expected a function or an object with stem, got object.');
		expect(() => tokenizeWith('x', null as never)).toThrow('tokenizeWith: expected a function or an object with tokenize, got null.');
		const soon = stemWith('soon', (async (word: string) => word) as never);
		expect(() => soon.apply([{ tokens: ['a'] }])).toThrow('stemWith: expected a string of "soon" for \'a\', got object.');
		const numbers = tokenizeWith('numbers', (() => [1]) as never);
		expect(() => numbers.apply(docs)).toThrow('tokenizeWith: expected strings of "numbers", got an array of other things.');
	});
});

const natural = optional('natural');

describe.skipIf(!natural)('natural', () => {
	it('splits by each of its tokenizers', () => {
		const tokens = (name: string) => tokenizeWith(name, new natural[name]()).apply(docs)[0]!.tokens.slice(0, 5).join('|');
		expect(tokens('WordTokenizer')).toBe('The|ferries|were|leaving|nobody');
		expect(tokens('TreebankWordTokenizer')).toBe('The|ferries|were|leaving|;');
		expect(tokens('WordPunctTokenizer')).toBe('The|ferries|were|leaving|;');
		expect(tokens('AggressiveTokenizer')).toBe('The|ferries|were|leaving|nobody');
	});

	it('stems by each of its stemmers', () => {
		const stems = (name: string, ...tokens: string[]) => stemWith(name, natural[name]).apply([{ tokens }])[0]!.tokens;
		expect(stems('PorterStemmer', 'ferries', 'leaving', 'relational')).toEqual(['ferri', 'leav', 'relat']);
		expect(stems('LancasterStemmer', 'ferries', 'leaving')).toEqual(['ferry', 'leav']);
		expect(stems('PorterStemmerRu', 'читали', 'книги')).toEqual(['чита', 'книг']);
		expect(stems('PorterStemmerEs', 'leían', 'libros')).toEqual(['lei', 'libr']);
		expect(stems('CarryStemmerFr', 'chevaux')).toHaveLength(1);
	});

	it('has the Porter stems of ours', () => {
		const tokens = words()
			.apply(docs)[0]!
			.tokens.map((token) => token.toLowerCase());
		expect(stemWith('theirs', natural.PorterStemmer).apply([{ tokens }])).toEqual(stem().apply([{ tokens }]));
	});
});

const wink = optional('wink-nlp');
const model = optional('wink-eng-lite-web-model');

describe.skipIf(!wink || !model)('wink-nlp', () => {
	it('gives lemmas', () => {
		const nlp = wink(model);
		const lemmas = tokenizeWith('lemmas', (text) => nlp.readDoc(text).tokens().out(nlp.its.lemma));
		expect(lemmas.apply(docs)[0]!.tokens).toEqual(['the', 'ferry', 'be', 'leave', ';', 'nobody', 'sing', '.']);
	});
});
