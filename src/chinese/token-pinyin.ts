// Pinyin of tokens: each is read as the word that it is, so that characters of several readings follow the segmentation.
import type { Piece, Pieces } from './pieces.js';

/**
 * Particles and adverbs of one character that are read otherwise than the character by itself: where a segmenter says that it is a word, 了 is le
 * (not liǎo, as in 了解), 得 is de (not dé, as in 得到), 还 is hái, 都 is dōu.
 */
const lone: ReadonlyMap<string, string> = new Map([
	['了', 'le'],
	['地', 'de'],
	['得', 'de'],
	['的', 'de'],
	['着', 'zhe'],
	['还', 'hái'],
	['都', 'dōu'],
]);

/** The longest token, and the most tokens, whose pieces are remembered. */
const [longest, most] = [16, 50_000];

/**
 * A function that gives the pieces of each token. A token of several characters is read as a word. Tokens of one character side by side are read
 * together, as what they are in each other's company (`characters()` cuts 银 行: yín háng). Particles are read as words, one alone and, where other tokens
 * have several characters, so that these are words, those side by side, too.
 * `fixed` are characters that the user gave a reading; `named` says that the first Chinese token begins with a surname.
 */
export function tokenReader(pieces: Pieces, fixed: ReadonlySet<string>, named: boolean): (tokens: readonly string[]) => Piece[][] {
	const remembered = new Map<string, Piece[]>();
	const read = (token: string, first: boolean): Piece[] => {
		const particle = first || fixed.has(token) ? undefined : lone.get(token);
		return particle === undefined ? pieces.of(token, first) : [pieces.ofSyllable(particle, token)];
	};
	const word = (token: string, first: boolean): Piece[] => {
		if (first || token.length > longest) return read(token, first);
		let made = remembered.get(token);
		if (!made) {
			made = read(token, false);
			if (remembered.size >= most) remembered.clear();
			remembered.set(token, made);
		}
		return made;
	};
	return (tokens) => {
		const out: Piece[][] = [];
		let first = named;
		let words: boolean | undefined;
		for (let place = 0; place < tokens.length; ) {
			let end = place;
			while (end < tokens.length && isOne(tokens[end]!)) end++;
			if (end < place + 2) {
				const token = tokens[place++]!;
				const begins = first && hasHan.test(token);
				if (begins) first = false;
				out.push(word(token, begins));
				continue;
			}
			const characters = tokens.slice(place, end);
			const read = pieces.ofRun(characters, first);
			words ??= tokens.some((token) => several.test(token));
			for (const [i, character] of characters.entries()) {
				const piece = words && lone.has(character) ? undefined : read[i];
				out.push(piece ? [piece] : word(character, false));
			}
			first = false;
			place = end;
		}
		return out;
	};
}

const hasHan = /\p{Script=Han}/u;
const several = /^\p{Script=Han}{2}/u;
const one = /^\p{Script=Han}$/u;

/** Whether a token is one Chinese character. */
function isOne(token: string): boolean {
	return token.length > 0 && token.length <= 2 && one.test(token);
}
