// Every loss, in its forms: what the golden tests and the central differences run over.
import { constant, nn, ops, tensor, type Value } from 'textloom';
import { int32 } from '../graph/check-gradient.js';

/** The exports of `nn` that are losses: two values to one, and no part of attention. */
export type LossName = Exclude<OfTwoValues, 'attention' | 'attentionWeights' | 'maskedSoftmax'>;
type OfTwoValues = {
	[Name in keyof typeof nn]: (typeof nn)[Name] extends (predictions: Value, targets: Value, ...options: never[]) => Value ? Name : never;
}[keyof typeof nn];

type Build = (...inputs: Value[]) => Value;

const classes = int32([3], [2, 0, 3]);
const tokens = int32([3, 2], [2, 0, 3, 1, 0, 0]);
const weights = [1, 0.5, 2, 1.5];
/** Numbers for the last axis, in the type of a value. */
const numbers = (like: Value, values: readonly number[]) => constant(tensor(like.dtype, [values.length], values));
const part = (x: Value) => ops.sigmoid(ops.mul(x, 2));

/** At least one case for each loss: the type demands it. The keys name the cases in test/golden/nn/losses.py. */
export const losses: Record<LossName, Readonly<Record<string, Build>>> = {
	crossEntropy: {
		crossEntropy: (x) => nn.crossEntropy(x!, classes),
		'crossEntropy sum': (x) => nn.crossEntropy(x!, classes, { reduction: 'sum' }),
		'crossEntropy none': (x) => nn.crossEntropy(x!, classes, { reduction: 'none' }),
		'crossEntropy smoothed': (x) => nn.crossEntropy(x!, classes, { smoothing: 0.1 }),
		'crossEntropy weighed': (x) => nn.crossEntropy(x!, classes, { weights }),
		'crossEntropy per token': (x) => nn.crossEntropy(x!, tokens),
		'crossEntropy per token, some ignored': (x) => nn.crossEntropy(x!, tokens, { ignore: 0 }),
		'crossEntropy per token, none': (x) => nn.crossEntropy(x!, tokens, { ignore: 0, reduction: 'none' }),
		'crossEntropy of everything': (x) => nn.crossEntropy(x!, tokens, { ignore: 0, weights, smoothing: 0.2 }),
		'crossEntropy of shares': (x, y) => nn.crossEntropy(x!, ops.softmax(y!)),
		'crossEntropy of shares, weighed and smoothed': (x, y) => nn.crossEntropy(x!, ops.softmax(y!), { weights, smoothing: 0.2 }),
	},
	nllLoss: {
		nllLoss: (x) => nn.nllLoss(ops.logSoftmax(x!), classes),
		'nllLoss weighed, some ignored': (x) => nn.nllLoss(x!, classes, { weights, ignore: 0 }),
	},
	binaryCrossEntropy: {
		binaryCrossEntropy: (x, y) => nn.binaryCrossEntropy(part(x!), part(y!)),
		'binaryCrossEntropy weighed': (x, y) => nn.binaryCrossEntropy(part(x!), part(y!), { weight: numbers(x!, weights), reduction: 'sum' }),
	},
	binaryCrossEntropyWithLogits: {
		binaryCrossEntropyWithLogits: (x, y) => nn.binaryCrossEntropyWithLogits(x!, part(y!)),
		'binaryCrossEntropyWithLogits weighed': (x, y) =>
			nn.binaryCrossEntropyWithLogits(x!, part(y!), {
				weight: numbers(x!, weights),
				positive: numbers(
					x!,
					weights.map((weight) => weight + 1),
				),
			}),
		'binaryCrossEntropyWithLogits far out': (x, y) => nn.binaryCrossEntropyWithLogits(ops.mul(x!, 300), part(y!), { reduction: 'none' }),
	},
	mseLoss: {
		mseLoss: (x, y) => nn.mseLoss(x!, y!),
		'mseLoss none': (x, y) => nn.mseLoss(x!, y!, { reduction: 'none' }),
	},
	l1Loss: {
		l1Loss: (x, y) => nn.l1Loss(x!, y!),
		'l1Loss sum': (x, y) => nn.l1Loss(x!, y!, { reduction: 'sum' }),
	},
	smoothL1Loss: {
		smoothL1Loss: (x, y) => nn.smoothL1Loss(x!, y!),
		'smoothL1Loss, half': (x, y) => nn.smoothL1Loss(x!, y!, { beta: 0.5, reduction: 'sum' }),
	},
	klDivergence: {
		klDivergence: (x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!)),
		'klDivergence by batch': (x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!), { reduction: 'batchmean' }),
		'klDivergence of logarithms': (x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.logSoftmax(y!), { reduction: 'sum', logTargets: true }),
	},
};
