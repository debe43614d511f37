// Linear classifiers over terms, solved at once: the baseline beside every network. Margins become probabilities by a temperature. Shapes: B batch, T terms of a document, K classes.
//   svm, logistic     Fan et al. 2008, "LIBLINEAR"; TF-IDF of words and pairs of words
//   bayes             multinomial naive Bayes, McCallum and Nigam 1998; counts
//   nb-svm            Wang and Manning 2012, "Baselines and bigrams": IMDB 91.2 with pairs of words
import { fitLinearSvm, fitLogisticRegression, fitNaiveBayes, fitNbSvm, type LinearClassifier, temperatureScaling } from 'textloom/classic';
import { idsBeforeTerms } from 'textloom/features';
import { ops, parameter } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { pickRows, type SparseMatrix, sparseMatrix } from 'textloom/sparse';
import { is, type Kinds, optionsOf, randomUint32 } from 'textloom/stream';
import type { Architecture, SolverData } from 'textloom/train';

const { add, mul, reduceSum, unsqueeze } = ops;

/** What models of terms read of a document: those of `termIds`. */
export const termInputs = {
	ids: { dtype: 'int32', shape: ['batch', 'time'] },
	weights: { dtype: 'float32', shape: ['batch', 'time'] },
} as const;

/** Of linear SVM and logistic regression. */
export interface CostOptions {
	/** What an error costs beside the penalty. Default 1. */
	readonly c?: number;
}

/** Of naive Bayes. */
export interface BayesOptions {
	/** What is added to each count. Default 1. */
	readonly alpha?: number;
}

/** Of NB-SVM. */
export interface NbSvmModelOptions extends CostOptions, BayesOptions {
	/** How much of the fitted weights counts beside their mean size, from 0 to 1. Default 0.25. */
	readonly beta?: number;
}

const cost: Kinds<CostOptions> = { c: is.positive };
const bayes: Kinds<BayesOptions> = { alpha: is.positive };

/** Linear SVM, one class against the rest. */
export function svmClassifier(options: CostOptions = {}): Architecture {
	const { c = 1 } = optionsOf('svmClassifier', options, cost);
	return linear(
		{ name: 'svm', options: { c }, tokens: 'terms' },
		{ fit: (matrix, labels, told) => fitLinearSvm(matrix, labels, { c, ...told }), link: 'margins' },
	);
}

/** Logistic regression; of more than two classes one softmax. */
export function logisticClassifier(options: CostOptions = {}): Architecture {
	const { c = 10 } = optionsOf('logisticClassifier', options, cost);
	return linear(
		{ name: 'logistic', options: { c }, tokens: 'terms' },
		{ fit: (matrix, labels, told) => fitLogisticRegression(matrix, labels, { c, ...told }), link: 'softmax' },
	);
}

/** Multinomial naive Bayes. */
export function bayesClassifier(options: BayesOptions = {}): Architecture {
	const { alpha = 1 } = optionsOf('bayesClassifier', options, bayes);
	return linear(
		{ name: 'bayes', options: { alpha }, tokens: 'counts' },
		{
			fit(matrix, labels, { classWeight }) {
				if (!classWeight) return fitNaiveBayes(matrix, labels, { alpha });
				throw new TypeError('bayes: expected classes that count alike, got weights. Leave them out, or take svm or logistic.');
			},
			// Words are not independent: its probabilities are too sure.
			link: 'margins',
		},
	);
}

/** Linear SVM over terms weighed by how much more often a class has them. */
export function nbSvmClassifier(options: NbSvmModelOptions = {}): Architecture {
	const { c = 1, alpha = 1, beta = 0.25 } = optionsOf('nbSvmClassifier', options, { ...cost, ...bayes, beta: is.share });
	return linear(
		{ name: 'nb-svm', options: { c, alpha, beta }, tokens: 'presence' },
		{ fit: (matrix, labels, told) => fitNbSvm(matrix, labels, { c, alpha, beta, ...told }), link: 'margins' },
	);
}

/** What a solver is told beside rows and labels. */
interface Told {
	readonly seed: number;
	readonly classWeight?: Readonly<Record<string, number>>;
}

/** How a model is solved, and whether its scores are logits as they are. */
interface Way {
	readonly fit: (matrix: SparseMatrix, labels: readonly string[], told: Told) => LinearClassifier;
	readonly link: 'softmax' | 'margins';
}

/** Σ over a document's terms of weight · row of the term, and the bias: ids and weights [B, T] → [B, K]. */
function linear(
	{ name, options, tokens }: { name: string; options: Readonly<Record<string, number>>; tokens: 'terms' | 'counts' | 'presence' },
	{ fit, link }: Way,
): Architecture {
	return {
		spec: { model: name, options },
		inputs: termInputs,
		...{ tokens, minLength: 1, maxLength: 2 ** 31 - 1 },
		build({ fields, outputs }) {
			const terms = nn.embedding({ size: (fields?.features ?? 0) + idsBeforeTerms, width: outputs, padding: 0 });
			const bias = parameter([outputs], nn.zeros);
			return {
				parameters: { terms: terms.parameters, bias },
				apply: ({ ids, weights }) => add(reduceSum(mul(terms.apply(ids), unsqueeze(weights!, [2])), { axes: [1] }), bias),
			};
		},
		solve: (data) => solution(data, { fit, link }),
	};
}

/** Names whose order is that of the classes' numbers. */
const nameOf = (target: number) => String(target).padStart(8, '0');

/** The rows of terms and the bias, both divided by the temperature of the logits. */
function solution({ size, at, sizes: { fields, outputs }, weights, seed }: SolverData, { fit, link }: Way): Record<string, Float32Array> {
	const columns = fields?.features ?? 0;
	const targets = new Int32Array(size);
	const matrix = sparseMatrix(
		Array.from({ length: size }, (_, doc) => {
			const { ids, weights, targets: own } = at(doc);
			targets[doc] = own!.data[0]!;
			return { indices: Int32Array.from(ids!.data, (id) => id - idsBeforeTerms), values: Float32Array.from(weights!.data), size: columns };
		}),
	);
	const classWeight = weights && Object.fromEntries(weights.map((weight, target) => [nameOf(target), weight]));
	const labels = Array.from(targets, nameOf);
	const told = { seed, ...(classWeight && { classWeight }) };
	const temperature = link === 'softmax' ? 1 : temperatureOf({ matrix, labels, targets, seed }, (rows, names) => fit(rows, names, told));
	const { coefficients, intercepts } = fit(matrix, labels, told);
	// Of two classes half of what one says against the other.
	const single = intercepts.length === 1;
	const share = (numbers: Float64Array, place: number) => {
		const own = single ? (place % 2 === 0 ? -0.5 : 0.5) * numbers[place >> 1]! : numbers[place]!;
		return own / temperature;
	};
	const table = new Float32Array((columns + idsBeforeTerms) * outputs);
	for (let at = idsBeforeTerms * outputs, from = 0; at < table.length; at++, from++) table[at] = share(coefficients, from);
	return { 'terms.weight': table, bias: Float32Array.from({ length: outputs }, (_, place) => share(intercepts, place)) };
}

/** One document in so many is put aside to learn the temperature. */
const aside = 5;

/** The temperature at which margins are probabilities (Guo et al. 2017): of a model of most documents, by the others. 1 where these are of too few classes. */
function temperatureOf(
	{ matrix, labels, targets, seed }: { matrix: SparseMatrix; labels: readonly string[]; targets: Int32Array; seed: number },
	fit: (matrix: SparseMatrix, labels: readonly string[]) => LinearClassifier,
): number {
	const order = [...labels.keys()];
	const [held, rest] = [true, false].map((isHeld) => order.filter((row) => (randomUint32(seed, 0, row) % aside === 0) === isHeld));
	const classes = new Set(labels).size;
	const seen = new Set(rest!.map((row) => labels[row]));
	if (seen.size < classes || held!.length === 0) return 1;
	const model = fit(
		pickRows(matrix, rest!),
		rest!.map((row) => labels[row]!),
	);
	const scores = model.scores(pickRows(matrix, held!));
	// The logits of two classes are half of the margins.
	const logits = model.intercepts.length === 1 ? scores.map((score) => score / 2) : scores;
	return temperatureScaling(
		logits,
		held!.map((row) => targets[row]!),
		classes,
	);
}
