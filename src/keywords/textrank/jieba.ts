// TextRank as jieba has it: pairs counted by their order, ten sweeps, ranks stretched.
import { byCodePoint } from '../../base/index.js';
import { isLong, type Keyword, type KeywordSource, tagsOf } from '../extractor.js';
import { sweptRank } from '../graph/rank.js';
import { wordGraph } from '../graph/word-graph.js';
import { connected, nearPairs, numbered } from './pairs.js';
import type { Plan } from './plan.js';

/** All words of a document that have a neighbour, in jieba's order before it sorts. */
export function jiebaRanks(who: string, doc: KeywordSource, { window, damping, stopwords, tags }: Plan): Keyword[] {
	const { tokens } = doc;
	const tagged = tags && tagsOf(who, doc);
	const { nodes, words } = numbered(tokens.length, (i) => {
		if (tagged && !tags.has(tagged[i]!)) return undefined;
		const token = tokens[i]!;
		return isLong(token) && !stopwords.has(token.toLowerCase()) ? token : undefined;
	});
	// (a, b) and (b, a) are two edges there, which matters for the order of sums.
	const { kept, edges } = connected(nearPairs(nodes, words.length, window, { directed: true }), words.length);
	const order = Int32Array.from(kept.keys()).sort((a, b) => byCodePoint(words[kept[a]!]!, words[kept[b]!]!));
	const ranks = sweptRank(wordGraph(kept.length, edges), order, damping);
	const positions: number[][] = words.map(() => []);
	for (let i = 0; i < nodes.length; i++) if (nodes[i]! >= 0) positions[nodes[i]!]!.push(i);
	return kept.map((node, i) => ({ keyword: words[node]!, score: ranks[i]!, positions: positions[node]! }));
}
