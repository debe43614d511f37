// Optimizers from their specs: for a worker, or a saved run.
import type { Json } from '../stream/index.js';
import { adagrad } from './adagrad.js';
import { adam } from './adam.js';
import { adamw } from './adamw.js';
import type { Optimizer, OptimizerSpec } from './optimizer.js';
import { rmsprop } from './rmsprop.js';
import * as schedules from './schedules/index.js';
import { sgd } from './sgd.js';
import { type Transform, transformed } from './transform.js';
import * as transforms from './transforms/index.js';

type Made = { readonly spec: { readonly options: Json } };
type Makers<T> = Readonly<Record<string, (options: never) => T>>;

const optimizerMakers: Makers<Optimizer> = { adagrad, adam, adamw, rmsprop, sgd };

const transformMakers: Makers<Transform> = {
	...transforms,
	scheduled: ({ schedule }: { schedule: schedules.ScheduleSpec }) => transforms.scheduled(reviveSchedule(schedule)),
};

const scheduleMakers: Makers<schedules.Schedule> = {
	...schedules,
	sequential: ({ schedules: parts, ...rest }: { schedules: schedules.ScheduleSpec[]; milestones: number[] }) =>
		schedules.sequential({ ...rest, schedules: parts.map(reviveSchedule) }),
};

/** The optimizer that a spec describes, behind its transforms. */
export function reviveOptimizer({ optimizer, options, transforms = [] }: OptimizerSpec): Optimizer {
	return transformed(revive('reviveOptimizer', optimizerMakers, optimizer, options), ...transforms.map(reviveTransform));
}

/** The transform that a spec describes. */
export function reviveTransform({ transform, options }: Transform['spec']): Transform {
	return revive('reviveTransform', transformMakers, transform, options);
}

/** The schedule that a spec describes. */
export function reviveSchedule({ schedule, options }: schedules.ScheduleSpec): schedules.Schedule {
	return revive('reviveSchedule', scheduleMakers, schedule, options);
}

function revive<T extends Made>(who: string, makers: Makers<T>, name: string, options: Json): T {
	const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
	if (!make) throw new TypeError(`${who}: expected one of ${Object.keys(makers).join(', ')}, got ${name}. Use one of these.`);
	const made = make(options as never);
	const known = Object.keys(made.spec.options as object);
	const unknown = Object.keys(options as object).find((option) => !known.includes(option));
	if (unknown !== undefined)
		throw new TypeError(`${name}: expected options among ${known.join(', ')}, got ${unknown}. Correct the name or leave it out.`);
	return made;
}
