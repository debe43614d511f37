// How much of some documents a vocabulary knows.
import { byCodePoint, is, optionsOf } from '../../base/index.js';
import { checkOf, documents, each, type Source } from '../../stream/index.js';

/** What a vocabulary knows of some documents. */
export interface Coverage {
	/** Tokens of the documents, and those of them that the vocabulary has. */
	readonly tokens: number;
	readonly known: number;
	/** Different tokens, and those that the vocabulary has. */
	readonly types: number;
	readonly knownTypes: number;
	/** known / tokens; 1 where there are none. */
	readonly share: number;
	/** knownTypes / types; 1 where there are none. */
	readonly typeShare: number;
	/** The most frequent tokens that it does not have, by falling count, equal counts by code point. */
	readonly unknown: readonly { readonly token: string; readonly count: number }[];
}

const check = checkOf('coverage', { tokens: 'texts' });

/** Looks at all tokens of the documents. The different ones that are unknown are held in memory. */
export async function coverageOf(
	docs: Source<{ tokens: string[] }>,
	ids: ReadonlyMap<string, number>,
	options: { top?: number },
): Promise<Coverage> {
	const { top = 10 } = optionsOf('coverage', options, { top: is.limit(0) });
	const seen = new Uint8Array(ids.size);
	const unknown = new Map<string, number>();
	let [tokens, known, knownTypes, first] = [0, 0, 0, 0];
	for await (const chunk of documents(docs, 'coverage').chunks()) {
		each('coverage', chunk, first, check);
		first += chunk.length;
		for (const doc of chunk) {
			tokens += doc.tokens.length;
			for (const token of doc.tokens) {
				const id = ids.get(token);
				if (id === undefined) unknown.set(token, (unknown.get(token) ?? 0) + 1);
				else {
					known++;
					if (seen[id] === 0) knownTypes++;
					seen[id] = 1;
				}
			}
		}
	}
	const types = knownTypes + unknown.size;
	const [share, typeShare] = [tokens === 0 ? 1 : known / tokens, types === 0 ? 1 : knownTypes / types];
	const most = [...unknown].sort(([a, m], [b, n]) => n - m || byCodePoint(a, b)).slice(0, top);
	return { tokens, known, types, knownTypes, share, typeShare, unknown: most.map(([token, count]) => ({ token, count })) };
}
