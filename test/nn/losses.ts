// Every loss, in its forms: what the golden tests and the central differences run over.
import { constant, ops, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { int32 } from '../graph/check-gradient.js';

/** The exports of `nn` that make a loss. */
export type LossName = {
	[Name in keyof typeof nn]: (typeof nn)[Name] extends (...given: never[]) => nn.Loss ? Name : never;
}[keyof typeof nn];

/** A loss of inputs, and which of its forms the golden file has. */
export interface LossRow {
	readonly form: keyof typeof forms;
	readonly build: (...inputs: Value[]) => nn.Loss;
}

/** What PyTorch calls the reductions mean, sum and none. */
export const forms = { mean: nn.meanLoss, sum: ({ sum }: nn.Loss) => sum, each: ({ each }: nn.Loss) => each };
const as = (form: keyof typeof forms) => (build: LossRow['build']) => ({ form, build });
const [mean, sum, each] = [as('mean'), as('sum'), as('each')];

const classes = int32([3], [2, 0, 3]);
const tokens = int32([3, 2], [2, 0, 3, 1, 0, 0]);
const weights = [1, 0.5, 2, 1.5];
/** Numbers for the last axis, in the type of a value. */
const numbers = (like: Value, values: readonly number[]) => constant(tensor(like.dtype, [values.length], values));
const part = (x: Value) => ops.sigmoid(ops.mul(x, 2));

/** At least one case for each loss: the type demands it. The keys name the cases in test/golden/nn/losses.py. */
export const losses: Record<LossName, Readonly<Record<string, LossRow>>> = {
	crossEntropy: {
		crossEntropy: mean((x) => nn.crossEntropy(x!, classes)),
		'crossEntropy sum': sum((x) => nn.crossEntropy(x!, classes)),
		'crossEntropy none': each((x) => nn.crossEntropy(x!, classes)),
		'crossEntropy smoothed': mean((x) => nn.crossEntropy(x!, classes, { smoothing: 0.1 })),
		'crossEntropy weighed': mean((x) => nn.crossEntropy(x!, classes, { weights })),
		'crossEntropy per token': mean((x) => nn.crossEntropy(x!, tokens)),
		'crossEntropy per token, some ignored': mean((x) => nn.crossEntropy(x!, tokens, { ignore: 0 })),
		'crossEntropy per token, none': each((x) => nn.crossEntropy(x!, tokens, { ignore: 0 })),
		'crossEntropy of everything': mean((x) => nn.crossEntropy(x!, tokens, { ignore: 0, weights, smoothing: 0.2 })),
		'crossEntropy of shares': mean((x, y) => nn.crossEntropy(x!, ops.softmax(y!))),
		'crossEntropy of shares, weighed and smoothed': mean((x, y) => nn.crossEntropy(x!, ops.softmax(y!), { weights, smoothing: 0.2 })),
	},
	nllLoss: {
		nllLoss: mean((x) => nn.nllLoss(ops.logSoftmax(x!), classes)),
		'nllLoss weighed, some ignored': mean((x) => nn.nllLoss(x!, classes, { weights, ignore: 0 })),
	},
	binaryCrossEntropy: {
		binaryCrossEntropy: mean((x, y) => nn.binaryCrossEntropy(part(x!), part(y!))),
		'binaryCrossEntropy weighed': sum((x, y) => nn.binaryCrossEntropy(part(x!), part(y!), { weight: numbers(x!, weights) })),
	},
	binaryCrossEntropyWithLogits: {
		binaryCrossEntropyWithLogits: mean((x, y) => nn.binaryCrossEntropyWithLogits(x!, part(y!))),
		'binaryCrossEntropyWithLogits weighed': mean((x, y) =>
			nn.binaryCrossEntropyWithLogits(x!, part(y!), {
				weight: numbers(x!, weights),
				positive: numbers(
					x!,
					weights.map((weight) => weight + 1),
				),
			}),
		),
		'binaryCrossEntropyWithLogits far out': each((x, y) => nn.binaryCrossEntropyWithLogits(ops.mul(x!, 300), part(y!))),
	},
	mseLoss: {
		mseLoss: mean((x, y) => nn.mseLoss(x!, y!)),
		'mseLoss none': each((x, y) => nn.mseLoss(x!, y!)),
	},
	l1Loss: {
		l1Loss: mean((x, y) => nn.l1Loss(x!, y!)),
		'l1Loss sum': sum((x, y) => nn.l1Loss(x!, y!)),
	},
	smoothL1Loss: {
		smoothL1Loss: mean((x, y) => nn.smoothL1Loss(x!, y!)),
		'smoothL1Loss, half': sum((x, y) => nn.smoothL1Loss(x!, y!, { beta: 0.5 })),
	},
	loss: {
		loss: mean((x) => nn.loss(x!)),
		'loss weighed': mean((x, y) => nn.loss(ops.mul(x!, x!), part(y!))),
		'loss weighed by class, sum': sum((x) => nn.loss(ops.mul(x!, x!), numbers(x!, weights))),
		'loss weighed by class': mean((x) => nn.loss(ops.mul(x!, x!), numbers(x!, weights))),
	},
	weighted: {
		weighted: mean((x, y) => nn.weighted(nn.mseLoss(x!, y!), 0.25)),
		'weighted by a value': each((x, y) => nn.weighted(nn.mseLoss(x!, y!), ops.reduceSum(part(y!)))),
	},
	klDivergence: {
		klDivergence: mean((x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!))),
		'klDivergence by batch': mean((x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!), { per: 'sample' })),
		'klDivergence of logarithms': sum((x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.logSoftmax(y!), { logTargets: true })),
	},
};
