// Perplexity: how many words a language model hesitates between.
import type { Metric } from './metric.js';

/** exp(Σ sum / Σ weight) of a loss in nats, over all tokens of an evaluation. */
export function perplexity({ loss = 'loss' }: { readonly loss?: string } = {}): Metric<{ readonly sum: number; readonly weight: number }> {
	return {
		start: () => ({ sum: 0, weight: 0 }),
		add(state, { losses }) {
			const found = losses[loss];
			if (!found) throw new RangeError(`perplexity: expected a loss called ${loss}, got ${Object.keys(losses).join(', ')}. Name one of these.`);
			return { sum: state.sum + found.sum, weight: state.weight + found.weight };
		},
		result: ({ sum, weight }) => Math.exp(sum / weight),
	};
}
