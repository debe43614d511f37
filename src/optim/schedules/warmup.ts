// Linear warm-up, then decay: the schedule of most transformers.
import { checkRanges, checkWhole, checkWord } from '../ranges.js';
import { type Counted, counted, type Schedule } from './schedule.js';

/** The factor after the warm-up, by the share of what is left that is done. */
const decays = {
	none: () => 1,
	linear: (share: number) => Math.max(0, 1 - share),
	cosine: (share: number) => Math.max(0, (1 + Math.cos(Math.PI * Math.min(1, share))) / 2),
} as const;

/**
 * From 0 to 1 in `warmup` steps, then down to 0 at step `length`, as `get_linear_schedule_with_warmup` of transformers and its kin.
 * The first step has rate 0, as there.
 */
export function warmup({
	warmup,
	length,
	decay = 'linear',
	per = 'step',
}: Counted & { warmup: number; length: number; decay?: keyof typeof decays }): Schedule {
	checkWhole('warmup', { warmup }, 0);
	checkWhole('warmup', { length });
	checkRanges('warmup', { warmup: [warmup, 0, length + 1] });
	checkWord('warmup', 'decay', decay, Object.keys(decays));
	return counted('warmup', { warmup, length, decay, per }, (done) =>
		done < warmup ? done / warmup : decays[decay]((done - warmup) / Math.max(1, length - warmup)),
	);
}
