// Teacher forcing that becomes less: what the decoder reads is by and by what it would have said itself (S. Bengio et al., Scheduled Sampling, 2015), in two passes over all
// tokens at once (T. Mihaylova and A. F. T. Martins, Scheduled Sampling for Transformers, 2019).
import { ops, type Value } from 'textloom/graph';
import type * as nn from 'textloom/nn';
import { is, type Kind } from 'textloom/stream';

/** How teacher forcing becomes less. */
export interface ScheduledSampling {
	/** The share of tokens that the decoder reads as it would have said them, in the end. */
	readonly share: number;
	/** Steps in which the share rises from 0 to that, by a line. */
	readonly steps: number;
}

/** The kind of such an option. */
export const samplingKind: Kind = {
	expected: '{ share, steps }: a share from 0 to 1, and a whole number from 1',
	fits: (value) => {
		const { share, steps, ...rest } = (value ?? {}) as Partial<ScheduledSampling>;
		return is.share.fits(share) && is.whole(1).fits(steps) && Object.keys(rest).length === 0;
	},
};

/** Random bits of a number that is compared with the share. */
const bits = 8;

/**
 * What the decoder reads in a step of training: each token of `target` `[batch, time]` after the first is, with the share of the step, the likeliest one
 * by `logitsOf`, which knows the tokens before it. No gradient goes through the choice. Out of training the target itself.
 */
export function scheduled(
	target: Value,
	logitsOf: (target: Value) => Value,
	mode: nn.Mode,
	sampling: ScheduledSampling | undefined,
): Value {
	if (!mode.training || !sampling) return target;
	const said = ops.cast(ops.argMax(logitsOf(target), 2), target.dtype);
	// What is said at a place is read at the next.
	const own = ops.concat([ops.slice(target, 1, 0, 1), ops.slice(said, 1, 0, -1)], 1);
	const { share, steps } = sampling;
	const now = ops.mul(ops.min(ops.div(ops.cast(mode.step(), 'float32'), steps), 1), share);
	// A number from 0 to below 1 of fair bits: masks of a half are 0 or 2.
	const random = Array.from({ length: bits }, (_, bit) => ops.mul(mode.mask(0.5, target.shape), 2 ** -(bit + 2))).reduce((sum, bit) =>
		ops.add(sum, bit),
	);
	return ops.where(ops.less(random, now), own, target);
}
