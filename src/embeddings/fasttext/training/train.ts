// Trains a supervised model: reads the text, and has threads learn from it.
import { argumentOf, is, type Kind, type Kinds, optionsOf, type Remote, startWorker } from '../../../base/index.js';
import type { Source } from '../../../stream/index.js';
import type { FastTextFile } from '../file.js';
import type { Corpus } from './corpus.js';
import { type FastTextClassifierOptions, fastTextKinds, type WholeOptions, wholeOptions } from './options.js';
import { type LabelledTokens, readDocuments, readFile } from './read-corpus.js';
import { type FastTextRun, learnMatrices } from './session.js';
import { startOf } from './start.js';
import type { TrainerHandlers } from './trainer-worker.js';
import { vocabularyOf } from './vocabulary.js';

const runKinds: Kinds<FastTextRun> = { onProgress: is.function, signal: is.signal };

/** What can be trained on. */
export const inputKind: Kind = {
	...is.either(is.name, is.source),
	expected: 'the path of a file in fastText’s format, or documents with tokens and label',
	next: 'Pass one of these.',
};

/** Trains on the lines of a file, or on documents. */
export async function trainSupervised(
	who: string,
	input: string | Source<LabelledTokens>,
	given: FastTextClassifierOptions,
	run: FastTextRun = {},
): Promise<FastTextFile> {
	argumentOf(who, 'input', input, inputKind);
	const options = wholeOptions(who, optionsOf(who, given, fastTextKinds));
	optionsOf(who, run, runKinds);
	return withThreads(options.thread, async (threads) => {
		const corpus = await corpusOf(who, input, options, { ...run, threads });
		return trainOnCorpus(who, corpus, options, { ...run, threads });
	});
}

/** Starts threads, and ends them when the work is done. */
export async function withThreads<T>(count: number, work: (threads: readonly Remote<TrainerHandlers>[]) => Promise<T>): Promise<T> {
	const module = new URL('./trainer-worker.js', import.meta.url);
	const threads = Array.from({ length: count }, () => startWorker<TrainerHandlers>(module));
	try {
		return await work(threads);
	} finally {
		await Promise.all(threads.map((thread) => thread.close()));
	}
}

/** The text of an input. */
export function corpusOf(
	who: string,
	input: string | Source<LabelledTokens>,
	options: Pick<WholeOptions, 'label'>,
	{ threads, signal }: FastTextRun & { readonly threads: readonly Remote<TrainerHandlers>[] },
): Promise<Corpus> {
	return typeof input === 'string' ? readFile(who, input, threads, signal) : readDocuments(who, input, options, signal);
}

/** Trains a model of a text that was read. */
export async function trainOnCorpus(
	who: string,
	corpus: Corpus,
	options: WholeOptions,
	run: FastTextRun & { readonly threads: readonly Remote<TrainerHandlers>[] },
): Promise<FastTextFile> {
	const dictionary = vocabularyOf(who, corpus, options);
	const { ws, model } = { ws: 5, model: 'supervised' as const };
	const { dim, epoch, minCount, neg, wordNgrams, loss, bucket, minn, maxn, lrUpdateRate, t } = options;
	const args = { model, loss, dim, ws, epoch, minCount, neg, wordNgrams, bucket, minn, maxn, lrUpdateRate, t };
	const matrices = await learnMatrices(who, corpus, {
		...run,
		options,
		dictionary,
		inputRows: dictionary.words + bucket,
		start: startOf(dictionary, options),
	});
	return { args, dictionary, ...matrices };
}
