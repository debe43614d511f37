// Looks for the options of a classifier that predict a validation text best, within a time and a size.
import { argumentOf, DataError, is, type Kind, type Kinds, OptionError, optionsOf } from '../../../base/index.js';
import { collect, documents, type Source } from '../../../stream/index.js';
import { type FastTextClassifier, fastTextClassifier } from '../classifier.js';
import { centroidCount } from '../matrix.js';
import { type Quantizing, quantizeWith } from '../quantizing/quantize.js';
import { type FastTextClassifierOptions, fastTextKinds, wholeOptions } from '../training/options.js';
import type { LabelledTokens } from '../training/read-corpus.js';
import { corpusOf, inputKind, trainOnCorpus, withThreads } from '../training/train.js';
import { type FastTextMetric, labelOf, metricKind, scoreOf } from './metric.js';
import { createStrategy, type Tuned } from './strategy.js';

/** What is looked for; the options of `trainFastTextClassifier` that are given stay as they are. */
export interface TuneOptions extends Omit<FastTextClassifierOptions, 'from'> {
	/** Default `f1`. */
	readonly metric?: FastTextMetric;
	/** How many labels are predicted of each text. Default 1. */
	readonly predictions?: number;
	/** Seconds. Default 300. */
	readonly duration?: number;
	/** The most trials, after which it ends before its time. Default: no limit. */
	readonly trials?: number;
	/** The largest size of the file: bytes, or such as `'2M'`. Classifiers are quantized to fit. Default: any, not quantized. */
	readonly modelSize?: number | string;
	/** Numbers that share a byte, where `modelSize` is given. Tuned by default. */
	readonly dsub?: number;
}

/** A classifier that was tried. */
export interface FastTextTrial {
	readonly trial: number;
	/** The value of the metric; NaN where numbers overflowed, memory was short, or the size could not be met. */
	readonly score: number;
	readonly options: FastTextClassifierOptions;
}

/** What a tuning tells, and what may end it. */
export interface TuneRun {
	readonly onTrial?: (trial: FastTextTrial) => void;
	/** Ends the tuning; it is rejected with the signal's reason. */
	readonly signal?: AbortSignal;
}

/** The best of all that were tried. */
export interface FastTextTuning extends FastTextTrial {
	readonly model: FastTextClassifier;
	readonly trials: number;
}

const sizeKind: Kind = {
	...is.either(is.whole(1), is.text),
	expected: "a number of bytes, or such as '500K', '2M', '1G'",
	fits: (value) => bytesOf(value as number | string) > 0,
};
const { from, ...trainingKinds } = fastTextKinds;
const kinds: Kinds<TuneOptions> = {
	...trainingKinds,
	...{ metric: metricKind, predictions: is.whole(1), duration: is.positive, trials: is.limit(1), modelSize: sizeKind, dsub: is.whole(1) },
};
const runKinds: Kinds<TuneRun> = { onTrial: is.function, signal: is.signal };
const who = 'tuneFastTextClassifier';

function bytesOf(size: number | string): number {
	if (typeof size === 'number') return Number.isSafeInteger(size) ? size : 0;
	const found = typeof size === 'string' ? /^(\d+)([kmg]?)$/i.exec(size) : null;
	return found ? Number(found[1]) * { '': 1, k: 1e3, m: 1e6, g: 1e9 }[found[2]!.toLowerCase()]! : 0;
}

/**
 * Trains classifiers with ever other options until the time is over, or as many as were asked for, and gives the one that predicts the validation text best. The training text is read once.
 *
 * @throws {DataError} where no training came to its end in time, or none met the size.
 *
 * @example
 * const { model, options, score } = await tuneFastTextClassifier('train.txt', 'valid.txt', { duration: 60, modelSize: '2M' });
 */
export async function tuneFastTextClassifier(
	input: string | Source<LabelledTokens>,
	validation: string | Source<LabelledTokens>,
	given: TuneOptions = {},
	run: TuneRun = {},
): Promise<FastTextTuning> {
	argumentOf(who, 'input', input, inputKind);
	argumentOf(who, 'validation', validation, inputKind);
	const {
		metric = 'f1',
		predictions = 1,
		duration = 300,
		trials = Number.POSITIVE_INFINITY,
		modelSize,
		...fixed
	} = optionsOf(who, given, kinds);
	const { onTrial, signal } = optionsOf(who, run, runKinds);
	const held = typeof validation === 'string' ? validation : await collect(documents(validation, who));
	const size = modelSize === undefined ? undefined : bytesOf(modelSize);
	const width = fixed.pretrainedVectors?.width;
	const strategy = createStrategy({ ...(width !== undefined && { dim: width }), ...fixed }, fixed.seed ?? 0);
	const [begin, timer] = [performance.now(), new AbortController()];
	const late = new Error('the time is over');
	const ends = setTimeout(() => timer.abort(late), 1000 * duration);
	const stop = () => timer.abort(signal!.reason);
	if (signal?.aborted) stop();
	signal?.addEventListener('abort', stop, { once: true });
	try {
		const base = wholeOptions(who, fixed);
		return await withThreads(base.thread, async (threads) => {
			const corpus = await corpusOf(who, input, base, { threads, signal });
			let best: Omit<FastTextTuning, 'trials'> | undefined;
			let trial = 0;
			let unmet = 0;
			while (!timer.signal.aborted && trial < trials) {
				const passed = (performance.now() - begin) / (1000 * duration);
				const { dsub = 2, ...options }: Tuned = strategy.ask(Math.max(passed, trial / trials));
				trial++;
				const work = async (): Promise<FastTextClassifier | undefined> => {
					const whole = wholeOptions(who, options);
					const file = await trainOnCorpus(who, corpus, whole, { threads, signal: timer.signal });
					const model = fastTextClassifier(file, { label: whole.label });
					if (size === undefined) return model;
					// So few rows cannot be quantized, nor need they be.
					if (file.input.rows < centroidCount) return 4 * (file.input.rows + file.output.rows) * whole.dim < size ? model : undefined;
					const quantizing = quantizingFor(model, size, dsub);
					return quantizing && quantizeWith(who, model, { ...quantizing, lr: whole.lr }, { threads, corpus, signal: timer.signal });
				};
				const model = await work().catch((error: unknown) => {
					// Numbers that overflow and memory that is short are answers, too.
					if (timer.signal.aborted || (error instanceof RangeError && !(error instanceof OptionError))) return undefined;
					throw error;
				});
				if (timer.signal.aborted && (!model || best)) break;
				if (!model) unmet++;
				const score = model ? scoreOf(metric, await model.tally(held, { k: predictions }), checkedLabels(model, metric)) : Number.NaN;
				onTrial?.({ trial, score, options });
				if (model && (!best || score > best.score || Number.isNaN(best.score))) {
					best = { trial, score, options, model };
					strategy.best({ ...options, dsub });
				}
			}
			if (timer.signal.aborted && timer.signal.reason !== late) throw timer.signal.reason;
			if (best) return { ...best, trials: trial };
			throw new DataError(
				unmet > 0
					? `${who}: expected a classifier that meets modelSize or memory, got none of ${unmet} that did. Raise modelSize, or lower dim and bucket.`
					: `${who}: expected a training to end within ${duration} seconds, got none. Raise duration.`,
			);
		});
	} finally {
		clearTimeout(ends);
		signal?.removeEventListener('abort', stop);
	}
}

function checkedLabels({ labels }: FastTextClassifier, metric: FastTextMetric): readonly string[] {
	const label = labelOf(metric);
	if (label === undefined || labels.includes(label)) return labels;
	throw new DataError(`${who}: expected the metric to name a label of the text, got ${label}. It has ${labels.slice(0, 10).join(', ')}.`);
}

/** How a model is quantized to fit a size, by fastText's estimate of 10 bytes and the codes for each row; undefined where it cannot. */
function quantizingFor({ file: { args, output } }: FastTextClassifier, size: number, dsub: number): Quantizing | undefined {
	const { dim } = args;
	const qout = output.rows >= centroidCount;
	const outputBytes = qout
		? 21 + output.rows * Math.ceil(dim / 2) + 16 + 4 * dim * centroidCount + output.rows
		: 16 + 4 * output.rows * dim;
	const target = size - 107 - 4 * centroidCount * dim - outputBytes;
	const cutoff = Math.floor(target / (Math.ceil(dim / dsub) + 1 + 10));
	return cutoff <= centroidCount ? undefined : { cutoff, qnorm: true, qout, dsub, retrain: true };
}
