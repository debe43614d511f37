// Runs `textloom keywords`: prints what each text is about, or how good that is.
import { tfidf } from '../../features/index.js';
import {
	type Extractor,
	evaluateKeywords,
	type KeywordScores,
	type KeywordSource,
	rakeKeywords,
	readIdf,
	textrankKeywords,
	tfidfKeywords,
	yakeKeywords,
	yakeTokens,
} from '../../keywords/index.js';
import { collect, createCache, type Documents, map, pipe, take } from '../../stream/index.js';
import { chineseWords, taggedWords } from '../chinese-words.js';
import { isChinese, isMostlyHan } from '../han.js';
import { ProgressLine, percent, print, sayRead, some } from '../output.js';
import type { Input } from '../own/rows.js';
import { type TextRow, textsOf } from '../own/texts.js';

type Method = 'yake' | 'textrank' | 'rake' | 'summa' | 'tfidf';

/** What the command line says. */
interface Flags extends Input {
	readonly column: string | undefined;
	readonly method: Method;
	readonly language: string | undefined;
	readonly top: number;
	readonly idf: string | undefined;
	readonly evaluate: boolean;
	readonly json: boolean;
}

type Cut = KeywordSource & { readonly tokens: string[] };

/** A text as a method takes it: summa between white space, others as words and marks; jieba's TextRank chooses words by their tags. */
function cut(text: string, { method, language }: Flags): Cut {
	if (isChinese(text, language)) return method === 'textrank' ? taggedWords(text) : { tokens: chineseWords(text, { marks: true }) };
	return method === 'summa' ? { tokens: text.split(/\s+/).filter(Boolean) } : yakeTokens(text);
}

const makers: Readonly<Record<Exclude<Method, 'tfidf'>, (stopwords: string, top: number) => Extractor>> = {
	yake: (stopwords, top) => yakeKeywords({ stopwords, top, shortest: stopwords.startsWith('zh') ? 2 : 3 }),
	rake: (stopwords, top) => rakeKeywords({ stopwords, top }),
	textrank: (stopwords, top) =>
		textrankKeywords(stopwords.startsWith('zh') ? { variant: 'jieba', stopwords, top } : { stopwords, top, ratio: 1 }),
	summa: (stopwords, top) => textrankKeywords({ variant: 'summa', stopwords, top }),
};

/** Returns the exit code. Texts are read as they are printed; weights by all of them need a pass before. */
export async function runKeywords({ files }: { files: readonly string[] }, flags: Flags): Promise<number> {
	const { method, evaluate, json } = flags;
	const start = performance.now();
	const read = await textsOf(files, flags);
	const line = new ProgressLine();
	const cache = createCache();
	let [texts, doing] = [0, 'reading'];
	const pass = (what: string) => {
		[texts, doing] = [0, what];
	};
	try {
		const byTexts = method === 'tfidf' && flags.idf === undefined;
		// What can be read once is kept for the second pass.
		const rows = byTexts && !read.replayable ? (cache.through(read, []) as Documents<TextRow>) : read;
		const prepare = (row: TextRow): TextRow & Cut => {
			texts++;
			line.show(() => `${doing}: ${some(texts, 'text')}`);
			return { ...row, ...cut(row.text, flags) };
		};
		const docs = pipe(rows, map(prepare)) as Documents<TextRow & Cut>;
		const choose = byTexts ? await byCorpus(docs, flags, () => pass('counting words')) : await byLanguage(method, flags);
		pass('reading');
		if (evaluate) {
			const extract = (doc: KeywordSource) => choose((doc as TextRow & Cut).text).extract(doc);
			const scores = await evaluateKeywords({ ...choose(''), extract }, docs as Documents<Cut & Required<TextRow>>);
			line.clear();
			await printScores(scores, json);
		} else {
			for await (const { text, ...doc } of docs) {
				const keywords = choose(text).extract(doc);
				await print(json ? JSON.stringify({ text, keywords }) : keywords.map(({ keyword }) => keyword).join(', '));
			}
		}
	} finally {
		line.clear();
		await cache.close();
	}
	sayRead(read.counts, { texts, start, encoding: flags.encoding });
	return 0;
}

type Choose = (text: string) => Extractor;

const languageOf = (text: string) => (isMostlyHan(text) ? 'zh' : 'en');

/** All that can be asked for. */
const mostOf = ({ evaluate, top }: Flags) => (evaluate ? 15 : top);

/** The extractor of each text by its language, made when the first text of it comes; a language without a list is an error before texts are read. */
function perLanguage({ language }: Flags, make: (language: string) => Extractor): Choose {
	const made = new Map<string, Extractor>();
	const extractorOf = (language: string) => {
		const extractor = made.get(language) ?? make(language);
		made.set(language, extractor);
		return extractor;
	};
	if (language !== undefined) extractorOf(language);
	return (text) => extractorOf(language ?? languageOf(text));
}

/** By what is known without the texts. */
async function byLanguage(method: Method, flags: Flags): Promise<Choose> {
	if (method !== 'tfidf') return perLanguage(flags, (language) => makers[method](language, mostOf(flags)));
	const table = await readIdf(flags.idf!);
	return perLanguage(flags, (language) => {
		const extractor = tfidfKeywords(table, { stopwords: language, top: mostOf(flags) });
		// Chinese tables are jieba's, which takes words as they are written.
		return language.startsWith('zh') ? extractor : lowered(extractor);
	});
}

/** By weights among these texts. */
async function byCorpus(docs: Documents<Cut>, flags: Flags, onPass: () => void): Promise<Choose> {
	const first = await collect(pipe(docs, take(100)));
	if (!first.some(({ tokens }) => tokens.length > 0)) {
		let words = 0;
		if (first.length === 100) for await (const { tokens } of docs) words += tokens.length;
		if (words === 0) return () => makers.rake('en', 1);
	}
	const learner = tfidf({ ngramRange: [1, 3], minDf: first.length < 100 ? 1 : 2, sublinear: true });
	const lower = map(({ tokens }: Cut) => ({ tokens: tokens.map((token) => token.toLowerCase()) }));
	onPass();
	const fitted = await learner.fit(pipe(docs, lower));
	return perLanguage(flags, (language) => lowered(tfidfKeywords(fitted, { stopwords: language, top: mostOf(flags) })));
}

/** The same over tokens in lower case. */
function lowered(extractor: Extractor): Extractor {
	return { ...extractor, extract: (doc) => extractor.extract({ ...doc, tokens: doc.tokens.map((token) => token.toLowerCase()) }) };
}

async function printScores(scores: readonly KeywordScores[], json: boolean): Promise<void> {
	for (const { at, precision, recall, f1 } of scores) {
		const line = `first ${String(at).padStart(2)}: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}`;
		await print(json ? JSON.stringify({ at, precision, recall, f1 }) : line);
	}
}
