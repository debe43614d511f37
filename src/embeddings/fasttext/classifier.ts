// A supervised model of fastText: predictions, tests, files.
import { argumentOf, is, type Kind, type Kinds, optionsOf } from '../../base/index.js';
import { checkOf, documents, each, lines, type Source, type State } from '../../stream/index.js';
import { entryTexts } from './dictionary.js';
import type { FastTextFile } from './file.js';
import { bestOf, type Scored } from './predicting/best.js';
import { lineReader, type ReadLine } from './predicting/line.js';
import type { FastTextScores } from './predicting/meter.js';
import { added, probabilitiesOf } from './predicting/probabilities.js';
import { createTally, type Tally } from './predicting/tally.js';
import { checkKind } from './read-file.js';
import { stateOf } from './state.js';
import { type LabelledTokens, labelledNeeds, namesOf } from './training/read-corpus.js';
import { inputKind } from './training/train.js';
import { writeFastText } from './write-file.js';

/** A label and its probability. */
export interface FastTextPrediction {
	/** Without what labels begin with in a text. */
	readonly label: string;
	/** Its probability; fastText shows 1e-5 more, but with the loss `hs`. */
	readonly score: number;
}

/** Which labels are predicted. */
export interface FastTextPredictOptions {
	/** How many at most, the most probable ones. Default 1. */
	readonly k?: number;
	/** The probability that a label must have. Default 0. */
	readonly threshold?: number;
}

/** A classifier. */
export interface FastTextClassifier {
	/** What its file holds. */
	readonly file: FastTextFile;
	/** What labels begin with in a text. */
	readonly label: string;
	/** Labels in the order of their rows, by falling counts, without what they begin with in a text. */
	readonly labels: readonly string[];
	/** The most probable labels of a text or of tokens, best first. None where the model knows nothing of the text. */
	predict(input: string | readonly string[], options?: FastTextPredictOptions): FastTextPrediction[];
	/** Probabilities of all labels, in the order of `labels`; undefined where the model knows nothing of the text. */
	probabilities(input: string | readonly string[]): Float64Array | undefined;
	/** The most probable of these probabilities. */
	best(probabilities: Float64Array, options?: FastTextPredictOptions): FastTextPrediction[];
	/** The vector of a text: the mean of its rows, 0 where there are none. */
	vector(input: string | readonly string[]): Float32Array;
	/** Predicts of the lines of a file in fastText's format, or of documents, and compares with their labels. */
	test(input: string | Source<LabelledTokens>, options?: FastTextPredictOptions): Promise<FastTextScores>;
	/** The same, with what curves are made of. */
	tally(input: string | Source<LabelledTokens>, options: FastTextPredictOptions): Promise<Tally>;
	/** Writes a file that fastText loads. */
	save(path: string): Promise<void>;
	/** What it learned, as plain data. */
	readonly state: State;
}

const textKind: Kind = { ...is.either(is.text, is.texts), expected: 'a text or an array of tokens' };
const predictKinds: Kinds<FastTextPredictOptions> = { k: is.whole(1), threshold: is.number(0) };
const labelKinds: Kinds<{ label?: string }> = { label: is.text };

/**
 * The classifier of a file. `label` is what labels begin with in texts, `__label__` by default: files do not say.
 *
 * @example
 * const model = fastTextClassifier(await readFastText('lid.176.ftz'));
 * model.predict('Wie geht es dir?'); // [{ label: 'de', score: 0.99… }]
 */
export function fastTextClassifier(file: FastTextFile, given: { readonly label?: string } = {}): FastTextClassifier {
	checkKind('fastTextClassifier', file, true);
	const { label: prefix = '__label__' } = optionsOf('fastTextClassifier', given, labelKinds);
	const { dictionary, input: matrix, args } = file;
	const read = lineReader(file, prefix);
	const probabilities = probabilitiesOf(file);
	const names = entryTexts(dictionary, dictionary.words, dictionary.starts.length - 1);
	const labels = names.map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name));
	const numbers = new Map(labels.map((name, number) => [name, number]));

	const meanOf = (rows: readonly number[]) => {
		const sum = new Float32Array(args.dim);
		for (const row of rows) matrix.addRow(sum, row);
		const share = Math.fround(1 / Math.max(1, rows.length));
		for (let i = 0; i < sum.length; i++) sum[i]! *= share;
		return sum;
	};
	// The tree is not followed to labels that are less probable; what it says has the 1e-5 in it.
	const isTree = args.loss === 'hs';
	const asked = ({ k = 1, threshold = 0 }: FastTextPredictOptions) => ({
		k,
		threshold: isTree ? threshold + added : threshold,
		plus: isTree ? 0 : added,
	});
	const predicted = (rows: readonly number[], options: FastTextPredictOptions) =>
		rows.length === 0 ? [] : bestOf(probabilities(meanOf(rows)), asked(options));
	const named = (scored: readonly Scored[]) => scored.map(({ number, score }) => ({ label: labels[number]!, score }));

	const tallyOf = async (input: string | Source<LabelledTokens>, options: FastTextPredictOptions) => {
		const tally = createTally(labels);
		for await (const { rows, gold } of examplesOf(argumentOf('test', 'input', input, inputKind), read, numbers)) {
			if (rows.length > 0 && gold.length > 0) tally.add(gold, predicted(rows, options));
		}
		return tally;
	};

	return {
		...{ file, label: prefix, labels, tally: tallyOf },
		predict: (input, options = {}) =>
			named(predicted(read(argumentOf('predict', 'input', input, textKind)).rows, optionsOf('predict', options, predictKinds))),
		best: (scores, options = {}) => named(bestOf(scores, asked(options))),
		probabilities(input) {
			const { rows } = read(argumentOf('probabilities', 'input', input, textKind));
			return rows.length === 0 ? undefined : probabilities(meanOf(rows));
		},
		vector: (input) => meanOf(read(argumentOf('vector', 'input', input, textKind)).rows),
		async test(input, options = {}) {
			const known = optionsOf('test', options, predictKinds);
			return (await tallyOf(input, known)).scores();
		},
		save: (path) => writeFastText(path, file),
		get state() {
			return stateOf(file, prefix);
		},
	};
}

/** Lines of a file, or documents, as rows and the labels that are right; of labels that the model does not know there is nothing to say. */
async function* examplesOf(
	input: string | Source<LabelledTokens>,
	read: ReadLine,
	numbers: ReadonlyMap<string, number>,
): AsyncGenerator<{ rows: readonly number[]; gold: readonly number[] }> {
	if (typeof input === 'string') {
		for await (const { text } of lines(input)) {
			const { rows, labels } = read(text);
			yield { rows, gold: labels };
		}
		return;
	}
	const check = checkOf('test', labelledNeeds);
	let first = 0;
	for await (const chunk of documents(input, 'test').chunks()) {
		const examples: { rows: readonly number[]; gold: readonly number[] }[] = [];
		each('test', chunk, first, (doc) => {
			check(doc);
			examples.push({ rows: read(doc.tokens).rows, gold: namesOf('test', doc.label).flatMap((name) => numbers.get(name) ?? []) });
		});
		first += chunk.length;
		yield* examples;
	}
}
