// Text classification: what a text is, as one label, several, or a number.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Task } from '../task/task.js';
import type { ClassWeights } from './classes.js';
import type { HeadOptions } from './head-options.js';
import type { ClassificationMeasures, OneLabel, Prediction, ThresholdMeasures } from './one-label-measure.js';
import { type NumberLabel, type NumberMeasures, type OneNumber, oneNumber } from './one-number.js';
import { type LabelSet, type SeveralLabels, type SeveralLabelsMeasures, severalLabels } from './several-labels.js';
import { singleLabel } from './single-label.js';

/** What is asked: one label of each document, any number of labels, or a number. */
export type Problem = 'one label' | 'several labels' | 'number';

/** How texts are classified. */
export interface TextClassificationOptions {
	/** Default one label. */
	readonly problem?: Problem;
	/** How much the documents of each label count, where they have one. Default: 1 each. */
	readonly weights?: ClassWeights;
	/** The share of each answer that is spread over all labels (Szegedy et al. 2016), where they have one. Default 0. */
	readonly smoothing?: number;
	/** What the network ends in, where documents have one label: a unit for each (default), or one unit for two labels (binary cross-entropy). */
	readonly output?: 'softmax' | 'sigmoid';
	/** Where a document has one label: with a probability below this the answer is none, `label: null`. Default: it always answers. */
	readonly threshold?: number | undefined;
}

/** The task of one label. */
export type TextClassification = Task<OneLabel, Prediction, ClassificationMeasures>;

/** The same with a threshold. */
export type ThresholdClassification = Task<OneLabel, Prediction<string | null>, ThresholdMeasures>;

const kinds: Kinds<TextClassificationOptions> = {
	problem: is.one('one label', 'several labels', 'number'),
	weights: is.either(is.one('balanced'), is.object),
	smoothing: is.share,
	output: is.one('softmax', 'sigmoid'),
	threshold: is.share,
};

/**
 * The task of saying what a text is: documents have a `label`, a text, an array of texts, or a number, as the problem is.
 *
 * @example
 * textClassification({ weights: 'balanced', smoothing: 0.1 });
 * textClassification({ output: 'sigmoid', threshold: 0.7 }); // one unit for two labels; none where neither reaches 70%
 * textClassification({ problem: 'number' }); // documents such as { text: 'Good', label: 4.5 }
 */
export function textClassification(
	options: TextClassificationOptions & { problem: 'several labels' },
): Task<LabelSet, SeveralLabels, SeveralLabelsMeasures>;
export function textClassification(
	options: TextClassificationOptions & { problem: 'number' },
): Task<NumberLabel, OneNumber, NumberMeasures>;
export function textClassification(
	options: TextClassificationOptions & { problem?: 'one label'; threshold: number },
): ThresholdClassification;
export function textClassification(
	options?: TextClassificationOptions & { problem?: 'one label'; threshold?: undefined },
): TextClassification;
export function textClassification(given: TextClassificationOptions = {}) {
	const { problem = 'one label', ...rest } = optionsOf('textClassification', given, kinds);
	const { weights, smoothing = 0, output = 'softmax', threshold } = rest;
	const shared: HeadOptions = { name: 'text-classification', options: { problem }, weights, smoothing };
	if (problem === 'one label') {
		const options = {
			...{ problem, smoothing },
			...(weights !== undefined && { weights }),
			...(output !== 'softmax' && { output }),
			...(threshold !== undefined && { threshold }),
		};
		return singleLabel({ ...shared, options, output, threshold });
	}
	const idle = Object.entries({ ...rest, smoothing: smoothing || undefined }).find(([, value]) => value !== undefined);
	if (idle) throw new TypeError(`textClassification: expected no ${idle[0]} for ${problem}, got one. Leave it out.`);
	return problem === 'number' ? oneNumber(shared) : severalLabels(shared);
}
