// The best sequences that ended, and when better ones cannot come: BeamHypotheses of transformers 4.
import type { Settings } from '../options.js';
import { type Beam, type Hypothesis, isReal } from './search.js';

/** A sequence that ended. */
interface Ended {
	readonly beam: Beam;
	readonly score: number;
	/** Whether it ended by a token, not by its length. */
	readonly isEnd: boolean;
}

/** So many of the best sequences. */
export interface Hypotheses {
	readonly all: readonly Ended[];
	/** Takes a sequence of so many new tokens. */
	add(beam: Beam, length: number, isEnd: boolean): void;
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
		add(beam, length, isEnd) {
			const score = beam.sum / length ** lengthPenalty;
			const least = worst();
			if (all.length === count && score <= least) return;
			const out = all.length === count ? all.findIndex((one) => one.score === least) : -1;
			all = [...all.filter((_, place) => place !== out), { beam, score, isEnd }];
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
	const sorted = lists.flatMap(({ all }) => all.filter(({ beam }) => isReal(beam))).sort((a, b) => a.score - b.score);
	return sorted
		.reverse()
		.slice(0, count)
		.map(({ beam: { tokens, attention }, score, isEnd }) => ({
			...{ tokens: tokens.slice(begun), score, ended: isEnd },
			...(attention && { attention }),
		}));
}
