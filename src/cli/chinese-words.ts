// The words of Chinese texts, as the segmenter cuts them.
import { createSegmenter, type Segmenter } from '../chinese/index.js';

let segmenter: Segmenter | undefined;

/** The words of a text with their parts of speech, and all between them, as jieba's keywords need them. */
export function taggedWords(text: string): { tokens: string[]; tags: string[] } {
	segmenter ??= createSegmenter();
	const found = segmenter.tag(text);
	return { tokens: found.map(({ token }) => token), tags: found.map(({ tag }) => tag) };
}

/** The words of a text, with marks as tokens of their own where asked. */
export function chineseWords(text: string, { marks = false } = {}): string[] {
	// Its dictionary is read with the first text.
	segmenter ??= createSegmenter();
	return segmenter.cut(text).filter((token) => (marks ? token.trim() !== '' : /[\p{L}\p{N}]/u.test(token)));
}
