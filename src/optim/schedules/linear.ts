// A straight line from one factor to another.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { type Counted, counted, countedKinds, type Schedule } from './schedule.js';

/** Options of `linear`. */
export interface LinearOptions extends Counted {
	/** The first factor and the last. */
	readonly start: number;
	readonly end: number;
	readonly length: number;
}

const factor = is.needed(is.number(0));
const kinds: Kinds<LinearOptions> = { start: factor, end: factor, length: is.needed(is.whole(1)), ...countedKinds };

/** From `start` to `end` in `length` steps, `end` from then on, as torch's LinearLR. */
export function linear(given: LinearOptions): Schedule {
	const { start, end, length, per = 'step' } = optionsOf('linear', given, kinds);
	return counted('linear', { start, end, length, per }, (done) => start + (end - start) * Math.min(1, done / length));
}
