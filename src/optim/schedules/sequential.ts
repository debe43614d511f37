// Schedules one after the other.
import type { Json } from '../../stream/index.js';
import { checkWhole } from '../ranges.js';
import { type Counted, counted, type Schedule } from './schedule.js';

/** Each schedule from its milestone on, counting anew from there, the first from 0, as torch's SequentialLR. */
export function sequential({
	schedules,
	milestones,
	per = 'step',
}: Counted & { schedules: readonly Schedule[]; milestones: readonly number[] }): Schedule {
	if (!Array.isArray(schedules) || !Array.isArray(milestones) || schedules.length !== milestones.length + 1) {
		const [count, others] = [schedules?.length, milestones?.length];
		throw new TypeError(`sequential: expected one schedule more than milestones, got ${count} and ${others}. The first begins at 0.`);
	}
	for (const [place, milestone] of milestones.entries())
		checkWhole('sequential', { milestones: milestone }, (milestones[place - 1] ?? 0) + 1);
	const begins = [0, ...milestones];
	const spec = counted(
		'sequential',
		{ schedules: schedules.map(({ spec }) => spec) as unknown as Json, milestones: [...milestones], per },
		() => 1,
	).spec;
	return {
		spec,
		factor: (moment) => {
			const place = begins.findLastIndex((begin) => begin <= moment[per]);
			return schedules[place]!.factor({ ...moment, [per]: moment[per] - begins[place]! });
		},
	};
}
