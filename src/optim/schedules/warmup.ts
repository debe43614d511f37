// Linear warm-up, then decay: the schedule of most transformers.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { type Counted, counted, countedKinds, type Schedule } from './schedule.js';

/** The factor after the warm-up, by the share of what is left that is done. */
const decays = {
	none: () => 1,
	linear: (share: number) => Math.max(0, 1 - share),
	cosine: (share: number) => Math.max(0, (1 + Math.cos(Math.PI * Math.min(1, share))) / 2),
} as const;

/** Options of `warmup`. */
export interface WarmupOptions extends Counted {
	/** Steps of warm-up, and steps in all. */
	readonly warmup: number;
	readonly length: number;
	/** Default linear. */
	readonly decay?: keyof typeof decays;
}

const kinds: Kinds<WarmupOptions> = {
	warmup: is.needed(is.whole(0)),
	length: is.needed(is.whole(1)),
	decay: is.one(...Object.keys(decays)),
	...countedKinds,
};

/**
 * From 0 to 1 in `warmup` steps, then down to 0 at step `length`, as `get_linear_schedule_with_warmup` of transformers and its kin.
 * The first step has rate 0, as there.
 */
export function warmup(given: WarmupOptions): Schedule {
	const { warmup, length, decay = 'linear', per = 'step' } = optionsOf('warmup', given, kinds);
	if (warmup > length) throw new RangeError(`warmup: expected warmup to be at most length, ${length}, got ${warmup}. Correct one of them.`);
	return counted('warmup', { warmup, length, decay, per }, (done) =>
		done < warmup ? done / warmup : decays[decay]((done - warmup) / Math.max(1, length - warmup)),
	);
}
