// Summaries by TextRank: sentences are ranked by the words that they share with others (Mihalcea & Tarau 2004, section 4).
import { type Kinds, optionsOf } from '../../base/index.js';
import { pageRank, type RankOptions, rankKinds } from '../graph/rank.js';
import { wordGraph } from '../graph/word-graph.js';
import { productsOf } from './compared.js';
import { type Summarizer, type SummaryOptions, summarizer, summaryKinds } from './summarizer.js';

/** How TextRank summarizes. */
export interface TextrankSummaryOptions extends SummaryOptions, RankOptions {}

const kinds: Kinds<TextrankSummaryOptions> = { ...summaryKinds, ...rankKinds };

const who = 'textrankSummary';

/**
 * Summaries by TextRank: similarity is the number of words that two sentences have in common by log10 of their lengths, added. Sentences of
 * the same words are one node; those without words, or like no other, score 0. Where none is like another all are alike. Scores are scaled to
 * a length of 1, as the Python package summa has them where the first eigenvector that it gets is that of the eigenvalue 1.
 *
 * @example
 * textrankSummary({ sentences: 2 }).summarize({ text });
 */
export function textrankSummary(given: TextrankSummaryOptions = {}): Summarizer {
	const { damping = 0.85, tolerance = 1e-6, iterations = 1000, ...rest } = optionsOf(who, given, kinds);
	const rank = { damping, tolerance, iterations };
	return summarizer(who, 'textrank', rest, rank, (sentences) => ranked(sentences, rank));
}

/** Sentences of the same words: each word, which counts once, and how many there are. */
interface Node {
	readonly words: ReadonlyMap<string, number>;
	readonly length: number;
}

function ranked(sentences: readonly (readonly string[])[], rank: RankOptions): Float64Array {
	const numbers = new Map<string, number>();
	const nodes: Node[] = [];
	const nodeOf = sentences.map((words) => {
		if (words.length === 0) return -1;
		const text = words.join(' ');
		const known = numbers.get(text);
		if (known !== undefined) return known;
		numbers.set(text, nodes.length);
		return nodes.push({ words: new Map(words.map((word) => [word, 1])), length: words.length }) - 1;
	});
	const ranks = ranksOf(nodes, rank);
	const length = Math.sqrt(ranks.reduce((sum, score) => sum + score ** 2, 0));
	return Float64Array.from(nodeOf, (node) => (node < 0 || length === 0 ? 0 : ranks[node]! / length));
}

/** Ranks of nodes by their similarities, 0 of a node like no other. */
function ranksOf(nodes: readonly Node[], rank: RankOptions): Float64Array {
	const [from, to, weights]: [number[], number[], number[]] = [[], [], []];
	const logs = nodes.map(({ length }) => Math.log10(length));
	const rows = nodes.map(({ words }) => words);
	productsOf(who, rows, (a, b, common) => {
		const scale = logs[a]! + logs[b]!;
		if (scale === 0) return;
		from.push(a);
		to.push(b);
		weights.push(common / scale);
	});
	// All are alike then: each pair has an edge, and each node the same rank.
	if (weights.length === 0) return new Float64Array(nodes.length).fill(nodes.length > 1 ? 1 : 0);
	const graph = wordGraph(nodes.length, { from, to, weights });
	const has = (node: number) => graph.starts[node + 1]! > graph.starts[node]!;
	return pageRank(graph, rank).map((score, node) => (has(node) ? score : 0));
}
