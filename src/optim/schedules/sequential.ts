// Schedules one after the other.
import { is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import { type Counted, counted, countedKinds, type GivenSchedule, type Schedule, scheduleOf } from './schedule.js';

/** Options of `sequential`. */
export interface SequentialOptions extends Counted {
	readonly schedules: readonly GivenSchedule[];
	/** Where each schedule but the first begins. */
	readonly milestones: readonly number[];
}

const kinds: Kinds<SequentialOptions> = {
	schedules: is.needed({ expected: 'an array of schedules', fits: Array.isArray }),
	milestones: {
		...is.needed({
			expected: 'an array of rising whole numbers from 1',
			fits: (value) =>
				is.list(is.whole(1)).fits(value) && (value as number[]).every((milestone, at, all) => at === 0 || milestone > all[at - 1]!),
		}),
	},
	...countedKinds,
};

/** Each schedule from its milestone on, counting anew from there, the first from 0, as torch's SequentialLR. */
export function sequential(given: SequentialOptions): Schedule {
	const { milestones, per = 'step', ...rest } = optionsOf('sequential', given, kinds);
	const schedules = rest.schedules.map((schedule) => scheduleOf('sequential', schedule));
	if (schedules.length !== milestones.length + 1) {
		throw new RangeError(
			`sequential: expected one schedule more than milestones, got ${schedules.length} and ${milestones.length}. The first begins at 0.`,
		);
	}
	const begins = [0, ...milestones];
	const specs = schedules.map(({ spec }) => spec) as unknown as Json;
	return {
		...counted('sequential', { schedules: specs, milestones: [...milestones], per }, () => 1),
		factor: (input) => {
			const place = begins.findLastIndex((begin) => begin <= input[per]);
			return schedules[place]!.factor({ ...input, [per]: input[per] - begins[place]! });
		},
	};
}
