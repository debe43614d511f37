// Keywords of a text by TF-IDF over words: those of English as the pipeline's words() has them, of Chinese as the segmenter cuts them.
import { tfidf } from '../../features/index.js';
import { tfidfKeywords } from '../../keywords/index.js';
import { chain, type Documents, map } from '../../stream/index.js';
import { clean, englishStopwords, wordTokens } from '../../text/index.js';
import { chineseWords } from '../chinese-words.js';
import { isMostlyHan } from '../han.js';

/** Documents that weights are learned from: more add little. */
const most = 5000;

/** The words of a text in which most letters are Han: those of two characters or more, which say more than one does. */
const longWords = (text: string): string[] => chineseWords(text).filter((word) => word.length > 1);

const tokens = chain(
	clean(),
	map(({ text }: { text: string }) => ({ tokens: isMostlyHan(text) ? longWords(text) : wordTokens(text) })),
);

/** The five words of a text that stand out most among those of a source; none where its texts have no words. */
export async function topKeywords(source: Documents<{ text: string }>, text: string): Promise<string[]> {
	const docs: { text: string }[] = [];
	for await (const doc of source) if (docs.push({ text: doc.text }) === most) break;
	const cut = tokens.apply(docs).filter((doc) => doc.tokens.length > 0);
	if (cut.length === 0) return [];
	const fitted = await tfidf({ minDf: cut.length < 100 ? 1 : 2 }).fit(cut);
	const [doc] = tokens.apply([{ text }]);
	return tfidfKeywords(fitted, { top: 5, stopwords: englishStopwords })
		.extract(doc!)
		.map(({ keyword }) => keyword);
}
