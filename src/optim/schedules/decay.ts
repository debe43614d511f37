// Schedules that multiply the rate by gamma: at every so many steps, at given ones, at each.
import { checkRanges, checkWhole } from '../ranges.js';
import { type Counted, counted, type Schedule } from './schedule.js';

/** gamma to the power of ⌊done/every⌋, as torch's StepLR. */
export function step({ every, gamma = 0.1, per = 'step' }: Counted & { every: number; gamma?: number }): Schedule {
	checkWhole('step', { every });
	checkRanges('step', { gamma: [gamma, 0, Infinity] });
	return counted('step', { every, gamma, per }, (done) => gamma ** Math.floor(done / every));
}

/** gamma to the power of the milestones reached, as torch's MultiStepLR. */
export function multiStep({
	milestones,
	gamma = 0.1,
	per = 'step',
}: Counted & { milestones: readonly number[]; gamma?: number }): Schedule {
	if (!Array.isArray(milestones)) throw new TypeError(`multiStep: expected a list of milestones, got ${milestones}. Pass [30, 80].`);
	for (const milestone of milestones) checkWhole('multiStep', { milestones: milestone });
	checkRanges('multiStep', { gamma: [gamma, 0, Infinity] });
	const reached = (done: number) => milestones.filter((milestone) => milestone <= done).length;
	return counted('multiStep', { milestones: [...milestones], gamma, per }, (done) => gamma ** reached(done));
}

/** gamma to the power of what is done, as torch's ExponentialLR. */
export function exponential({ gamma, per = 'step' }: Counted & { gamma: number }): Schedule {
	checkRanges('exponential', { gamma: [gamma, 0, Infinity] });
	return counted('exponential', { gamma, per }, (done) => gamma ** done);
}
