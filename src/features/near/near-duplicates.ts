// The near-duplicates of a corpus, as groups, to look at.
import { argumentOf, createNearTexts, is, type Kinds, nearKind, optionsOf } from '../../base/index.js';
import { type DedupeOptions, documents, type Source } from '../../stream/index.js';

/** A document of a group. */
export interface NearDuplicate {
	/** Its number among the documents, from 0. */
	readonly index: number;
	/** The estimated Jaccard similarity to the most similar one of the group. */
	readonly similarity: number;
}

const kinds: Kinds<DedupeOptions<object>> = { by: is.function, near: nearKind, shingle: is.whole(1) };

/**
 * Groups of documents that are nearly equal, found as `dedupe({ near })` does (there are its options), with `near` 0.8 by default: two documents are in one group
 * where pairs of at least that similarity lead from one to the other (union–find; Tarjan 1975). Groups are in the order of their first documents, and each
 * in the order of the documents. Those that are like no other are in none. It takes about 1 KB a document, but for those that are the same as another.
 *
 * @example
 * for (const group of await nearDuplicates(docs, { near: 0.8 })) console.log(group.map(({ index }) => docs[index].text));
 */
export function nearDuplicates<D extends { text: string }>(
	docs: Source<D>,
	options?: Omit<DedupeOptions<D>, 'by'>,
): Promise<NearDuplicate[][]>;
export function nearDuplicates<D>(
	docs: Source<D>,
	options: DedupeOptions<D> & { readonly by: (doc: D) => string },
): Promise<NearDuplicate[][]>;
export async function nearDuplicates(docs: Source<unknown>, options: DedupeOptions<never> = {}): Promise<NearDuplicate[][]> {
	const who = 'nearDuplicates';
	const checked: DedupeOptions<object> = optionsOf(who, options as DedupeOptions<object>, kinds);
	const { by = (doc: object) => (doc as { text: string }).text, near = 0.8, shingle = 3 } = checked;
	const texts = createNearTexts({ near, shingle });
	/** The document of each place among the texts. */
	const held: number[] = [];
	const parents: number[] = [];
	const closest: number[] = [];
	for await (const chunk of documents(docs as Source<object>, who).chunks()) {
		for (const doc of chunk) {
			const index = parents.push(parents.length) - 1;
			closest.push(0);
			const signature = texts.signature(argumentOf(who, 'the text of a document', by(doc), is.text));
			let twin = false;
			for (const { place, similarity } of texts.find(signature)) {
				const other = held[place]!;
				join(parents, index, other);
				closest[index] = Math.max(closest[index]!, similarity);
				closest[other] = Math.max(closest[other]!, similarity);
				twin ||= similarity === 1;
			}
			// Whoever is like it is like its twin: many copies of one text cost no more than one.
			if (twin) continue;
			texts.add(signature);
			held.push(index);
		}
	}
	return groupsOf(parents, closest);
}

/** The first document of a group: parents come before their children. */
function rootOf(parents: number[], index: number): number {
	let at = index;
	while (parents[at] !== at) {
		// Path halving.
		parents[at] = parents[parents[at]!]!;
		at = parents[at]!;
	}
	return at;
}

function join(parents: number[], a: number, b: number): void {
	const [first, second] = [rootOf(parents, a), rootOf(parents, b)];
	parents[Math.max(first, second)] = Math.min(first, second);
}

function groupsOf(parents: number[], closest: readonly number[]): NearDuplicate[][] {
	const groups = new Map<number, NearDuplicate[]>();
	for (let index = 0; index < parents.length; index++) {
		if (closest[index] === 0) continue;
		const root = rootOf(parents, index);
		const group = groups.get(root) ?? [];
		group.push({ index, similarity: closest[index]! });
		groups.set(root, group);
	}
	return [...groups.values()];
}
