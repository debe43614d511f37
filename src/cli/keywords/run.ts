// Runs `textloom keywords`: prints what each text is about, or how good that is.
import { tfidf } from '../../features/index.js';
import {
	type Extractor,
	evaluateKeywords,
	type KeywordSource,
	rakeKeywords,
	textrankKeywords,
	tfidfKeywords,
	yakeKeywords,
	yakeTokens,
} from '../../keywords/index.js';
import { chineseWords } from '../chinese-words.js';
import { isMostlyHan } from '../han.js';
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
	readonly evaluate: boolean;
	readonly json: boolean;
}

type Cut = KeywordSource & { readonly tokens: string[] };

/** A text as a method takes it: summa between white space, others as words and marks. */
function cut(text: string, method: Method): Cut {
	if (isMostlyHan(text)) return { tokens: chineseWords(text, { marks: true }) };
	return method === 'summa' ? { tokens: text.split(/\s+/).filter(Boolean) } : yakeTokens(text);
}

const makers: Readonly<Record<Exclude<Method, 'tfidf'>, (stopwords: string, top: number) => Extractor>> = {
	yake: (stopwords, top) => yakeKeywords({ stopwords, top, shortest: stopwords === 'zh' ? 2 : 3 }),
	rake: (stopwords, top) => rakeKeywords({ stopwords, top }),
	// Chinese words of one character say little.
	textrank: (stopwords, top) =>
		textrankKeywords(stopwords === 'zh' ? { variant: 'jieba', tags: false, stopwords, top } : { stopwords, top, ratio: 1 }),
	summa: (stopwords, top) => textrankKeywords({ variant: 'summa', stopwords, top }),
};

/** Returns the exit code. */
export async function runKeywords({ files }: { files: readonly string[] }, flags: Flags): Promise<number> {
	const { method, evaluate, json } = flags;
	const start = performance.now();
	const docs = await textsOf(files, flags);
	const line = new ProgressLine();
	const extractorOf = method === 'tfidf' ? undefined : byLanguage(method, flags);
	const kept: (TextRow & Cut)[] = [];
	let texts = 0;
	const show = async (doc: TextRow & Cut, extractor: Extractor) => {
		const found = extractor.extract(doc);
		await print(json ? JSON.stringify({ text: doc.text, keywords: found }) : found.map(({ keyword }) => keyword).join(', '));
	};
	for await (const row of docs) {
		const doc = { ...row, ...cut(row.text, method) };
		texts++;
		// Figures and weights need all texts.
		if (evaluate || !extractorOf) kept.push({ ...doc, text: evaluate || !json ? '' : doc.text });
		else await show(doc, extractorOf(row.text));
		line.show(() => `reading: ${some(texts, 'text')}`);
	}
	line.clear();
	const extractor = extractorOf ?? (await byCorpus(kept, flags));
	if (evaluate) await figures(kept, extractor, json);
	else if (!extractorOf) for (const doc of kept) await show(doc, extractor(doc.text));
	sayRead(docs.counts, { texts, start, encoding: flags.encoding });
	return 0;
}

type Choose = (text: string) => Extractor;

const languageOf = (text: string) => (isMostlyHan(text) ? 'zh' : 'en');

/** All that can be asked for. */
const mostOf = ({ evaluate, top }: Flags) => (evaluate ? 15 : top);

function byLanguage(method: Exclude<Method, 'tfidf'>, flags: Flags): Choose {
	const made = new Map<string, Extractor>();
	const extractorOf = (language: string) => {
		const known = made.get(language);
		if (known) return known;
		const extractor = makers[method](language, mostOf(flags));
		made.set(language, extractor);
		return extractor;
	};
	// A language without a list is an error before texts are read.
	if (flags.language !== undefined) extractorOf(flags.language);
	return (text) => extractorOf(flags.language ?? languageOf(text));
}

async function byCorpus(docs: readonly Cut[], flags: Flags): Promise<Choose> {
	if (!docs.some(({ tokens }) => tokens.length > 0)) return () => makers.rake('en', 1);
	const lower = docs.map(({ tokens }) => ({ tokens: tokens.map((token) => token.toLowerCase()) }));
	const fitted = await tfidf({ ngramRange: [1, 3], minDf: docs.length < 100 ? 1 : 2, sublinear: true }).fit(lower);
	const extractors = new Map<string, Extractor>();
	return (text) => {
		const language = flags.language ?? languageOf(text);
		const extractor = extractors.get(language) ?? tfidfKeywords(fitted, { stopwords: language, top: mostOf(flags) });
		extractors.set(language, extractor);
		return { ...extractor, extract: (doc) => extractor.extract({ ...doc, tokens: doc.tokens.map((token) => token.toLowerCase()) }) };
	};
}

async function figures(docs: readonly (TextRow & Cut)[], choose: Choose, json: boolean): Promise<void> {
	const extract = (doc: KeywordSource) => choose(doc.tokens.join(' ')).extract(doc);
	const extractor = { ...choose(''), extract };
	const rows = await evaluateKeywords(
		extractor,
		docs.map(({ keys = [], ...doc }) => ({ ...doc, keys })),
	);
	for (const { at, precision, recall, f1 } of rows) {
		const line = `first ${String(at).padStart(2)}: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}`;
		await print(json ? JSON.stringify({ at, precision, recall, f1 }) : line);
	}
}
