// Runs `textloom summarize`: prints the sentences that say most of each text.
import { lexrankSummary, type Summarizer, textrankSummary } from '../../keywords/index.js';
import { splitSentences } from '../../text/index.js';
import { chineseWords } from '../chinese-words.js';
import { isChinese } from '../han.js';
import { print, sayRead } from '../output.js';
import type { Input } from '../own/rows.js';
import { textsOf } from '../own/texts.js';

/** What the command line says. */
interface Flags extends Input {
	readonly column: string | undefined;
	readonly method: 'textrank' | 'lexrank';
	readonly language: string | undefined;
	readonly sentences: number;
	readonly json: boolean;
}

const makers = { textrank: textrankSummary, lexrank: lexrankSummary };

/** Returns the exit code. */
export async function runSummarize({ files }: { files: readonly string[] }, flags: Flags): Promise<number> {
	const { method, sentences, json } = flags;
	const start = performance.now();
	const docs = await textsOf(files, flags);
	const made = new Map<string, Summarizer>();
	const summarizerOf = (stopwords: string) => {
		// Stems of English alone: of other languages words are compared as they are.
		const summarizer = made.get(stopwords) ?? makers[method]({ sentences, stopwords, stem: stopwords === 'en' ? 'en' : false });
		made.set(stopwords, summarizer);
		return summarizer;
	};
	if (flags.language !== undefined) summarizerOf(flags.language);
	let texts = 0;
	for await (const { text } of docs) {
		const inChinese = isChinese(text, flags.language);
		const cut = splitSentences(text);
		const doc = { sentences: cut, ...(inChinese && { sentenceTokens: cut.map((sentence) => chineseWords(sentence)) }) };
		const summary = summarizerOf(flags.language ?? (inChinese ? 'zh' : 'en')).summarize(doc);
		if (texts++ > 0 && !json) await print();
		if (json) await print(JSON.stringify({ text, summary }));
		else for (const { sentence } of summary) await print(sentence.replace(/\s+/g, ' '));
	}
	sayRead(docs.counts, { texts, start, encoding: flags.encoding });
	return 0;
}
