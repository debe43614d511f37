// Perplexity: how many words a language model hesitates between.
import { is, type Kinds, optionsOf } from '../base/index.js';
import type { Metric } from './metric.js';

/** Which loss is read. */
export interface PerplexityOptions {
	/** A loss in nats whose weight is the number of tokens, as that of `crossEntropy`. Default `loss`. */
	readonly loss?: string | undefined;
}

const kinds: Kinds<PerplexityOptions> = { loss: is.name };

/** exp(Σ sum / Σ weight) of a loss, over all tokens of an evaluation; 1 where none counts. */
export function perplexity(options: PerplexityOptions = {}): Metric<{ readonly sum: number; readonly weight: number }> {
	const { loss = 'loss' } = optionsOf('perplexity', options, kinds);
	return {
		start: () => ({ sum: 0, weight: 0 }),
		add(state, { losses }) {
			if (!Object.hasOwn(losses, loss)) {
				throw new RangeError(
					`perplexity: expected a loss called ${loss}, got ${Object.keys(losses).join(', ') || 'none'}. Name one of these.`,
				);
			}
			const { sum, weight } = losses[loss]!;
			return { sum: state.sum + sum, weight: state.weight + weight };
		},
		result: ({ sum, weight }) => (weight === 0 ? 1 : Math.exp(sum / weight)),
	};
}
