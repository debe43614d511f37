// `textloom vectors train`: word vectors of the user's texts.
import { checkWritable } from '../../base/index.js';
import { saveVectors, trainFastText, trainWord2Vec, type Word2VecProgress, writeFastText } from '../../embeddings/index.js';
import { chain, map, pipe } from '../../stream/index.js';
import { clean, words as cutWords } from '../../text/index.js';
import { chineseWords } from '../chinese-words.js';
import { isMostlyHan } from '../han.js';
import { bar, count, ProgressLine, print, sayRead, some } from '../output.js';
import { textsOf } from '../own/texts.js';
import { UsageError } from '../usage-error.js';
import type { Asked } from './asked.js';

/** Learns vectors and saves them. */
export async function train({ file, words: more, flags }: Asked): Promise<void> {
	const { out, subwords, json } = flags;
	const ending = out === undefined ? undefined : /\.(bin|txt|vec|safetensors)(\.gz)?$/i.exec(out)?.[0]?.toLowerCase();
	if (out === undefined || ending === undefined) {
		throw new UsageError(`expected --out FILE that ends with .bin, .txt, .vec or .safetensors, got ${out ?? 'none'}.`);
	}
	if (subwords && ending !== '.bin')
		throw new UsageError(`expected --out FILE.bin with --subwords, which fastText's format alone can hold, got ${out}.`);
	await checkWritable(out);
	const start = performance.now();
	const texts = await textsOf([file, ...more], flags);
	const line = new ProgressLine();
	const { model, size, threads: workers } = flags;
	const options = {
		...{ sg: model === 'skipgram', vectorSize: size, window: flags.window, minCount: flags.minCount, sample: flags.rare },
		...{ hs: flags.tree, negative: flags.tree ? 0 : flags.negatives, epochs: flags.epochs, alpha: flags.alpha, seed: flags.seed ?? 1 },
		...{ workers, checkpoint: flags.checkpoint },
		onDocuments: ({ documents }: { documents: number }) => line.show(() => `reading: ${some(documents, 'text')}`),
		onProgress: (progress: Word2VecProgress) => line.show(() => progressOf(progress)),
	};
	const trained = await (subwords ? trainFastText : trainWord2Vec)(pipe(texts, map(tokensOf)), options).finally(() => line.clear());
	const { vectors, history } = trained;
	if (subwords) await writeFastText(out, trained.toFastText());
	else await saveVectors(vectors, out);
	const last = history.at(-1)!;
	const figures = { out, words: vectors.size, width: vectors.width, loss: last.loss, wordsPerSecond: last.wordsPerSecond };
	await print(
		json
			? JSON.stringify(figures)
			: `${out}: ${some(vectors.size, 'word')}, ${vectors.width} numbers each; ${count(last.wordsPerSecond)} words a second, loss ${last.loss.toFixed(4)}`,
	);
	sayRead(texts.counts, { texts: texts.counts.read, start, encoding: flags.encoding });
}

const inWords = chain(clean(), cutWords({ punctuation: false }));

/** The words of a text: of Chinese ones as the segmenter cuts them. */
function tokensOf({ text }: { text: string }): { tokens: string[] } {
	return { tokens: isMostlyHan(text) ? chineseWords(text) : inWords.apply([{ text }])[0]!.tokens };
}

function progressOf({ epoch, epochs, words, of, wordsPerSecond }: Word2VecProgress): string {
	return `${bar((epoch - 1 + words / of) / epochs)} pass ${epoch} of ${epochs}, ${count(wordsPerSecond)} words a second`;
}
