// Each character as a token: code points, or what a reader sees as one.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { ownStage } from '../stream/index.js';
import { type Offset, type Tokenizer, type TokenizerOptions, tokenizer, tokenizerKinds } from './tokenizer.js';

/** How `characters` splits. */
export interface CharactersOptions extends TokenizerOptions {
	/** 'codePoint' or 'grapheme' (letter and marks, a whole emoji, CR LF; by Unicode UAX #29). Default 'codePoint'. */
	unit?: 'codePoint' | 'grapheme';
	/** Whether white space is a token, too. Default true. */
	whitespace?: boolean;
}

const kinds: Kinds<CharactersOptions> = { ...tokenizerKinds, unit: is.one('codePoint', 'grapheme'), whitespace: is.flag };

let segmenter: Intl.Segmenter | undefined;

/**
 * The graphemes of a text, found in short pieces: the segmenter of Node.js takes quadratic time. Whether one ends is known by the
 * character after it; so the last of each piece, cut short perhaps, begins the next.
 */
function* graphemes(text: string): Generator<string> {
	// It takes 8 ms to make.
	segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
	let from = 0;
	let length = 256;
	while (from < text.length) {
		let to = from + length;
		if (isLow(text.charCodeAt(to)) && isHigh(text.charCodeAt(to - 1))) to++;
		const piece = [...segmenter.segment(text.slice(from, to))];
		if (to < text.length) piece.pop();
		for (const { segment } of piece) {
			yield segment;
			from += segment.length;
		}
		// One grapheme longer than the piece: a longer piece.
		length = piece.length === 0 ? length * 2 : 256;
	}
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

const units: Readonly<Record<'codePoint' | 'grapheme', (text: string) => Iterable<string>>> = {
	codePoint: (text) => text,
	grapheme: graphemes,
};

/**
 * The stage that makes each character of `text` a token. With white space, the tokens joined are the text. A lone surrogate is a
 * code point by itself.
 *
 * @example
 * pipe(docs, characters({ unit: 'grapheme' }));
 */
export const characters = ownStage(
	<const O extends boolean = false>(options: CharactersOptions & { offsets?: O } = {}): Tokenizer<{ offsets: O }> => {
		const { unit = 'codePoint', whitespace = true, offsets = false } = optionsOf('characters', options, kinds);
		const split = (text: string, places?: Offset[]) => {
			const tokens: string[] = [];
			let at = 0;
			for (const token of units[unit](text)) {
				const start = at;
				at += token.length;
				if (!whitespace && /^[\s\x85]+$/.test(token)) continue;
				tokens.push(token);
				places?.push([start, at]);
			}
			return tokens;
		};
		return tokenizer('characters', { unit, whitespace, offsets }, split);
	},
);
