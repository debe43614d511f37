// The tokenizer `basic_english` of torchtext: lower case, a few punctuation marks apart, quotation marks away.
import { argumentOf, is, optionsOf } from '../base/index.js';
import { ownStage } from '../stream/index.js';
import { type Offset, type Tokenizer, type TokenizerOptions, tokenizer, tokenizerKinds } from './tokenizer.js';

/**
 * `<br />`, a mark that is a token by itself, or a piece of a word: what is neither white space (as Python sees it), separator nor mark.
 * torchtext takes `"` away first, so that it joins its neighbours, and `<br />` is found with one inside, too.
 * A word is all pieces that touch: one loop over `(?!<br />)` in the pattern would overflow its stack on long words.
 */
const piece =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: four of them are white space to Python.
	/(<"*b"*r"* "*\/"*>)|([.,()!?'])|<|[^<.,()!?';:\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** For each code unit of the text in lower case, its place in the text; İ is the one character that becomes two. */
function places(text: string): number[] {
	const at: number[] = [];
	for (let i = 0; i < text.length; i++) {
		at.push(i);
		if (text[i] === 'İ') at.push(i);
	}
	at.push(text.length);
	return at;
}

/**
 * The tokens that torchtext's `get_tokenizer('basic_english')` gives: lower case; `. , ( ) ! ? '` by themselves; `"` removed;
 * `; :` and `<br />` as white space.
 *
 * @example
 * basicEnglishTokens('"Don\'t," she said.'); // ['don', "'", 't', ',', 'she', 'said', '.']
 */
export function basicEnglishTokens(text: string): string[] {
	return scan(argumentOf('basicEnglishTokens', 'text', text, is.text));
}

function scan(text: string, offsets?: Offset[]): string[] {
	const lower = text.toLowerCase();
	const origin = offsets && lower.length !== text.length ? places(text) : undefined;
	const tokens: string[] = [];
	const push = (from: number, to: number) => {
		let [start, end] = [from, to];
		while (start < end && lower[start] === '"') start++;
		while (start < end && lower[end - 1] === '"') end--;
		if (start === end) return;
		tokens.push(lower.slice(start, end).replaceAll('"', ''));
		offsets?.push(origin ? [origin[start]!, Math.max(origin[end]!, origin[end - 1]! + 1)] : [start, end]);
	};
	let start = 0;
	let end = 0;
	for (const { index, 0: found, 1: rule, 2: mark } of lower.matchAll(piece)) {
		const word = rule === undefined && mark === undefined;
		if (!word || index !== end) {
			push(start, end);
			start = index;
		}
		end = index + found.length;
		if (mark !== undefined) push(start, end);
		if (!word) start = end;
	}
	push(start, end);
	return tokens;
}

/**
 * The stage that splits `text` as torchtext's `basic_english` does: lower case, some marks apart, others dropped; the same work as `basicEnglishTokens`. An offset gives the token as it stood in the text, capitals and inner `"` included.
 *
 * @example
 * pipe(lines('news.txt'), basicEnglish());
 */
export const basicEnglish = ownStage(
	<const O extends boolean = false>(options: TokenizerOptions & { offsets?: O } = {}): Tokenizer<{ offsets: O }> => {
		const { offsets = false } = optionsOf('basicEnglish', options, tokenizerKinds);
		return tokenizer('basicEnglish', { offsets }, scan);
	},
);
