// Every optimizer in some forms, those of its golden cases, and what it refuses: what the contract and the golden tests run over.

import type * as everything from 'textloom/optim';
import { adagrad, adam, adamw, type Optimizer, rmsprop, sgd } from 'textloom/optim';
import type { RefusalsOf } from '../refusals.js';

/** What is tested of what makes a `Made`: an optimizer, a transform, a schedule. */
export interface Row<Make, Made, Compared = Made> {
	/** For the contract. */
	readonly examples: readonly [Made, ...Made[]];
	/** Of each golden case the same, found there by its spec; or why there is none. */
	readonly golden: readonly [Compared, ...Compared[]] | string;
	/** Options that it does not have, or cannot use. */
	readonly refuses: RefusalsOf<Make>;
}

/** The exports that make optimizers, but for those that make them of others or of a definition. */
type OptimizerName = Exclude<
	{
		[Name in keyof typeof everything]: (typeof everything)[Name] extends (...given: never[]) => Optimizer ? Name : never;
	}[keyof typeof everything],
	'createOptimizer' | 'transformed' | 'withRate'
>;

/** One row for each optimizer: the type demands it. */
export const optimizers: { readonly [Name in OptimizerName]: Row<(typeof everything)[Name], Optimizer> } = {
	adagrad: {
		examples: [adagrad(), adagrad({ rate: 0.1, rateDecay: 0.2, weightDecay: 0.1, accumulator: 0.3, epsilon: 1e-6 })],
		golden: [
			adagrad({ rate: 0.05 }),
			adagrad({ rate: 0.05, rateDecay: 0.1, accumulator: 0.5, epsilon: 1e-6 }),
			adagrad({ rate: 0.05, weightDecay: 0.1 }),
		],
		refuses: [
			[() => adagrad({ rate: -1 }), /^adagrad: expected rate to be a number in \[0, Infinity\), got -1\./],
			[() => adagrad({ accumulator: Number.NaN }), /^adagrad: expected accumulator to be a number in .*got NaN\./],
		],
	},
	adam: {
		examples: [adam(), adam({ rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-6 })],
		golden: [adam({ rate: 0.01 }), adam({ rate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-10 })],
		refuses: [
			[() => adam({ rate: -1 }), /^adam: expected rate to be a number in \[0, Infinity\), got -1\./],
			[() => adam({ rate: '1' as never }), /^adam: expected rate to be a number in \[0, Infinity\), got '1'\./],
			[() => adam({ epsilo: 1 } as never), /^adam: expected an option that it has, got epsilo\. Did you mean epsilon\?/],
		],
	},
	adamw: {
		examples: [adamw(), adamw({ rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.3 })],
		golden: [adamw({ rate: 0.01 }), adamw({ rate: 0.02, beta1: 0.8, beta2: 0.95, weightDecay: 0.3 })],
		refuses: [
			[() => adamw({ rate: -1 }), /^adamw: expected rate to be a number in \[0, Infinity\), got -1\./],
			[() => adamw({ weightDecay: -1 }), /^adamw: expected weightDecay to be a number in/],
		],
	},
	rmsprop: {
		examples: [rmsprop(), rmsprop({ alpha: 0.9, epsilon: 1e-3, weightDecay: 0.1, momentum: 0.5, centered: true })],
		golden: [
			rmsprop({ rate: 0.01 }),
			rmsprop({ rate: 0.01, alpha: 0.9, momentum: 0.5, epsilon: 1e-6 }),
			rmsprop({ rate: 0.01, alpha: 0.95, centered: true, epsilon: 1e-4 }),
			rmsprop({ rate: 0.01, alpha: 0.9, centered: true, momentum: 0.9, weightDecay: 0.01, epsilon: 1e-3 }),
		],
		refuses: [
			[() => rmsprop({ rate: -1 }), /^rmsprop: expected rate to be a number in \[0, Infinity\), got -1\./],
			[() => rmsprop({ alpha: 1 }), /^rmsprop: expected alpha to be a number in \[0, 1\), got 1\./],
			[() => rmsprop({ centered: 1 as never }), /^rmsprop: expected centered to be true or false, got 1\./],
		],
	},
	sgd: {
		examples: [sgd(), sgd({ rate: 0.1, weightDecay: 0.1 }), sgd({ momentum: 0.9, nesterov: true }), sgd({ momentum: 0.9, dampening: 0.5 })],
		golden: [
			sgd({ rate: 0.05 }),
			sgd({ rate: 0.05, weightDecay: 0.1 }),
			sgd({ rate: 0.02, momentum: 0.9 }),
			sgd({ rate: 0.02, momentum: 0.8, dampening: 0.3, weightDecay: 0.01 }),
			sgd({ rate: 0.02, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
		],
		refuses: [
			[() => sgd({ rate: -1 }), /^sgd: expected rate to be a number in \[0, Infinity\), got -1\./],
			[() => sgd({ lr: 1 } as never), /^sgd: expected an option that it has, got lr\. /],
			[() => sgd({ nesterov: true }), /^sgd: expected momentum above 0 and dampening 0 with nesterov, got 0 and 0\./],
			[() => sgd({ momentum: 0.9, dampening: 0.1, nesterov: true }), /got 0\.9 and 0\.1\./],
		],
	},
};
