// Chains as a tree of their parts, so that what several begin with is one way from the root.
import { type AnyStage, isLearner, type Spec } from '../../stream/index.js';
import type { Pipeline } from './options.js';

/** A part of one or more chains, and the parts that come after it. */
export interface Branch {
	/** None at the root. */
	readonly part?: Pipeline;
	readonly next: ReadonlyMap<string, Branch>;
	/** The chains that end here, by number. */
	readonly ends: readonly number[];
}

type Growing = { part?: Pipeline; next: Map<string, Growing>; ends: number[] };

/** The tree of the chains of these numbers. `keyOf` is the same for parts that do the same. */
export function prefixTree(chains: readonly (readonly Pipeline[])[], numbers: readonly number[], keyOf: (spec: Spec) => string): Branch {
	const root: Growing = { next: new Map(), ends: [] };
	for (const number of numbers) {
		let branch = root;
		for (const part of chains[number]!) {
			const key = keyOf(part.spec);
			const known = branch.next.get(key) ?? { part, next: new Map(), ends: [] };
			branch.next.set(key, known);
			branch = known;
		}
		branch.ends.push(number);
	}
	return root;
}

/** The stages that all chains begin with, up to the first part that learns. */
export function commonStages(chains: readonly (readonly Pipeline[])[], keyOf: (spec: Spec) => string): readonly AnyStage[] {
	const [first = [], ...others] = chains;
	const differs = first.findIndex(
		(part, place) =>
			isLearner(part) ||
			others.some((parts) => place >= parts.length || (parts[place] !== part && keyOf(parts[place]!.spec) !== keyOf(part.spec))),
	);
	return (differs < 0 ? first : first.slice(0, differs)) as readonly AnyStage[];
}

/** How often what comes out of a part is read: of the documents that are learned from, and of those that are predicted. */
export function readsOf({ next, ends }: Branch): { train: number; test: number } {
	let train = 0;
	for (const branch of next.values()) train += Number(isLearner(branch.part!)) + Math.min(readsOf(branch).train, 1);
	return { train, test: Math.min(ends.length, 1) + next.size };
}
