// Chains over folds: the loop that cross-validation and searches share.
import { createCache, type Documents, documents, partKeys, type Source } from '../../stream/index.js';
import type { Label } from '../splits/label.js';
import { pick } from '../splits/pick.js';
import { expectHandingOn } from './check-parts.js';
import type { Pipeline } from './options.js';
import { predictionsOf } from './predictions.js';
import { commonStages, prefixTree } from './prefix-tree.js';
import type { Prepared } from './prepare.js';
import { runFold } from './run-fold.js';

/** What a chain has predicted in a fold. */
export interface Evaluated {
	readonly fold: number;
	readonly chain: number;
	/** In the order of the fold's documents. */
	readonly predicted: readonly Label[];
	readonly score: number;
	/** From the end of the one before: what several chains begin with counts for the first of them. */
	readonly seconds: number;
}

/** What is evaluated. */
export interface Evaluation extends Prepared {
	readonly who: string;
	/** The parts of each chain in a fold. */
	readonly chains: (fold: number) => readonly (readonly Pipeline[])[];
	/** Which chains a fold is still to be done with. Default all. */
	readonly wanted?: (fold: number) => readonly number[];
	readonly onEvaluated: (done: Evaluated) => Promise<void> | void;
	/** What is said of a chain before the message of an error, such as its settings. */
	readonly named?: (chain: number) => string;
	readonly predicted: string;
	readonly inMemory: number;
	readonly signal?: AbortSignal | undefined;
}

/** Evaluates chains on folds, fold by fold. Stages that all chains begin with are applied once for all folds: they learn nothing. */
export async function evaluate(source: Source<object>, evaluation: Evaluation): Promise<void> {
	const { who, truth, folds, score, chains, predicted: field, signal, inMemory, named = () => '' } = evaluation;
	const byFold = folds.map((_, fold) => chains(fold));
	for (const parts of byFold.flat()) expectHandingOn(who, parts);
	const wanted = byFold.map((parts, fold) => evaluation.wanted?.(fold) ?? parts.map((_, chain) => chain));
	if (wanted.every(({ length }) => length === 0)) return;
	const keyOf = partKeys(who);
	const common = commonStages(byFold.flat(), keyOf);
	const cache = createCache({ inMemory });
	try {
		// An array is kept already.
		const whole = common.length === 0 && Array.isArray(source) ? documents<object>(source, who) : cache.through(source, common);
		if (common.length > 0) await expectAll(who, whole, { count: truth.length, signal });
		for (const [fold, { train, test }] of folds.entries()) {
			signal?.throwIfAborted();
			const rest = byFold[fold]!.map((parts) => parts.slice(common.length));
			const labels = Array.from(test, (row) => truth[row]!);
			let before = performance.now();
			await runFold(
				prefixTree(rest, wanted[fold]!, keyOf),
				{ train: pick(whole, train), test: pick(whole, test) },
				{
					...{ signal, inMemory },
					told: (error, chain) => at(error, `fold ${fold + 1}${named(chain)}`),
					async onEnd(ends, docs) {
						const predicted = predictionsOf(who, docs, { field, labels });
						const value = finite(who, score(labels, predicted, docs));
						for (const chain of ends) {
							const now = performance.now();
							await evaluation.onEvaluated({ fold, chain, predicted, score: value, seconds: (now - before) / 1000 });
							before = now;
							signal?.throwIfAborted();
						}
					},
				},
			);
		}
	} finally {
		await cache.close();
	}
}

/** Throws a RangeError where stages left documents out or added some. */
async function expectAll(who: string, docs: Documents<object>, { count, signal }: { count: number; signal: AbortSignal | undefined }) {
	let found = 0;
	for await (const chunk of docs.chunks()) {
		signal?.throwIfAborted();
		found += chunk.length;
	}
	if (found === count) return;
	throw new RangeError(
		`${who}: expected stages that hand on each of ${count} documents, got ${found} of them. Leave documents out, or add some, before: pipe(docs, …).`,
	);
}

function finite(who: string, score: unknown): number {
	if (Number.isFinite(score)) return score as number;
	throw new TypeError(`${who}: expected the score to be a finite number, got ${score}. Correct the function that gives it.`);
}

/** The error itself, with where it happened before its message. */
function at(error: unknown, place: string): unknown {
	if (error instanceof Error && Object.isExtensible(error)) {
		Object.defineProperty(error, 'message', { value: `${place}: ${error.message}`, configurable: true, writable: true });
	}
	return error;
}
