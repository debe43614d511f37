// A learning rate that follows a schedule.
import type { Json } from '../../stream/index.js';
import type { Schedule } from '../schedules/schedule.js';
import { type Transform, transform } from '../transform.js';

/** Multiplies the rate of each step by the schedule's factor. Several schedules multiply. */
export function scheduled(schedule: Schedule): Transform {
	if (typeof schedule?.factor !== 'function')
		throw new TypeError(
			`scheduled: expected a schedule, got ${JSON.stringify(schedule)}. Pass one of schedules, such as schedules.cosine({ length: 1000 }).`,
		);
	return transform({ transform: 'scheduled', options: { schedule: schedule.spec as unknown as Json } }, undefined, ({ rateAt }) => ({
		rateAt: (moment) => rateAt(moment) * schedule.factor(moment),
	}));
}
