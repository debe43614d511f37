// Word2Vec and the unsupervised FastText: what users call.
import { checkWritable, hashText, type Kinds, optionsOf } from '../../base/index.js';
import type { Source } from '../../stream/index.js';
import { type ChosenWords, chooseWords } from './choose-words.js';
import { type Corpus, readCorpus } from './corpus.js';
import { learn, type Start } from './learn.js';
import { modelOf, type Word2Vec, type Word2VecRun } from './model.js';
import {
	type FastTextOptions,
	fastTextKinds,
	runKinds,
	settingsOf,
	type Word2VecOptions,
	type Word2VecRecord,
	word2vecKinds,
} from './options.js';
import type { State } from './state.js';
import { readState, saveState } from './state-file.js';

/**
 * Learns a vector for each word from the words around it (Mikolov et al. 2013). Documents are sentences; they are read once, and kept as numbers in a temporary file, 4 bytes a word.
 * Negative samples are shared by all predictions of a word (Ji et al. 2016). With several `workers`, which update the same numbers without locks, no two runs are equal.
 *
 * @throws {RangeError} for documents without words, where all are rarer than `minCount`, for more than 4 GiB of vectors, and where numbers overflow.
 *
 * @example
 * const { vectors } = await trainWord2Vec(pipe(jsonl<{ text: string }>('reviews.jsonl'), clean(), words()), { sg: true });
 * vectors.mostSimilar('good');
 */
export function trainWord2Vec(docs: Source<{ tokens: string[] }>, options: Word2VecOptions & Word2VecRun = {}): Promise<Word2Vec> {
	optionsOf('trainWord2Vec', options, { ...word2vecKinds, ...runKinds } as Kinds<Word2VecOptions & Word2VecRun>);
	return trained('trainWord2Vec', docs, options, false);
}

/**
 * The same with a vector for each character n-gram, too: a word is the mean of its own vector and theirs, so that words that were never seen have vectors (Bojanowski et al. 2017).
 * Its skip-gram draws negative samples for each pair of words anew.
 *
 * @throws {RangeError} as `trainWord2Vec`.
 */
export function trainFastText(docs: Source<{ tokens: string[] }>, options: FastTextOptions & Word2VecRun = {}): Promise<Word2Vec> {
	optionsOf('trainFastText', options, { ...fastTextKinds, ...runKinds } as Kinds<FastTextOptions & Word2VecRun>);
	return trained('trainFastText', docs, options, true);
}

/** Reads a model that `save` or a checkpoint has written. */
export async function loadWord2Vec(path: string): Promise<Word2Vec> {
	return modelOf((await readState(path)).state);
}

async function trained(
	who: string,
	docs: Source<{ tokens: string[] }>,
	given: FastTextOptions & Word2VecRun,
	subwords: boolean,
): Promise<Word2Vec> {
	const { workers, signal, onDocuments, onProgress, onEpoch, checkpoint, trimRule, ...options } = given;
	const settings = settingsOf(who, options, subwords);
	if (checkpoint !== undefined) await checkWritable(checkpoint);
	const corpus = await readCorpus(docs, { who, block: settings.batchWords, maxVocabSize: settings.maxVocabSize, signal, onDocuments });
	try {
		const chosen = chooseWords(who, corpus, { ...settings, trimRule });
		const fingerprint = fingerprintOf(corpus, chosen, settings);
		const before = checkpoint === undefined ? undefined : await savedRun(checkpoint, fingerprint);
		const start: Start = { ...chosen, settings, before: before?.state, done: before?.done ?? 0 };
		const onPass = async (record: Word2VecRecord, now: State) => {
			if (checkpoint !== undefined) await saveState(checkpoint, now, { fingerprint, done: record.epoch });
			await onEpoch?.(record, modelOf(now));
		};
		return modelOf(await learn(who, start, corpus, { workers, signal, onProgress, onPass }));
	} finally {
		await corpus.close();
	}
}

/** What a checkpoint must have been begun with: the settings, the words and their counts, and how much text there is. */
function fingerprintOf({ total, starts }: Corpus, { words, counts }: ChosenWords, settings: object): string {
	return [
		hashText(JSON.stringify(settings)),
		words.reduce((hash, word, row) => Math.imul(hash ^ hashText(`${word} ${counts[row]}`), 0x01000193), 0),
		total,
		starts.length,
	].join(' ');
}

/** The run of a checkpoint; undefined where there is none yet. */
async function savedRun(path: string, fingerprint: string): Promise<{ readonly state: State; readonly done: number } | undefined> {
	const saved = await readState(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	});
	if (!saved) return undefined;
	if (saved.run?.fingerprint !== fingerprint) {
		throw new RangeError(
			`checkpoint: expected one of the same options and text, got ${path} of another run. Remove it, or name another file.`,
		);
	}
	return { state: saved.state, done: saved.run.done };
}
