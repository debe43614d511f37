// AdamW (Loshchilov and Hutter 2019): Adam with decoupled weight decay, equal to torch.optim.AdamW.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type AdamOptions, adam, adamKinds } from './adam.js';
import type { Optimizer } from './optimizer.js';
import { weightDecay } from './transforms/weight-decay.js';

/** Options of AdamW. */
export interface AdamWOptions extends AdamOptions {
	/** Default 0.01. */
	readonly weightDecay?: number;
}

const kinds: Kinds<AdamWOptions> = { ...adamKinds, weightDecay: is.number(0) };

/**
 * AdamW. All parameters decay, as in PyTorch; leave some out by a parameter group, or give Adam the transform `weightDecay`.
 * Lazy for tables: a row decays in the steps that touch it, not in the others.
 */
export function adamw(given: AdamWOptions = {}): Optimizer {
	const { weightDecay: decay = 0.01, ...options } = optionsOf('adamw', given, kinds);
	const inner = adam(options);
	const { spec: _, ...decayed } = weightDecay({ decay, except: null })(inner);
	return { ...decayed, spec: { optimizer: 'adamw', options: { ...(inner.spec.options as object), weightDecay: decay } } };
}
