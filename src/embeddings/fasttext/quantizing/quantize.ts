// Makes classifiers small: fewer rows, and codes in the place of numbers.
import { availableParallelism } from 'node:os';
import { argumentOf, is, type Kind, type Kinds, OptionError, optionsOf, type Remote } from '../../../base/index.js';
import type { Source } from '../../../stream/index.js';
import { type FastTextClassifier, fastTextClassifier } from '../classifier.js';
import type { FastTextFile } from '../file.js';
import { centroidCount, type DenseMatrix } from '../matrix.js';
import type { Corpus } from '../training/corpus.js';
import { wholeOptions } from '../training/options.js';
import type { LabelledTokens } from '../training/read-corpus.js';
import { type FastTextRun, learnMatrices } from '../training/session.js';
import { corpusOf, inputKind, withThreads } from '../training/train.js';
import type { TrainerHandlers } from '../training/trainer-worker.js';
import { prune } from './prune.js';
import { quantizeMatrix } from './quantize-matrix.js';

/** How a classifier is quantized; names and defaults are fastText's. */
export interface QuantizeOptions {
	/** Rows of words and n-grams that are kept, those of the largest norm. Default 0: all. */
	readonly cutoff?: number;
	/** What is left is trained on this text again, after a cut-off; fastText's `input` with `retrain`. */
	readonly retrain?: string | Source<LabelledTokens>;
	/** Epochs and learning rate of that training. Default the model's number of epochs, and 0.1. */
	readonly epoch?: number;
	readonly lr?: number;
	/** Whether norms are quantized by themselves. Default false. */
	readonly qnorm?: boolean;
	/** Whether the output matrix is quantized, too, for 256 labels or more. Default false. */
	readonly qout?: boolean;
	/** Numbers that share a byte. Default 2. */
	readonly dsub?: number;
	readonly thread?: number;
	readonly seed?: number;
}

const kinds: Kinds<QuantizeOptions> = {
	cutoff: is.whole(0),
	retrain: inputKind,
	epoch: is.whole(1),
	lr: is.positive,
	qnorm: is.flag,
	qout: is.flag,
	dsub: is.whole(1),
	thread: is.whole(1),
	seed: is.whole(),
};
const modelKind: Kind = {
	expected: 'a classifier of fastText',
	fits: (value) => (value as FastTextClassifier | null)?.file?.args?.model === 'supervised',
	next: 'Pass what trainFastTextClassifier or fastTextClassifier gives.',
};

/**
 * A classifier with a byte for each `dsub` numbers of a row, whose file (`.ftz`) fastText loads. With `cutoff` only so many rows stay, and `retrain` has them make up
 * for the others.
 *
 * @throws {OptionError} for one that is quantized already, and for less than 256 rows.
 *
 * @example
 * const small = await quantizeFastText(model, { cutoff: 100_000, retrain: 'reviews.txt', qnorm: true });
 * await small.save('reviews.ftz');
 */
export async function quantizeFastText(
	model: FastTextClassifier,
	given: QuantizeOptions = {},
	run: FastTextRun = {},
): Promise<FastTextClassifier> {
	const who = 'quantizeFastText';
	argumentOf(who, 'model', model, modelKind);
	const options = optionsOf(who, given, kinds);
	const { retrain, thread = availableParallelism(), ...how } = options;
	expectBeside(who, options);
	return withThreads(thread, async (threads) => {
		const corpus = retrain === undefined ? undefined : await corpusOf(who, retrain, model, { ...run, threads });
		return quantizeWith(who, model, { ...how, retrain: corpus !== undefined }, { ...run, threads, ...(corpus && { corpus }) });
	});
}

/** Refuses what would have no effect. */
function expectBeside(who: string, { cutoff = 0, retrain, epoch, lr }: QuantizeOptions): void {
	if (retrain !== undefined && cutoff === 0)
		throw new OptionError(
			`${who}: expected cutoff beside retrain, which makes up for rows that are gone, got none. Pass one, or leave out retrain.`,
			{
				cutoff,
			},
		);
	const lost = retrain === undefined ? Object.entries({ epoch, lr }).find(([, value]) => value !== undefined) : undefined;
	if (lost)
		throw new OptionError(
			`${who}: expected retrain beside ${lost[0]}, got none. Pass the text to train on again, or leave out ${lost[0]}.`,
			{
				[lost[0]]: lost[1],
			},
		);
}

/** How a model is quantized by threads that are there. */
export interface Quantizing extends Omit<QuantizeOptions, 'retrain' | 'thread'> {
	readonly retrain: boolean;
}

/** Quantizes a model. */
export async function quantizeWith(
	who: string,
	model: FastTextClassifier,
	{ cutoff = 0, retrain, epoch, lr, qnorm = false, qout = false, dsub = 2, seed = 0 }: Quantizing,
	run: FastTextRun & { readonly threads: readonly Remote<TrainerHandlers>[]; readonly corpus?: Corpus },
): Promise<FastTextClassifier> {
	const { args, input, output, dictionary } = model.file;
	if (input.kind === 'quantized' || output.kind === 'quantized') {
		throw new OptionError(`${who}: expected a classifier as it was trained, got a quantized one. Load the .bin file.`, {
			model: 'quantized',
		});
	}
	const isCut = cutoff > 0 && cutoff < input.rows;
	checkRows(who, 'an input matrix', isCut ? cutoff : input.rows, isCut ? 'Raise cutoff.' : 'So small a model needs no quantization.');
	if (qout) checkRows(who, 'an output matrix', output.rows, 'Leave out qout.');
	const { threads, corpus } = run;
	const cut = isCut ? prune(dictionary, input, cutoff) : { dictionary, input };
	let matrices: { input: DenseMatrix; output: DenseMatrix } = { input: cut.input, output };
	if (isCut && retrain && corpus) {
		const { loss, dim, wordNgrams, bucket, minn, maxn, neg, lrUpdateRate } = args;
		const rules = { loss, dim, wordNgrams, bucket, minn, maxn, neg, lrUpdateRate };
		const options = {
			...wholeOptions(who, { ...rules, epoch: epoch ?? args.epoch, ...(lr !== undefined && { lr }), seed }),
			label: model.label,
		};
		matrices = await learnMatrices(who, corpus, {
			...run,
			options,
			dictionary: cut.dictionary,
			inputRows: cut.input.rows,
			start: startWith(matrices),
		});
	}
	const file: FastTextFile = {
		...{ args, dictionary: cut.dictionary },
		input: await quantizeMatrix(matrices.input, { dsub, qnorm, seed, threads }),
		output: qout ? await quantizeMatrix(matrices.output, { dsub: 2, qnorm, seed, threads }) : matrices.output,
	};
	return fastTextClassifier(file, { label: model.label });
}

function checkRows(who: string, what: string, rows: number, next: string): void {
	if (rows >= centroidCount) return;
	throw new OptionError(`${who}: expected ${what} of at least ${centroidCount} rows, got ${rows}. ${next}`, { rows });
}

/** All rows as they are. */
function startWith({ input, output }: { input: DenseMatrix; output: DenseMatrix }) {
	return (writeInput: (row: number, values: Float32Array) => void, writeOutput: (row: number, values: Float32Array) => void) => {
		for (let row = 0; row < input.rows; row++) writeInput(row, input.row(row));
		for (let row = 0; row < output.rows; row++) writeOutput(row, output.row(row));
	};
}
