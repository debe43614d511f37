// Full-width and half-width forms of ASCII, as Chinese and Japanese typing leaves them.
import { argumentOf, is } from '../base/index.js';

/** U+FF01–FF5E are ASCII's ! to ~ in the width of a Chinese character, U+3000 is the space. */
const shift = 0xfee0;
const full = /[\uff01-\uff5e\u3000]+/g;
const half = /[!-~ ]+/g;

function moved(text: string, run: RegExp, by: (code: number) => number): string {
	return text.replace(run, (found) => {
		let out = '';
		for (let i = 0; i < found.length; i++) out += String.fromCharCode(by(found.charCodeAt(i)));
		return out;
	});
}

/**
 * The text with the full-width forms of ASCII (U+FF01–FF5E) and the ideographic space (U+3000) in half width. Nothing else changes, as it would by NFKC (①, ㎏, ｶ).
 * Chinese commas, brackets and question marks are among these forms: ，（）？ become ,()?; the full stop 。 is none.
 *
 * @example
 * halfWidth('ＡＢＣ　１２３'); // 'ABC 123'
 */
export function halfWidth(text: string): string {
	argumentOf('halfWidth', 'text', text, is.text);
	return moved(text, full, (code) => (code === 0x3000 ? 0x20 : code - shift));
}

/**
 * The text with ASCII's printable characters and spaces in full width: the way back from `halfWidth`.
 *
 * @example
 * fullWidth('ABC 123'); // 'ＡＢＣ　１２３'
 */
export function fullWidth(text: string): string {
	argumentOf('fullWidth', 'text', text, is.text);
	return moved(text, half, (code) => (code === 0x20 ? 0x3000 : code + shift));
}
