// Linear warm-up, then the inverse square root of the step: the schedule of the first transformers (A. Vaswani et al. 2017, section 5.3).
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { type Counted, counted, countedKinds, type Schedule } from './schedule.js';

/** Options of `inverseSquareRoot`. */
export interface InverseSquareRootOptions extends Counted {
	/** Steps of warm-up; the rate is highest at their end. */
	readonly warmup: number;
	/** What the step is counted from after the warm-up, as a number of steps. Default `warmup`. */
	readonly timescale?: number;
}

const kinds: Kinds<InverseSquareRootOptions> = { warmup: is.needed(is.whole(0)), timescale: is.positive, ...countedKinds };

/**
 * From 0 to 1 in `warmup` steps, then 1/√((step + timescale − warmup)/timescale), as `get_inverse_sqrt_schedule` of transformers. The first step has
 * rate 0, as there. The paper's rate is that of 1/√(width · warmup).
 */
export function inverseSquareRoot(given: InverseSquareRootOptions): Schedule {
	const { warmup, timescale = warmup || 10_000, per = 'step' } = optionsOf('inverseSquareRoot', given, kinds);
	return counted('inverseSquareRoot', { warmup, timescale, per }, (done) =>
		done < warmup ? done / warmup : 1 / Math.sqrt((done + timescale - warmup) / timescale),
	);
}
