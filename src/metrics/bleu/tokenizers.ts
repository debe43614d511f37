// The tokenizers of sacreBLEU, token for token: scores can be compared where texts were cut alike.
import { split, trimEnd, trimStart } from '../text/white-space.js';

/** From a text to its tokens. */
type Cut = (text: string) => string[];

/** The end of mteval-v13a's tokenizer: marks of ASCII are tokens, but . and , between digits, ' and - that follows no digit are not. */
const western: Cut = (line) =>
	split(
		line
			.replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
			.replace(/([^0-9])([.,])/g, '$1 $2 ')
			.replace(/([.,])([^0-9])/g, ' $1 $2')
			.replace(/([0-9])(-)/g, '$1 $2 '),
	);

const entities = [
	['&quot;', '"'],
	['&amp;', '&'],
	['&lt;', '<'],
	['&gt;', '>'],
] as const;

/** That of WMT: mteval-v13a. */
function v13a(text: string): string[] {
	let line = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
	if (line.includes('&')) for (const [entity, mark] of entities) line = line.replaceAll(entity, mark);
	return western(` ${line} `);
}

/**
 * Characters that are tokens in `zh`: ideographs, radicals, strokes, phonetic signs, full-width forms and CJK punctuation. U+2001 to U+2A6D stand there
 * for ideographs beyond the first plane, which are not cut apart: sacreBLEU writes U+20000 as '\u20000', and its scores are what counts.
 */
const chinese =
	/[\u2001-\u2a6d\u2e80-\u2eff\u2f00-\u2fdf\u2ff0-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u33ff\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/g;

/** That of mteval-v14's international form: all punctuation and symbols of Unicode are tokens, but punctuation between digits. */
const international: Cut = (line) =>
	split(
		line
			.replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
			.replace(/(\p{P})(\P{N})/gu, ' $1 $2')
			.replace(/\p{S}/gu, ' $& '),
	);

/** The tokenizers by the names of sacreBLEU. */
export const bleuTokenizers = {
	'13a': v13a,
	zh: (text: string) => western(trimStart(text).replace(chinese, ' $& ')),
	intl: international,
	/** Every character that is no white space. */
	char: (text: string) => split(text).flatMap((word) => [...word]),
	/** White space only: texts that are tokenized already. */
	none: split,
} satisfies Record<string, Cut>;

/** The name of a tokenizer. */
export type BleuTokenizer = keyof typeof bleuTokenizers;

/** Tokens as BLEU counts them: without white space at the end, in lower case on request. */
export const bleuTokens = (tokenizer: BleuTokenizer, lowercase: boolean): Cut => {
	const cut = bleuTokenizers[tokenizer];
	return lowercase ? (text) => cut(trimEnd(text.toLowerCase())) : (text) => cut(trimEnd(text));
};
