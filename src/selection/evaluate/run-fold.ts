// One fold: every chain learns from its training documents and predicts those that are held out, what chains begin with once for all.
import { type AnyStage, createCache, type Documents, isLearner } from '../../stream/index.js';
import { type Branch, readsOf } from './prefix-tree.js';

/** The documents of a fold, as they come into the tree. */
export interface FoldDocuments {
	readonly train: Documents<object>;
	readonly test: Documents<object>;
}

/** What is done with a fold. */
export interface FoldRun {
	readonly inMemory: number;
	readonly signal?: AbortSignal | undefined;
	/** The chains of these numbers have predicted the documents that were held out. */
	readonly onEnd: (chains: readonly number[], docs: readonly object[]) => Promise<void>;
	/** What is told of an error, with the chain that it happened in. */
	readonly told: (error: unknown, chain: number) => unknown;
}

/** Goes down a tree, depth first: a part is fitted and applied once, and what it made is kept as long as other parts read it. */
export async function runFold(branch: Branch, docs: FoldDocuments, run: FoldRun): Promise<void> {
	const { signal, inMemory } = run;
	if (branch.ends.length > 0) await run.onEnd(branch.ends, await caught(() => all(docs.test, signal), branch, run));
	for (const next of branch.next.values()) {
		signal?.throwIfAborted();
		const part = next.part!;
		const fitted = isLearner(part) ? await caught(() => part.fit(docs.train, signal ? { signal } : {}), next, run) : part;
		const cache = createCache({ inMemory });
		const applied = (some: Documents<object>, reads: number): Documents<object> =>
			reads > 1 ? cache.through(some, [fitted as AnyStage]) : (fitted as AnyStage)(some);
		const reads = readsOf(next);
		try {
			await runFold(next, { train: applied(docs.train, reads.train), test: applied(docs.test, reads.test) }, run);
		} finally {
			await cache.close();
		}
	}
}

async function all(docs: Documents<object>, signal: AbortSignal | undefined): Promise<object[]> {
	const found: object[] = [];
	for await (const chunk of docs.chunks()) {
		signal?.throwIfAborted();
		for (const doc of chunk) found.push(doc);
	}
	return found;
}

async function caught<T>(work: () => Promise<T>, branch: Branch, { signal, told }: FoldRun): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw signal?.aborted ? error : told(error, firstOf(branch));
	}
}

/** A chain that goes through a branch. */
function firstOf({ ends, next }: Branch): number {
	return ends[0] ?? firstOf([...next.values()][0]!);
}
