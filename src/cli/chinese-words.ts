// The words of Chinese texts as the dictionary of Node.js cuts them.
let segmenter: Intl.Segmenter | undefined;

/** The words of a text, with marks as tokens of their own where asked. */
export function chineseWords(text: string, { marks = false } = {}): string[] {
	// It takes milliseconds to make.
	segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
	const found: string[] = [];
	for (const { segment, isWordLike } of segmenter.segment(text)) if (isWordLike || (marks && segment.trim() !== '')) found.push(segment);
	return found;
}
