// Summaries by LexRank: sentences are ranked by the cosines of their TF-IDF vectors (Erkan & Radev 2004).
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { pageRank, type RankOptions, rankKinds } from '../graph/rank.js';
import { wordGraph } from '../graph/word-graph.js';
import { productsOf } from './compared.js';
import { type Summarizer, type SummaryOptions, summarizer, summaryKinds } from './summarizer.js';

/** How LexRank summarizes. */
export interface LexrankSummaryOptions extends SummaryOptions, RankOptions {
	/** Sentences whose cosine is above it are neighbours, without weights. Default 0.1; false: any cosine above 0 is a weight (continuous LexRank). */
	readonly threshold?: number | false;
}

const kinds: Kinds<LexrankSummaryOptions> = { ...summaryKinds, ...rankKinds, threshold: is.either(is.share, is.one(false)) };

const who = 'lexrankSummary';

/**
 * Summaries by LexRank (Erkan & Radev 2004, section 3): idf-modified cosine, idf = ln(sentences / sentences with the word). As in the paper a
 * sentence is its own neighbour, so that one like no other keeps its rank. Scores sum to 1.
 *
 * @example
 * lexrankSummary({ sentences: 2, threshold: false }).summarize({ text });
 */
export function lexrankSummary(given: LexrankSummaryOptions = {}): Summarizer {
	const { damping = 0.85, tolerance = 1e-6, iterations = 1000, threshold = 0.1, ...rest } = optionsOf(who, given, kinds);
	const rank = { damping, tolerance, iterations };
	return summarizer(who, 'lexrank', rest, { threshold, ...rank }, (sentences) => ranked(sentences, threshold, rank));
}

function ranked(sentences: readonly (readonly string[])[], threshold: number | false, rank: RankOptions): Float64Array {
	const rows = vectors(sentences);
	const [from, to, weights]: [number[], number[], number[]] = [[], [], []];
	const add = (a: number, b: number, weight: number) => {
		from.push(a);
		to.push(b);
		weights.push(weight);
	};
	let row = 0;
	// A loop stands twice in a graph, and before the edges to later sentences.
	const loopsTo = (last: number) => {
		for (; row <= last; row++) add(row, row, 0.5);
	};
	productsOf(who, rows, (a, b, cosine) => {
		loopsTo(a);
		if (cosine > (threshold === false ? 0 : threshold)) add(a, b, threshold === false ? cosine : 1);
	});
	loopsTo(rows.length - 1);
	return pageRank(wordGraph(rows.length, { from, to, weights }), rank).map((score) => score / rows.length);
}

/** TF-IDF vectors of length 1. */
function vectors(sentences: readonly (readonly string[])[]): Map<string, number>[] {
	const having = new Map<string, number>();
	for (const words of sentences) for (const word of new Set(words)) having.set(word, (having.get(word) ?? 0) + 1);
	return sentences.map((words) => {
		const row = new Map<string, number>();
		for (const word of words) row.set(word, (row.get(word) ?? 0) + Math.log(sentences.length / having.get(word)!));
		let squares = 0;
		for (const weight of row.values()) squares += weight ** 2;
		if (squares > 0) for (const [word, weight] of row) row.set(word, weight / Math.sqrt(squares));
		return row;
	});
}
