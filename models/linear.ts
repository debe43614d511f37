// Linear classifiers over terms, solved at once: the baseline beside every network. Margins become probabilities by a temperature. Shapes: B batch, T terms of a document, K classes.
//   svm, logistic     Fan et al. 2008, "LIBLINEAR"; TF-IDF of words and pairs of words
//   bayes             multinomial naive Bayes, McCallum and Nigam 1998; counts
//   nb-svm            Wang and Manning 2012, "Baselines and bigrams": IMDB 91.2 with pairs of words
import { fitLinearSvm, fitLogisticRegression, fitNaiveBayes, fitNbSvm } from 'textloom/classic';
import { idsBeforeTerms } from 'textloom/features';
import { ops, parameter } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { is, type Kinds, optionsOf } from 'textloom/stream';
import type { Architecture, Sizes } from 'textloom/train';
import { solution, type Way } from './linear-solution.js';

const { add, mul, reduceSum, unsqueeze } = ops;

/** What models of terms read of a document: those of `termIds`. */
export const termInputs = {
	ids: { dtype: 'int32', shape: ['batch', 'time'] },
	weights: { dtype: 'float32', shape: ['batch', 'time'] },
} as const;

/** How many terms the stages have. Throws a TypeError where they have none. */
export function termsIn(model: string, fields: Sizes['fields']): number {
	if (fields?.features) return fields.features;
	throw new TypeError(`${model}: expected stages that end in features of terms, got others. End them with tfidf() and termIds().`);
}

/** Of linear SVM and logistic regression. */
export interface CostOptions {
	/** What an error costs beside the penalty. Default 1, of logistic regression 10. */
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
			const terms = nn.embedding({ size: termsIn(name, fields) + idsBeforeTerms, width: outputs, padding: 0 });
			const bias = parameter([outputs], nn.zeros);
			return {
				parameters: { terms: terms.parameters, bias },
				apply: ({ ids, weights }) => add(reduceSum(mul(terms.apply(ids), unsqueeze(weights!, [2])), { axes: [1] }), bias),
			};
		},
		solve: (data) => solution(data, { fit, link }),
	};
}
