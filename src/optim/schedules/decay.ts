// Schedules that multiply the rate by gamma: at every so many steps, at given ones, at each.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { type Counted, counted, countedKinds, type Schedule } from './schedule.js';

/** Options of `step`. */
export interface StepOptions extends Counted {
	readonly every: number;
	/** Default 0.1. */
	readonly gamma?: number;
}

/** Options of `multiStep`. */
export interface MultiStepOptions extends Counted {
	readonly milestones: readonly number[];
	/** Default 0.1. */
	readonly gamma?: number;
}

/** Options of `exponential`. */
export interface ExponentialOptions extends Counted {
	readonly gamma: number;
}

const stepKinds: Kinds<StepOptions> = { every: is.needed(is.whole(1)), gamma: is.number(0), ...countedKinds };
const multiStepKinds: Kinds<MultiStepOptions> = { milestones: is.needed(is.list(is.whole(1))), gamma: is.number(0), ...countedKinds };
const exponentialKinds: Kinds<ExponentialOptions> = { gamma: is.needed(is.number(0)), ...countedKinds };

/** gamma to the power of ⌊done/every⌋, as torch's StepLR. */
export function step(given: StepOptions): Schedule {
	const { every, gamma = 0.1, per = 'step' } = optionsOf('step', given, stepKinds);
	return counted('step', { every, gamma, per }, (done) => gamma ** Math.floor(done / every));
}

/** gamma to the power of the milestones reached, as torch's MultiStepLR. */
export function multiStep(given: MultiStepOptions): Schedule {
	const { milestones, gamma = 0.1, per = 'step' } = optionsOf('multiStep', given, multiStepKinds);
	const reached = (done: number) => milestones.filter((milestone) => milestone <= done).length;
	return counted('multiStep', { milestones: [...milestones], gamma, per }, (done) => gamma ** reached(done));
}

/** gamma to the power of what is done, as torch's ExponentialLR. */
export function exponential(given: ExponentialOptions): Schedule {
	const { gamma, per = 'step' } = optionsOf('exponential', given, exponentialKinds);
	return counted('exponential', { gamma, per }, (done) => gamma ** done);
}
