// Which flags of `textloom train` say something.
import type { Flag } from '../flags/flag.js';
import { type TrainFlags, trainFlags } from './flags.js';

/** Whether a flag has another value than where nobody gives it. */
export function isGiven(flags: TrainFlags, key: keyof TrainFlags): boolean {
	const value: unknown = flags[key];
	const { default: usual }: Flag = trainFlags[key];
	return value !== undefined && value !== false && value !== usual && !(Array.isArray(value) && value.length === 0);
}
