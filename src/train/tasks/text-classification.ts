// Text classification: what a text is, as one label, several, or a number.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Task } from '../task/task.js';
import type { ClassWeights } from './classes.js';
import type { HeadOptions } from './head-options.js';
import { type NumberLabel, type NumberMeasures, type OneNumber, oneNumber } from './one-number.js';
import { type LabelSet, type SeveralLabels, type SeveralLabelsMeasures, severalLabels } from './several-labels.js';
import { type ClassificationMeasures, type OneLabel, type Prediction, singleLabel } from './single-label.js';

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
}

/** The task of one label. */
export type TextClassification = Task<OneLabel, Prediction, ClassificationMeasures>;

const kinds: Kinds<TextClassificationOptions> = {
	problem: is.one('one label', 'several labels', 'number'),
	weights: is.either(is.one('balanced'), is.object),
	smoothing: is.share,
};

/**
 * The task of saying what a text is: documents have a `label`, a text, an array of texts, or a number, as the problem is.
 *
 * @example
 * textClassification({ weights: 'balanced', smoothing: 0.1 });
 * textClassification({ problem: 'number' }); // documents such as { text: 'Good', label: 4.5 }
 */
export function textClassification(
	options: TextClassificationOptions & { problem: 'several labels' },
): Task<LabelSet, SeveralLabels, SeveralLabelsMeasures>;
export function textClassification(
	options: TextClassificationOptions & { problem: 'number' },
): Task<NumberLabel, OneNumber, NumberMeasures>;
export function textClassification(options?: TextClassificationOptions & { problem?: 'one label' }): TextClassification;
export function textClassification(given: TextClassificationOptions = {}) {
	const { problem = 'one label', weights, smoothing = 0 } = optionsOf('textClassification', given, kinds);
	if (problem !== 'one label' && (weights !== undefined || smoothing !== 0)) {
		throw new TypeError(`textClassification: expected no weights and no smoothing for ${problem}, got some. Leave them out.`);
	}
	const options = { problem, smoothing, ...(weights !== undefined && { weights }) };
	const shared: HeadOptions = { name: 'text-classification', options, weights, smoothing };
	if (problem === 'number') return oneNumber({ ...shared, options: { problem } });
	return problem === 'one label' ? singleLabel(shared) : severalLabels({ ...shared, options: { problem } });
}
