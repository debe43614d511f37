// Training of a classifier, and going on with one.
import type { Source } from '../../stream/index.js';
import { type FastTextClassifier, fastTextClassifier } from './classifier.js';
import type { FastTextClassifierOptions } from './training/options.js';
import type { LabelledTokens } from './training/read-corpus.js';
import type { FastTextRun } from './training/session.js';
import { trainSupervised } from './training/train.js';

/**
 * Trains a classifier as `fasttext supervised` does: on the lines of a file, each with labels (`__label__NAME`) and words, or on documents. With `from` it goes on
 * from a classifier, with its words and labels and new ones.
 *
 * The text is read once and kept as 4 bytes a token; lines may be of any length. Threads work without locks: with one thread the same seed gives the same model.
 *
 * @throws {DataError} for a text without words or labels that occur often enough, which says what to lower.
 * @throws {RangeError} where training would need more than 4 GB, with the estimate, and where numbers overflow.
 *
 * @example
 * const model = await trainFastTextClassifier('reviews.txt', { wordNgrams: 2, dim: 50 });
 * model.predict('a film to remember'); // [{ label: 'good', score: 0.97 }]
 * await model.save('reviews.bin');
 * const more = await trainFastTextClassifier('new-reviews.txt', { from: model.file });
 */
export async function trainFastTextClassifier(
	input: string | Source<LabelledTokens>,
	options: FastTextClassifierOptions = {},
	run: FastTextRun = {},
): Promise<FastTextClassifier> {
	const file = await trainSupervised('trainFastTextClassifier', input, options, run);
	return fastTextClassifier(file, options.label === undefined ? {} : { label: options.label });
}
