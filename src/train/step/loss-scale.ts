// Loss scaling: gradients of a loss that was multiplied, brought back, and steps left out whose gradients are not finite.
import { input, ops, scalar, type Tensor, tensor, type Value } from '../../graph/index.js';
import type { Precision } from './precision.js';
import type { StateValue } from './update.js';

const { add, and, div, equal, greaterOrEqual, mul, reduceSum, sub, where } = ops;

/** Begins with, and good steps in a row before it doubles. */
const [firstDynamic, interval] = [65536, 2000];

/** The names of the states that go round. */
const [scaleState, goodState, skippedState] = ['loss scale', 'loss scale, good steps', 'loss scale, steps left out'];

/** The scale of a step's losses. */
export interface LossScale {
	/** By what losses are multiplied; undefined where there is no scaling. */
	readonly scale: Value | undefined;
	/** What the scale's states begin with. */
	readonly start: Readonly<Record<string, Tensor>>;
	/** The same gradient, brought back. */
	unscaled(gradient: Value): Value;
	/** The number of a step among those that changed the weights: of it optimizers make their corrections. */
	counted(step: Value): Value;
	/** What goes round: where a gradient is not finite, everything as it was but the scale. */
	guarded(gradients: readonly Value[], states: readonly StateValue[]): StateValue[];
}

/** Scaling as the policy has it. */
export function lossScaleOf({ lossScale }: Precision): LossScale {
	if (lossScale === undefined)
		return {
			...{ scale: undefined, start: {}, unscaled: (gradient) => gradient, counted: (step) => step },
			guarded: (_, states) => [...states],
		};
	const [scale, good, skipped] = [input(scaleState, 'float32', []), input(goodState, 'int32', []), input(skippedState, 'int32', [])];
	const first = lossScale === 'dynamic' ? firstDynamic : lossScale;
	return {
		scale,
		start: {
			[scaleState]: tensor('float32', [], [first]),
			[goodState]: tensor('int32', [], [0]),
			[skippedState]: tensor('int32', [], [0]),
		},
		unscaled: (gradient) => div(gradient, scale),
		counted: (step) => sub(step, skipped),
		guarded(gradients, states) {
			// 0 · x is 0 unless x is infinite or no number.
			const finite = gradients.map((gradient) => equal(reduceSum(mul(gradient, 0)), 0)).reduce((all, one) => and(all, one));
			const kept = states.map(({ name, value, next }) => ({ name, value, next: where(finite, next, value) }));
			const count = where(finite, add(good, 1), scalar(0, 'int32'));
			const grows = greaterOrEqual(count, interval);
			const after = where(finite, where(grows, mul(scale, 2), scale), div(scale, 2));
			const isDynamic = lossScale === 'dynamic';
			const scaling: StateValue[] = [
				{ name: scaleState, value: scale, next: isDynamic ? after : ops.identity(scale) },
				{ name: goodState, value: good, next: where(grows, scalar(0, 'int32'), count) },
				{ name: skippedState, value: skipped, next: where(finite, skipped, add(skipped, 1)) },
			];
			return [...kept, ...scaling];
		},
	};
}
