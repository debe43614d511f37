// What a schedule is: a pure function of where a run stands, described by plain data. It has no state, so a resumed run goes on with the same rates.
import type { Json } from '../../stream/index.js';
import type { Moment } from '../optimizer.js';
import { checkWord } from '../ranges.js';

/** A schedule as plain data. */
export interface ScheduleSpec {
	readonly schedule: string;
	readonly options: Json;
}

/** A schedule of the learning rate. */
export interface Schedule {
	readonly spec: ScheduleSpec;
	/** What the rate is multiplied by in the step that comes next. */
	factor(moment: Moment): number;
}

/** What a schedule counts: steps done (default) or epochs done. */
export interface Counted {
	readonly per?: 'step' | 'epoch';
}

/** A schedule that counts: its factor is a function of the steps or epochs done. */
export function counted(
	schedule: string,
	{ per, ...options }: { readonly [name: string]: Json } & Required<Counted>,
	factor: (done: number) => number,
): Schedule {
	checkWord(schedule, 'per', per, ['step', 'epoch']);
	return { spec: { schedule, options: { ...options, per } }, factor: (moment) => factor(moment[per]) };
}
