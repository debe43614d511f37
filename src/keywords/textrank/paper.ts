// TextRank as its paper has it (Mihalcea & Tarau 2004, section 3): words within a window, ranks until they settle, keywords side by side merged.
import { joinedWords, type Keyword, type KeywordSource, tagsOf } from '../extractor.js';
import { pageRank } from '../graph/rank.js';
import { type Edges, wordGraph } from '../graph/word-graph.js';
import { connected, nearPairs, numbered } from './pairs.js';
import type { Plan, WordSimilarity } from './plan.js';

/** The keywords of a document before they are sorted: by first place. */
export function paperRanks(who: string, doc: KeywordSource, plan: Plan): Keyword[] {
	const { tokens } = doc;
	const { window, ratio, stopwords, tags, merge, stem, similarity } = plan;
	const tagged = tags && tagsOf(who, doc);
	const { nodes, words } = numbered(tokens.length, (i) => {
		if (tagged && !tags.has(tagged[i]!)) return undefined;
		const word = tokens[i]!.toLowerCase();
		return /\p{L}/u.test(word) && !stopwords.has(word) ? stem(word) : undefined;
	});
	const near = similarity ? similarPairs(words, similarity, who) : unweighted(nearPairs(nodes, words.length, window));
	const { kept, edges } = connected(near, words.length);
	const ranks = pageRank(wordGraph(kept.length, edges), plan);
	const order = [...kept.keys()].sort((a, b) => ranks[b]! - ranks[a]! || kept[a]! - kept[b]!);
	const scores = new Float64Array(words.length).fill(-1);
	for (const place of order.slice(0, Math.ceil(ratio * kept.length))) scores[kept[place]!] = ranks[place]!;
	return runs(tokens, nodes, scores, merge);
}

/** The paper's edges have no weights, however often two words meet; a word is not its own neighbour. */
function unweighted({ from, to }: Edges): Edges {
	const apart = Array.from(from, (_, e) => e).filter((e) => from[e] !== to[e]);
	return { from: apart.map((e) => from[e]!), to: apart.map((e) => to[e]!), weights: new Float64Array(apart.length).fill(1) };
}

/** An edge between any two words that are similar. */
function similarPairs(words: readonly string[], similarity: WordSimilarity, who: string): Edges {
	const [from, to, weights]: [number[], number[], number[]] = [[], [], []];
	for (let a = 0; a < words.length; a++) {
		for (let b = a + 1; b < words.length; b++) {
			const weight = similarity(words[a]!, words[b]!);
			if (typeof weight !== 'number' || !Number.isFinite(weight)) {
				throw new TypeError(
					`${who}: expected similarity to give a number, got ${String(weight)} for '${words[a]}' and '${words[b]}'. Give 0 where it is not known.`,
				);
			}
			if (weight <= 0) continue;
			from.push(a);
			to.push(b);
			weights.push(weight);
		}
	}
	return { from, to, weights };
}

/** Keywords side by side as one, whose score is the sum of theirs; each run once, by its text in lower case. */
function runs(tokens: readonly string[], nodes: Int32Array, scores: Float64Array, merge: boolean): Keyword[] {
	const found = new Map<string, { keyword: string; score: number; positions: number[] }>();
	for (let i = 0; i < tokens.length; i++) {
		const first = i;
		let score = 0;
		while (i < tokens.length && nodes[i]! >= 0 && scores[nodes[i]!]! >= 0 && (merge || i === first)) score += scores[nodes[i++]!]!;
		if (i === first) continue;
		const keyword = joinedWords(tokens.slice(first, i));
		const known = found.get(keyword.toLowerCase());
		if (known) known.positions.push(first);
		else found.set(keyword.toLowerCase(), { keyword, score, positions: [first] });
		// What ended the run may begin another.
		i--;
	}
	return [...found.values()];
}
