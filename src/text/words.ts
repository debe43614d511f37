// Words and punctuation marks of any script, in one pass over the code units.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import { ownStage } from '../stream/index.js';
import { asciiWords } from './ascii-words.js';
import { type Offset, type Tokenizer, type TokenizerOptions, tokenizer, tokenizerKinds } from './tokenizer.js';

/** How `words` splits. */
export interface WordsOptions extends TokenizerOptions {
	/** Whether each punctuation mark and symbol (`.`, `$`, `%`, `😀`) is a token; else it only separates. Default true. */
	punctuation?: boolean;
}

const kinds: Kinds<WordsOptions> = { ...tokenizerKinds, punctuation: is.flag };

const [unknown, space, letter, mark, han, joiner, symbol, surrogate] = [0, 1, 2, 3, 4, 5, 6, 7];

/** The kind of each UTF-16 code unit, found when it is first met. */
const units = new Uint8Array(0x10000);

function classify(character: string): number {
	if (/[\s\x85]/.test(character)) return space;
	if (/\p{M}/u.test(character)) return mark;
	if (/\p{Script=Han}/u.test(character)) return han;
	if (/[\p{L}\p{N}]/u.test(character)) return letter;
	// Apostrophes, and the zero-width (non-)joiner of Persian and Indic words and of emoji.
	if (/['\u2019\u200c\u200d]/.test(character)) return joiner;
	return symbol;
}

function kindAt(text: string, at: number): number {
	const code = text.charCodeAt(at);
	const kind = units[code]!;
	if (kind !== unknown && kind !== surrogate) return kind;
	if (code < 0xd800 || code > 0xdbff) {
		units[code] = classify(text[at]!);
		return units[code]!;
	}
	units[code] = surrogate;
	return classify(String.fromCodePoint(text.codePointAt(at)!));
}

/** Code units of the character at `at`. */
function width(text: string, at: number): number {
	return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

/** Skips marks, and what a zero-width joiner ties on, after a symbol or a Han character. */
function tied(text: string, start: number): number {
	let at = start;
	while (at < text.length) {
		const joins = text.charCodeAt(at) === 0x200d;
		if (!joins && kindAt(text, at) !== mark) break;
		at += width(text, at);
		if (joins && at < text.length && kindAt(text, at) === symbol) at += width(text, at);
	}
	return at;
}

/**
 * The tokens of a text: words (letters, marks and digits, with apostrophes inside: `don't`), and each other mark by itself.
 * Each Han character is a token: Chinese words need `segment`. Kana, Hangul, Thai and other scripts fall into runs of letters.
 * Joined, the tokens are the text without its white space (with `punctuation`).
 */
export function wordTokens(text: string, options: { punctuation?: boolean } = {}): string[] {
	const { punctuation = true } = optionsOf('wordTokens', options, { punctuation: is.flag });
	return scan(argumentOf('wordTokens', 'text', text, is.text), punctuation);
}

function scan(text: string, punctuation: boolean, offsets?: Offset[]): string[] {
	const plain = asciiWords(text, punctuation, offsets);
	if (plain) return plain;
	const tokens: string[] = [];
	const length = text.length;
	let at = 0;
	while (at < length) {
		let kind = kindAt(text, at);
		const start = at;
		if (kind === space) {
			at++;
			continue;
		}
		if (kind === letter || kind === mark) {
			for (;;) {
				while (at < length && units[text.charCodeAt(at)] === letter) at++;
				if (at >= length) break;
				kind = kindAt(text, at);
				const inside = kind === letter || kind === mark || (kind === joiner && at + 1 < length && kindAt(text, at + 1) === letter);
				if (!inside) break;
				// A letter outside the first plane is two code units.
				at += width(text, at);
			}
		} else {
			at = tied(text, at + width(text, at));
			if (kind !== han && !punctuation) continue;
		}
		tokens.push(text.slice(start, at));
		offsets?.push([start, at]);
	}
	return tokens;
}

/**
 * The stage that splits `text` into `tokens`; the same work as `wordTokens`.
 *
 * @example
 * pipe(lines('news.txt'), clean(), words({ punctuation: false }));
 */
export const words = ownStage(
	<const O extends boolean = false>(options: WordsOptions & { offsets?: O } = {}): Tokenizer<{ offsets: O }> => {
		const { punctuation = true, offsets = false } = optionsOf('words', options, kinds);
		return tokenizer('words', { punctuation, offsets }, (text, places) => scan(text, punctuation, places));
	},
);
