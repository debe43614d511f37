// A learning rate that follows a schedule.
import type { Json } from '../../base/index.js';
import { type GivenSchedule, scheduleOf } from '../schedules/schedule.js';
import { type Transform, transform } from '../transform.js';

/**
 * Multiplies the rate of each step by the schedule's factor. Several schedules multiply. One of your own is a function, or `{ spec, factor }`:
 * a checkpoint of a run with another `spec` is refused, so name it there if you mean to change it.
 *
 * @example scheduled(({ step }) => 1 / Math.sqrt(1 + step))(sgd({ rate: 0.1 }))
 */
export function scheduled(given: GivenSchedule): Transform {
	const schedule = scheduleOf('scheduled', given);
	return transform({ transform: 'scheduled', options: { schedule: schedule.spec as unknown as Json } }, undefined, ({ rateAt }) => ({
		rateAt: (input) => rateAt(input) * schedule.factor(input),
	}));
}
