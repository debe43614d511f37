// A rate that falls when validation no longer gets better.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Schedule } from './schedule.js';

/** Options of `plateau`, named as PyTorch's. */
export interface PlateauOptions {
	/** What a fall multiplies the rate by. Default 0.1. */
	readonly factor?: number;
	/** Validations without a better result before the rate falls. Default 10. */
	readonly patience?: number;
	/** How much better counts: as a share of the best (`rel`), or in itself (`abs`). Default 1e-4, rel. */
	readonly threshold?: number;
	readonly thresholdMode?: 'rel' | 'abs';
	/** Validations after a fall that do not count. Default 0. */
	readonly cooldown?: number;
	/** The least factor. Default 0. */
	readonly least?: number;
	/** The result that is watched, and whether less of it is better. Defaults loss, min. */
	readonly watch?: string;
	readonly mode?: 'min' | 'max';
}

/** What must be less than the best, and how much less. */
const bars = {
	rel: (best: number, threshold: number) => best - Math.abs(best) * threshold,
	abs: (best: number, threshold: number) => best - threshold,
} as const;

const kinds: Kinds<PlateauOptions> = {
	factor: is.number(0, 1),
	patience: is.whole(0),
	threshold: is.number(0),
	thresholdMode: is.one(...Object.keys(bars)),
	cooldown: is.whole(0),
	least: is.number(0),
	watch: is.name,
	mode: is.one('min', 'max'),
};

/**
 * Multiplies the rate by `factor` when more than `patience` validations in a row were no better, as torch's ReduceLROnPlateau.
 * A fold over the validations so far, which a run's checkpoint holds: there is no state beside them.
 */
export function plateau(given: PlateauOptions = {}): Schedule {
	const options = optionsOf('plateau', given, kinds);
	const { factor = 0.1, patience = 10, threshold = 1e-4, thresholdMode = 'rel' } = options;
	const { cooldown = 0, least = 0, watch = 'loss', mode = 'min' } = options;
	const sense = mode === 'min' ? 1 : -1;

	function next(state: State, result: number): State {
		const value = sense * result;
		const better = state.best === Infinity ? value < Infinity : value < bars[thresholdMode](state.best, threshold);
		const best = better ? value : state.best;
		const bad = better || state.cooldown > 0 ? 0 : state.bad + 1;
		if (bad > patience) return { best, bad: 0, cooldown, factor: Math.max(least, state.factor * factor) };
		return { best, bad, cooldown: Math.max(0, state.cooldown - 1), factor: state.factor };
	}

	return {
		spec: { schedule: 'plateau', options: { factor, patience, threshold, thresholdMode, cooldown, least, watch, mode } },
		factor: ({ results }) =>
			results.reduce((state, result) => next(state, watched(result, watch)), { best: Infinity, bad: 0, cooldown: 0, factor: 1 } as State)
				.factor,
	};
}

interface State {
	readonly best: number;
	/** Validations in a row without a better one. */
	readonly bad: number;
	readonly cooldown: number;
	readonly factor: number;
}

function watched(result: Readonly<Record<string, number>>, watch: string): number {
	const value = result[watch];
	if (typeof value === 'number') return value;
	throw new RangeError(
		`plateau: expected ${watch} among the results, got ${Object.keys(result).join(', ') || 'none'}. Watch one of these.`,
	);
}
