// Words and sentences as YAKE's package cuts them, in its common cases: hyphens, stops and commas inside words stay, contractions are cut.
import { argumentOf, is } from '../../base/index.js';
import { splitSentences } from '../../text/index.js';

const letter = String.raw`[\p{Ll}\p{Lm}\p{Lt}\p{Lu}\p{Nd}\p{Nl}]`;
const number = String.raw`[\p{Nd}\p{Nl}]`;
const apostrophe = String.raw`[\u00B4\u02B9\u02BC\u2019\u2032]`;
const hyphen = String.raw`[\u00AD\u058A\u05BE\u0F0C\u1400\u1806\u2010-\u2012\u2e17\u30A0\-]`;

const quote = `['${apostrophe.slice(1)}`;

/** Addresses of pages and of mail stay whole. Largest counts, so that hostile texts take linear time. */
const address =
	/(?<=^|[\s<"'([{])((?:[A-Za-z]{1,20}:\/\/[^\s'">)\]}]+)|(?:[\w.#$%&'*+/=!?^`{|}~-]{1,64}@(?:[\w-]+\.)+\w+))(?=[\s>"')\]}]|$)/u;

const word = new RegExp(
	`((?:${letter}\\.(?!\\.\\.)|${letter},(?=${letter})|${number}:(?=${number})|${letter}${apostrophe}?${hyphen}(?=${letter})|${apostrophe}(?!${apostrophe})|${letter}'(?=${letter})|s'$|${letter})+)`,
	'u',
);
const contraction = new RegExp(`^(${letter}+?(?:${hyphen}${letter}+?)*?)((?:n${quote}t)|${quote}(?:d|ll|m|re|s|t|ve))$`, 'u');
const initial = new RegExp(`^${letter}`, 'u');
const ending = /[.!?\u203C\u203D\u2047-\u2049\u3002\uFE52\uFE57\uFF01\uFF0E\uFF1F\uFF61]/u;

/**
 * The tokens of a text with the index of the first of each sentence, as `yakeKeywords` takes them.
 *
 * @example
 * yakeTokens("Dr. Li's state-of-the-art model.").tokens; // ['Dr.', 'Li', 'state-of-the-art', 'model', '.']
 */
export function yakeTokens(text: string): { tokens: string[]; sentenceStarts: number[] } {
	argumentOf('yakeTokens', 'text', text, is.text);
	const tokens: string[] = [];
	const sentenceStarts: number[] = [];
	// One line, as the package reads a text.
	for (const sentence of splitSentences(text.replace(/[\n\t]/g, ' '))) {
		const cut = sentence.split(address).flatMap((span, i) => (i % 2 ? [span] : wordsOf(span)));
		// A lone `'s` is no word.
		const kept = cut.flatMap(parts).filter((token) => token !== '' && !(token.startsWith("'") && token.length > 1));
		sentenceStarts.push(tokens.length);
		for (const token of kept) tokens.push(token);
	}
	return { tokens, sentenceStarts };
}

function parts(token: string): string[] {
	const cut = contraction.exec(token);
	return cut ? [cut[1]!, cut[2]!] : [token];
}

/** The words of a span: the mark that ends its last one apart, and commas and colons behind words. */
function wordsOf(span: string): string[] {
	const tokens = span
		.split(/\s+/u)
		.filter(Boolean)
		.flatMap((part) => part.split(word).filter(Boolean));
	for (let back = 1; back <= Math.min(3, tokens.length); back++) {
		const at = tokens.length - back;
		const token = tokens[at]!;
		if (!initial.test(token) && !ending.test(token)) continue;
		if (token.length > 1 && token !== '...') {
			if (ending.test(token.at(-1)!)) tokens.splice(at, 1, token.slice(0, -1), token.at(-1)!);
			else if (ending.test(token[0]!)) tokens.splice(at, 1, token[0]!, token.slice(1));
		}
		break;
	}
	return tokens.flatMap((token) => {
		let end = token.length;
		while (end > 1 && ',;:'.includes(token[end - 1]!)) end--;
		return end < token.length ? [token.slice(0, end), ...token.slice(end)] : [token];
	});
}
