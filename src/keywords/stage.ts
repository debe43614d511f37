// Keywords and summaries as stages: a document gains what an extractor or a summarizer finds in it.
import { argumentOf, type Json, type Kind } from '../base/index.js';
import { map, ownStage, type Stage, type State } from '../stream/index.js';
import type { Extractor, Keyword } from './extractor.js';
import { rakeKeywords } from './rake.js';
import { lexrankSummary } from './summary/lexrank.js';
import type { Summarizer, SummarySentence } from './summary/summarizer.js';
import { textrankSummary } from './summary/textrank.js';
import { textrankKeywords } from './textrank.js';
import { reviveTfidfKeywords } from './tfidf.js';
import { yakeKeywords } from './yake.js';

const extractors: { readonly [Method in Extractor['method']]: (options: never, state: State | undefined) => Extractor } = {
	tfidf: reviveTfidfKeywords,
	textrank: textrankKeywords,
	rake: rakeKeywords,
	yake: yakeKeywords,
};

const summarizers: { readonly [Method in Summarizer['method']]: (options: never) => Summarizer } = {
	textrank: textrankSummary,
	lexrank: lexrankSummary,
};

const made = (method: string, next: string): Kind => ({
	expected: next,
	fits: (value) => typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function',
	next:
		method === 'extract'
			? 'Make it with textrankKeywords(), rakeKeywords(), yakeKeywords() or tfidfKeywords(…).'
			: 'Make it with textrankSummary() or lexrankSummary().',
});

/** The options of a method as they were given: without its name, and Infinity where JSON has null. */
function optionsIn(who: string, options: Json, methods: object): { method: string; given: never } {
	const { method, ...rest } = options as { method?: unknown; [option: string]: unknown };
	if (typeof method !== 'string' || !Object.hasOwn(methods, method)) {
		throw new RangeError(
			`${who}: expected one of the methods ${Object.keys(methods).join(', ')}, got ${JSON.stringify(method)}. Update textloom.`,
		);
	}
	const given = Object.entries(rest).map(([name, value]) => [name, value === null ? Number.POSITIVE_INFINITY : value]);
	return { method, given: Object.fromEntries(given) as never };
}

/**
 * The stage that adds `keywords`: what an extractor finds in the tokens (and tags) of each document, best first.
 *
 * @example
 * pipe(docs, words(), keywords(rakeKeywords({ top: 5 })));
 */
export const keywords = ownStage(keywordStage, (options: Json, state) => {
	const { method, given } = optionsIn('keywords', options, extractors);
	return keywordStage(extractors[method as Extractor['method']](given, state));
});

function keywordStage(extractor: Extractor): Stage<{ tokens: string[] }, { keywords: Keyword[] }> {
	const { method, options, state } = argumentOf('keywords', 'extractor', extractor, made('extract', 'a keyword extractor'));
	return map((doc: { tokens: string[] }) => ({ keywords: extractor.extract(doc) }), {
		...{ stage: 'keywords', options: { method, ...options }, ...(state !== undefined && { state }) },
		needs: { tokens: 'texts' },
	});
}

/**
 * The stage that adds `summary`: the sentences that say most of each document, in their order. It cuts `text` unless the document has
 * `sentences`, and `sentenceTokens` where words need a segmenter.
 *
 * @example
 * pipe(docs, summarize(lexrankSummary({ sentences: 3 })));
 */
export const summarize = ownStage(summaryStage, (options: Json) => {
	const { method, given } = optionsIn('summarize', options, summarizers);
	return summaryStage(summarizers[method as Summarizer['method']](given));
});

function summaryStage(summarizer: Summarizer): Stage<{ text: string }, { summary: SummarySentence[] }> {
	const { method, options } = argumentOf('summarize', 'summarizer', summarizer, made('summarize', 'a summarizer'));
	return map((doc: { text: string }) => ({ summary: summarizer.summarize(doc) }), {
		...{ stage: 'summarize', options: { method, ...options } },
		needs: { text: 'text' },
	});
}
