// AdamW (Loshchilov and Hutter 2019): Adam with decoupled weight decay, equal to torch.optim.AdamW.
import { adam } from './adam.js';
import type { Optimizer } from './optimizer.js';
import { checkRanges } from './ranges.js';
import { weightDecay } from './transforms/weight-decay.js';

/**
 * AdamW. All parameters decay, as in PyTorch; leave some out by a parameter group, or give Adam the transform `weightDecay`.
 * Lazy for tables: a row decays in the steps that touch it, not in the others.
 */
export function adamw({
	rate = 1e-3,
	beta1 = 0.9,
	beta2 = 0.999,
	epsilon = 1e-8,
	weightDecay: decay = 0.01,
}: NonNullable<Parameters<typeof adam>[0]> & { weightDecay?: number } = {}): Optimizer {
	checkRanges('adamw', {
		rate: [rate, 0, Infinity],
		beta1: [beta1, 0, 1],
		beta2: [beta2, 0, 1],
		epsilon: [epsilon, 0, 1],
		weightDecay: [decay, 0, Infinity],
	});
	const decayed = weightDecay({ decay, except: null })(adam({ rate, beta1, beta2, epsilon }));
	return { ...decayed, spec: { optimizer: 'adamw', options: { rate, beta1, beta2, epsilon, weightDecay: decay } } };
}
