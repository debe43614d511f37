// Every loss, in its forms: what the golden tests and the central differences run over.
import { constant, input, ops, ShapeError, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import golden from '../golden/nn/losses.json' with { type: 'json' };
import { int32 } from '../graph/check-gradient.js';
import type { RefusalsOf } from '../refusals.js';

/** The exports of `nn` that make a loss. */
export type LossName = {
	[Name in keyof typeof nn]: (typeof nn)[Name] extends (...given: never[]) => nn.Loss ? Name : never;
}[keyof typeof nn];

/** A loss of inputs, and which of its forms is compared. */
export interface LossForm {
	readonly form: keyof typeof forms;
	readonly build: (...inputs: Value[]) => nn.Loss;
}

/** The cases that test/golden/nn/losses.py has computed. */
export const { cases } = golden;

/** A loss's forms by their golden cases; or why there is nothing to compare them with, and then the forms with sizes of their inputs. */
export type LossForms =
	| { readonly golden: { readonly [Case in keyof typeof cases]?: LossForm } }
	| { readonly golden: string; readonly forms: Readonly<Record<string, LossForm & { readonly shapes: readonly number[][] }>> };

/** All that is tested of a loss. */
export type LossRow<Make> = LossForms & {
	/** Inputs and options that it cannot use. */
	readonly refuses: RefusalsOf<Make>;
};

/** What PyTorch calls the reductions mean, sum and none. */
export const forms = { mean: nn.meanLoss, sum: ({ sum }: nn.Loss) => sum, each: ({ each }: nn.Loss) => each };
const as = (form: keyof typeof forms) => (build: LossForm['build']) => ({ form, build });
const [mean, sum, each] = [as('mean'), as('sum'), as('each')];

const classes = int32([3], [2, 0, 3]);
const tokens = int32([3, 2], [2, 0, 3, 1, 0, 0]);
const weights = [1, 0.5, 2, 1.5];
/** Numbers for the last axis, in the type of a value. */
const numbers = (like: Value, values: readonly number[]) => constant(tensor(like.dtype, [values.length], values));
const part = (x: Value) => ops.sigmoid(ops.mul(x, 2));

const f = (...shape: (number | string)[]) => input('f', 'float32', shape);
const i = (...shape: (number | string)[]) => input('i', 'int32', shape);

/** One row for each loss: the type demands it. */
export const losses: { readonly [Name in LossName]: LossRow<(typeof nn)[Name]> } = {
	crossEntropy: {
		golden: {
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
		refuses: [
			[
				() => nn.crossEntropy(f('batch', 5, 'time'), i('batch', 'time')),
				new ShapeError(
					'crossEntropy: expected targets batch×5 for batch×5×time, got batch×time. Classes are the last axis: reshape one of them.',
				),
			],
			[
				() => nn.crossEntropy(f('batch', 3), i('batch'), { weights: [1, 2] }),
				new ShapeError('crossEntropy: expected a weight for each of 3 classes, got 2. Pass them in order.'),
			],
			[
				() => nn.crossEntropy(f('batch', 3), i('batch'), { smoothing: 2 }),
				'crossEntropy: expected smoothing to be a share from 0 to 1, got 2',
			],
			[
				() => nn.crossEntropy(f('batch', 3), i('batch'), { ignored: 0 } as nn.CrossEntropyOptions),
				'crossEntropy: expected an option that it has, got ignored. Did you mean ignore?',
			],
			[() => nn.crossEntropy(f('batch', 3), f('batch', 3), { ignore: 0 }), 'crossEntropy: expected class numbers beside ignore'],
		],
	},
	nllLoss: {
		golden: {
			nllLoss: mean((x) => nn.nllLoss(ops.logSoftmax(x!), classes)),
			'nllLoss weighed, some ignored': mean((x) => nn.nllLoss(x!, classes, { weights, ignore: 0 })),
		},
		refuses: [
			[
				() => nn.nllLoss(f('batch', 3), f('batch', 3)),
				new ShapeError('nllLoss: expected class numbers of int32, got float32 batch×3. Cast them.'),
			],
		],
	},
	binaryCrossEntropy: {
		golden: {
			binaryCrossEntropy: mean((x, y) => nn.binaryCrossEntropy(part(x!), part(y!))),
			'binaryCrossEntropy weighed': sum((x, y) => nn.binaryCrossEntropy(part(x!), part(y!), { weight: numbers(x!, weights) })),
		},
		refuses: [
			[
				() => nn.binaryCrossEntropy(f('batch', 3), f('batch')),
				'binaryCrossEntropy: expected targets batch×3, got batch. Reshape one of them.',
			],
			[
				() => nn.binaryCrossEntropy(f(2), f(2), { weight: 2 as never }),
				'binaryCrossEntropy: expected weight to be a value of the graph, got 2. Make one with input, constant or ops, or leave it out.',
			],
		],
	},
	binaryCrossEntropyWithLogits: {
		golden: {
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
		refuses: [
			[
				() => nn.binaryCrossEntropyWithLogits(f(2), f(2), { positives: f(2) } as never),
				'binaryCrossEntropyWithLogits: expected an option that it has, got positives. Did you mean positive?',
			],
		],
	},
	mseLoss: {
		golden: {
			mseLoss: mean((x, y) => nn.mseLoss(x!, y!)),
			'mseLoss none': each((x, y) => nn.mseLoss(x!, y!)),
		},
		refuses: [
			[() => nn.mseLoss(f('batch', 3), f('batch')), new ShapeError('mseLoss: expected targets batch×3, got batch. Reshape one of them.')],
		],
	},
	l1Loss: {
		golden: {
			l1Loss: mean((x, y) => nn.l1Loss(x!, y!)),
			'l1Loss sum': sum((x, y) => nn.l1Loss(x!, y!)),
		},
		refuses: [[() => nn.l1Loss(f('batch', 3), f('batch', 1)), 'l1Loss: expected targets batch×3, got batch×1. Reshape one of them.']],
	},
	smoothL1Loss: {
		golden: {
			smoothL1Loss: mean((x, y) => nn.smoothL1Loss(x!, y!)),
			'smoothL1Loss, half': sum((x, y) => nn.smoothL1Loss(x!, y!, { beta: 0.5 })),
		},
		refuses: [[() => nn.smoothL1Loss(f(2), f(2), { beta: 0 }), 'smoothL1Loss: expected beta to be a number above 0, got 0']],
	},
	loss: {
		golden: {
			loss: mean((x) => nn.loss(x!)),
			'loss weighed': mean((x, y) => nn.loss(ops.mul(x!, x!), part(y!))),
			'loss weighed by class, sum': sum((x) => nn.loss(ops.mul(x!, x!), numbers(x!, weights))),
			'loss weighed by class': mean((x) => nn.loss(ops.mul(x!, x!), numbers(x!, weights))),
		},
		refuses: [
			[
				() => nn.loss(f('batch', 3), f('batch', 1, 3)),
				new ShapeError('loss: expected weights that broadcast to batch×3, got batch×1×3. Reshape them to one for each element.'),
			],
		],
	},
	weighted: {
		golden: {
			weighted: mean((x, y) => nn.weighted(nn.mseLoss(x!, y!), 0.25)),
			'weighted by a value': each((x, y) => nn.weighted(nn.mseLoss(x!, y!), ops.reduceSum(part(y!)))),
		},
		refuses: [
			[
				() => nn.weighted(nn.mseLoss(f(2), f(2)), Number.NaN),
				'weighted: expected factor to be a number or a value of the graph, got NaN. ',
			],
			[() => nn.weighted(nn.mseLoss(f(2), f(2)), i()), 'Mul: expected operands of one type. Cast one of them '],
		],
	},
	klDivergence: {
		golden: {
			klDivergence: mean((x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!))),
			'klDivergence by batch': mean((x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.softmax(y!), { per: 'sample' })),
			'klDivergence of logarithms': sum((x, y) => nn.klDivergence(ops.logSoftmax(x!), ops.logSoftmax(y!), { logTargets: true })),
		},
		refuses: [
			[
				() => nn.klDivergence(f(), f(), { per: 'sample' }),
				new ShapeError('klDivergence: expected a batch of samples to count, got scalar. Leave per out to count elements.'),
			],
		],
	},
};
