// The optimizers and schedules that the command line names; apart from what makes them, which takes time to load.
import type { schedules } from '../../optim/index.js';

export const optimizers = ['adam', 'adamw', 'sgd', 'rmsprop', 'adagrad'] as const;

/** Schedules with numbers alone: a sequence of schedules has none. */
type Schedule = Exclude<keyof typeof schedules, 'sequential'>;

/** By the word of the command line. */
export const scheduleWords = {
	constant: 'constant',
	linear: 'linear',
	cosine: 'cosine',
	'cosine-restarts': 'cosineRestarts',
	warmup: 'warmup',
	'inverse-square-root': 'inverseSquareRoot',
	'one-cycle': 'oneCycle',
	step: 'step',
	'multi-step': 'multiStep',
	exponential: 'exponential',
	plateau: 'plateau',
} as const satisfies Readonly<Record<string, Schedule>>;

/** A word of the command line. */
export type ScheduleWord = keyof typeof scheduleWords;
