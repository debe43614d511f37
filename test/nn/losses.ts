// Every loss, in its forms: what the golden tests and the central differences run over.
import { constant, nn, ops, tensor, type Value } from 'textloom';
import { int32 } from '../graph/check-gradient.js';

/** The exports of `nn` that make a loss of two values. */
export type LossName = {
	[Name in keyof typeof nn]: (typeof nn)[Name] extends (predictions: Value, targets: Value, ...options: never[]) => nn.Loss ? Name : never;
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
		crossEntropy: (x) => nn.meanLoss(nn.crossEntropy(x!, classes)),
		'crossEntropy sum': (x) => nn.crossEntropy(x!, classes).sum,
		'crossEntropy none': (x) => nn.crossEntropy(x!, classes).each,
		'crossEntropy smoothed': (x) => nn.meanLoss(nn.crossEntropy(x!, classes, { smoothing: 0.1 })),
		'crossEntropy weighed': (x) => nn.meanLoss(nn.crossEntropy(x!, classes, { weights })),
		'crossEntropy per token': (x) => nn.meanLoss(nn.crossEntropy(x!, tokens)),
		'crossEntropy per token, some ignored': (x) => nn.meanLoss(nn.crossEntropy(x!, tokens, { ignore: 0 })),
		'crossEntropy per token, none': (x) => nn.crossEntropy(x!, tokens, { ignore: 0 }).each,
		'crossEntropy of everything': (x) => nn.meanLoss(nn.crossEntropy(x!, tokens, { ignore: 0, weights, smoothing: 0.2 })),
		'crossEntropy of shares': (x, y) => nn.meanLoss(nn.crossEntropy(x!, ops.softmax(y!))),
		'crossEntropy of shares, weighed and smoothed': (x, y) => nn.meanLoss(nn.crossEntropy(x!, ops.softmax(y!), { weights, smoothing: 0.2 })),
	},
	nllLoss: {
		nllLoss: (x) => nn.meanLoss(nn.nllLoss(ops.logSoftmax(x!), classes)),
		'nllLoss weighed, some ignored': (x) => nn.meanLoss(nn.nllLoss(x!, classes, { weights, ignore: 0 })),
	},
	binaryCrossEntropy: {
		binaryCrossEntropy: (x, y) => nn.meanLoss(nn.binaryCrossEntropy(part(x!), part(y!))),
		'binaryCrossEntropy weighed': (x, y) => nn.binaryCrossEntropy(part(x!), part(y!), { weight: numbers(x!, weights) }).sum,
	},
	binaryCrossEntropyWithLogits: {
		binaryCrossEntropyWithLogits: (x, y) => nn.meanLoss(nn.binaryCrossEntropyWithLogits(x!, part(y!))),
		'binaryCrossEntropyWithLogits weighed': (x, y) =>
			nn.meanLoss(
				nn.binaryCrossEntropyWithLogits(x!, part(y!), {
					weight: numbers(x!, weights),
					positive: numbers(
						x!,
						weights.map((weight) => weight + 1),
					),
				}),
			),
		'binaryCrossEntropyWithLogits far out': (x, y) => nn.binaryCrossEntropyWithLogits(ops.mul(x!, 300), part(y!)).each,
	},
	mseLoss: {
		mseLoss: (x, y) => nn.meanLoss(nn.mseLoss(x!, y!)),
		'mseLoss none': (x, y) => nn.mseLoss(x!, y!).each,
	},
	l1Loss: {
		l1Loss: (x, y) => nn.meanLoss(nn.l1Loss(x!, y!)),
		'l1Loss sum': (x, y) => nn.l1Loss(x!, y!).sum,
	},
	smoothL1Loss: {
		smoothL1Loss: (x, y) => nn.meanLoss(nn.smoothL1Loss(x!, y!)),
		'smoothL1Loss, half': (x, y) => nn.smoothL1Loss(x!, y!, { beta: 0.5 }).sum,
	},
	klDivergence: {
		klDivergence: (x, y) => nn.meanLoss(nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!))),
		'klDivergence by batch': (x, y) => nn.meanLoss(nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!), { per: 'sample' })),
		'klDivergence of logarithms': (x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.logSoftmax(y!), { logTargets: true }).sum,
	},
};
