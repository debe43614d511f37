// Cosine annealing (Loshchilov and Hutter 2017), with or without restarts.
import { checkRanges, checkWhole } from '../ranges.js';
import { type Counted, counted, type Schedule } from './schedule.js';

/** Half a cosine from 1 at share 0 to `least` at share 1. */
const halfCosine = (share: number, least: number) => least + ((1 - least) * (1 + Math.cos(Math.PI * share))) / 2;

/**
 * From 1 to `least` along a cosine in `length` steps, as torch's CosineAnnealingLR, whose `eta_min` is rate · least.
 * It stays there (PyTorch's goes up again).
 */
export function cosine({ length, least = 0, per = 'step' }: Counted & { length: number; least?: number }): Schedule {
	checkWhole('cosine', { length });
	checkRanges('cosine', { least: [least, 0, Infinity] });
	return counted('cosine', { length, least, per }, (done) => halfCosine(Math.min(1, done / length), least));
}

/** The same again and again, each cycle `growth` times as long as the one before, as torch's CosineAnnealingWarmRestarts (T_0 is `length`, T_mult `growth`). */
export function cosineRestarts({
	length,
	growth = 1,
	least = 0,
	per = 'step',
}: Counted & { length: number; growth?: number; least?: number }): Schedule {
	checkWhole('cosineRestarts', { length, growth });
	checkRanges('cosineRestarts', { least: [least, 0, Infinity] });
	return counted('cosineRestarts', { length, growth, least, per }, (done) => {
		let [cycle, from] = [length, growth === 1 ? length * Math.floor(done / length) : 0];
		while (done - from >= cycle) [cycle, from] = [cycle * growth, from + cycle];
		return halfCosine((done - from) / cycle, least);
	});
}
