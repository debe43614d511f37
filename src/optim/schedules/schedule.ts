// What a schedule is: a pure function of where a run stands, described by plain data. It has no state, so a resumed run goes on with the same rates.
import { is, type Json, type Kinds, optionsOf } from '../../base/index.js';
import type { ScheduleInput } from '../optimizer.js';

/** A schedule as plain data. */
export interface ScheduleSpec {
	readonly schedule: string;
	readonly options?: Json;
}

/** A schedule of the learning rate. */
export interface Schedule {
	readonly spec: ScheduleSpec;
	/** What the rate is multiplied by in the step that comes next: a number from 0. */
	factor(input: ScheduleInput): number;
}

/** A schedule as a user may give it: a function, or one with a description of it. */
export type GivenSchedule = ((input: ScheduleInput) => number) | DescribedSchedule;

/** A schedule of one's own, with or without a description. */
export interface DescribedSchedule {
	readonly spec?: ScheduleSpec;
	readonly factor: Schedule['factor'];
}

const kinds: Kinds<DescribedSchedule> = {
	spec: { expected: '{ schedule, options }', fits: (value) => is.name.fits((value as ScheduleSpec | null)?.schedule) },
	factor: is.needed(is.function),
};

/** A schedule of what was given, its factors checked. One that does not say what it is has the name `own`. */
export function scheduleOf(who: string, given: GivenSchedule): Schedule {
	if (typeof given !== 'function' && !is.object.fits(given)) {
		throw new TypeError(
			`${who}: expected a schedule, got ${JSON.stringify(given)}. Pass one of schedules, such as schedules.cosine({ length: 1000 }), or a function.`,
		);
	}
	const made = typeof given === 'function' ? { factor: given } : optionsOf(who, given, kinds);
	const spec = made.spec ?? { schedule: 'own' };
	return {
		spec,
		factor(input) {
			const factor = made.factor(input);
			if (is.number(0).fits(factor)) return factor;
			throw new RangeError(
				`${who}: expected the schedule ${spec.schedule} to give ${is.number(0).expected}, got ${factor} after ${input.step} steps. Correct it.`,
			);
		},
	};
}

/** What a schedule counts: steps done (default) or epochs done. */
export interface Counted {
	readonly per?: 'step' | 'epoch';
}

/** The kinds of these options, for schedules that count. */
export const countedKinds: Kinds<Counted> = { per: is.one('step', 'epoch') };

/** A schedule that counts: its factor is a function of the steps or epochs done. */
export function counted(
	schedule: string,
	{ per, ...options }: { readonly [name: string]: Json } & Required<Counted>,
	factor: (done: number) => number,
): Schedule {
	return { spec: { schedule, options: { ...options, per } }, factor: (input) => factor(input[per]) };
}
