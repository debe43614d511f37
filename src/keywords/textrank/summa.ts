// TextRank as the Python package summa has it: stems as nodes, neighbours in the text as edges, keywords that follow each other combined.
import type { Keyword, KeywordSource } from '../extractor.js';
import { pageRank } from '../graph/rank.js';
import { wordGraph } from '../graph/word-graph.js';
import { nearPairs, numbered } from './pairs.js';
import type { Plan } from './plan.js';

/** Runs of letters, numbers that are no digits, and low lines, in lower case: what summa takes for words. Letters with stops between (`U.S.`) are one. */
function wordsIn(token: string): string[] {
	return (
		token
			.replace(/([a-zA-Z])\.([a-zA-Z])\./g, '$1$2')
			.toLowerCase()
			.match(/[\p{L}\p{Nl}\p{No}_]+/gu) ?? []
	);
}

/** The keywords of a document before they are sorted, in the order of their places. */
export function summaRanks({ tokens }: KeywordSource, plan: Plan, count: number | undefined): Keyword[] {
	const { window, ratio, stopwords, stem } = plan;
	const parts = tokens.map(wordsIn);
	const words = parts.flat();
	const stems = new Map<string, string | undefined>();
	for (const word of words) {
		if (stems.has(word)) continue;
		const bare = word.replace(/_+/g, ' ').trim();
		stems.set(word, bare === '' || stopwords.has(bare) ? undefined : stem(bare));
	}
	const { nodes, words: lemmas } = numbered(words.length, (i) => stems.get(words[i]!));
	const near = nearPairs(nodes, lemmas.length, window);
	const edges = { ...near, weights: new Float64Array(near.from.length).fill(1) };
	const graph = wordGraph(lemmas.length, dropLoops(edges));
	const has = (node: number) => graph.starts[node + 1]! > graph.starts[node]!;
	const kept = lemmas.map((_, node) => node).filter(has);
	const ranks = pageRank(graph, plan);
	// What LAPACK gives is a vector of length 1.
	const length = Math.sqrt(kept.reduce((sum, node) => sum + ranks[node]! ** 2, 0));
	const order = [...kept].sort((a, b) => ranks[b]! - ranks[a]!);
	const chosen = new Set(order.slice(0, Math.trunc(count ?? kept.length * ratio)));
	const scores = new Map<string, number>();
	const numbers = new Map(lemmas.map((lemma, node) => [lemma, node]));
	for (const [word, lemma] of stems) {
		const node = lemma === undefined ? undefined : numbers.get(lemma);
		if (node !== undefined && chosen.has(node)) scores.set(word, ranks[node]! / length);
	}
	return combined(tokens, parts, scores);
}

function dropLoops({ from, to, weights }: { from: ArrayLike<number>; to: ArrayLike<number>; weights: Float64Array }) {
	const apart = Array.from(from, (_, e) => e).filter((e) => from[e] !== to[e]);
	return { from: apart.map((e) => from[e]!), to: apart.map((e) => to[e]!), weights: weights.subarray(0, apart.length) };
}

/** Words that follow each other as they are, without marks or capitals after the first, are one keyword with their mean score. Each word is used once. */
function combined(tokens: readonly string[], parts: readonly string[][], scores: ReadonlyMap<string, number>): Keyword[] {
	const left = new Set(scores.keys());
	const found: Keyword[] = [];
	const places = placesByWord(parts);
	for (let i = 0; i < tokens.length; i++) {
		const word = parts[i]![0] ?? '';
		if (!left.has(word)) continue;
		const run = [word];
		for (let j = i + 1; j < tokens.length; j++) {
			const other = parts[j]![0] ?? '';
			if (!left.has(other) || other !== tokens[j] || run.includes(other)) break;
			run.push(other);
		}
		for (const one of run) left.delete(one);
		const score = run.reduce((sum, one) => sum + scores.get(one)!, 0) / run.length;
		found.push({ keyword: run.join(' '), score, positions: placesOf(run, parts, places) });
	}
	return found;
}

/** The places of each first word of a token. */
function placesByWord(parts: readonly string[][]): Map<string, number[]> {
	const places = new Map<string, number[]>();
	for (let i = 0; i < parts.length; i++) {
		const word = parts[i]![0];
		if (word === undefined) continue;
		const known = places.get(word);
		if (known) known.push(i);
		else places.set(word, [i]);
	}
	return places;
}

/** Where the words of a run follow each other. */
function placesOf(run: readonly string[], parts: readonly string[][], places: ReadonlyMap<string, readonly number[]>): number[] {
	return places.get(run[0]!)!.filter((i) => run.every((word, k) => parts[i + k]?.[0] === word));
}
