// Before anything is learned: the true labels, and the folds.
import { replayable, type Source } from '../../stream/index.js';
import { type Score, scores } from '../scores.js';
import type { Fold } from '../splits/fold.js';
import { kFold } from '../splits/k-fold.js';
import { type Label, labelReader } from '../splits/label.js';
import { isAscending } from '../splits/pick.js';
import { stratifiedKFold } from '../splits/stratified-k-fold.js';
import type { EvaluateOptions } from './options.js';

/** Documents that are ready to be learned from and predicted. */
export interface Prepared {
	/** The true label of each document. */
	readonly truth: readonly Label[];
	readonly folds: readonly Fold[];
	readonly score: Score;
}

/** Reads the documents once, for their labels; `look` sees each chunk. */
export async function prepared<D extends object>(
	who: string,
	docs: Source<D>,
	options: EvaluateOptions<D>,
	look?: (chunk: readonly object[]) => void,
): Promise<Prepared> {
	const { folds = 5, seed = 0, stratify = true, score = 'accuracy', label = 'label' as keyof D & string, signal } = options;
	const truth: Label[] = [];
	const read = labelReader<D>(who, label);
	signal?.throwIfAborted();
	for await (const chunk of replayable(docs, who).chunks()) {
		signal?.throwIfAborted();
		for (const doc of chunk) truth.push(read(doc, truth.length));
		look?.(chunk);
	}
	const made = () =>
		stratify ? stratifiedKFold(truth, { folds: folds as number, seed }) : kFold(truth.length, { folds: folds as number, seed });
	return {
		truth,
		folds: typeof folds === 'number' ? made() : folds.map((fold, place) => checked(who, fold, { place, count: truth.length })),
		score: typeof score === 'function' ? score : scores[score],
	};
}

/** A fold that was given, as ascending rows. What is tested on must not have been learned from. */
function checked(who: string, fold: Fold, { place, count }: { place: number; count: number }): Fold {
	const fail = (got: string): never => {
		throw new RangeError(
			`${who}: expected fold ${place + 1} to divide some of the rows 0 to ${count - 1}, got ${got}. Make it with kFold, or with trainTestSplit.`,
		);
	};
	const [train, test] = [fold.train, fold.test].map((rows) => Float64Array.from(rows).sort()) as [Float64Array, Float64Array];
	const [mostTrain = count, mostTest = count] = [train.at(-1), test.at(-1)];
	if (train.length === 0 || test.length === 0) fail(`${train.length} rows to learn from and ${test.length} to test on`);
	if (!isAscending(train) || !isAscending(test)) fail('rows that are no whole numbers, or twice the same');
	if (Math.max(mostTrain, mostTest) >= count) fail(`row ${Math.max(mostTrain, mostTest)}`);
	const learned = new Set(train);
	const both = test.find((row) => learned.has(row));
	if (both !== undefined) fail(`row ${both} on both sides`);
	return { train: Uint32Array.from(train), test: Uint32Array.from(test) };
}
