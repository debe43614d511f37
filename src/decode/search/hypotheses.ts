// The best sequences that ended, and when better ones cannot come: BeamHypotheses of transformers 4.
import type { Settings } from '../options.js';
import type { Beam, Hypothesis } from './search.js';

/** A sequence that ended. */
interface Ended {
	readonly beam: Beam;
	readonly score: number;
	/** The token that ended it; none where it ended by its length. */
	readonly end?: number;
}

/** So many of the best sequences. */
export interface Hypotheses {
	readonly all: readonly Ended[];
	/** Takes a sequence of so many new tokens. */
	add(beam: Beam, length: number, end?: number): void;
	/** Whether no better ones are to come; `sum` is that of the best that goes on. */
	isDone(sum: number, length: number, longest: number): boolean;
}

export function hypothesesOf(count: number, { lengthPenalty, earlyStopping }: Settings): Hypotheses {
	let all: readonly Ended[] = [];
	const worst = () => Math.min(...all.map(({ score }) => score));
	return {
		get all() {
			return all;
		},
		add(beam, length, end) {
			const score = beam.sum / length ** lengthPenalty;
			if (all.length === count && score <= worst()) return;
			const least = worst();
			const out = all.length === count ? all.findIndex((one) => one.score === least) : -1;
			all = [...all.filter((_, place) => place !== out), { beam, score, ...(end !== undefined && { end }) }];
		},
		isDone(sum, length, longest) {
			if (all.length < count) return false;
			if (earlyStopping === true) return true;
			const hoped = earlyStopping === 'never' && lengthPenalty > 0 ? longest : length;
			return worst() >= sum / hoped ** lengthPenalty;
		},
	};
}

/** The best of several lists, best first; of equal ones that which came later. */
export function bestEnded(lists: readonly Hypotheses[], count: number, begun: number): Hypothesis[] {
	const sorted = lists.flatMap(({ all }) => all).sort((a, b) => a.score - b.score);
	return sorted
		.reverse()
		.slice(0, count)
		.map(({ beam, score, end }) => ({
			tokens: [...beam.tokens.slice(begun), ...(end === undefined ? [] : [end])],
			score,
			ended: end !== undefined,
			...(beam.attention && { attention: beam.attention }),
		}));
}
