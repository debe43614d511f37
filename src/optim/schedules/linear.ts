// A straight line from one factor to another.
import { checkRanges, checkWhole } from '../ranges.js';
import { type Counted, counted, type Schedule } from './schedule.js';

/** From `start` to `end` in `length` steps, `end` from then on, as torch's LinearLR. */
export function linear({ start, end, length, per = 'step' }: Counted & { start: number; end: number; length: number }): Schedule {
	checkWhole('linear', { length });
	checkRanges('linear', { start: [start, 0, Infinity], end: [end, 0, Infinity] });
	return counted('linear', { start, end, length, per }, (done) => start + (end - start) * Math.min(1, done / length));
}
