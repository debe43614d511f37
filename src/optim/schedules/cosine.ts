// Cosine annealing (Loshchilov and Hutter 2017), with or without restarts.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { type Counted, counted, countedKinds, type Schedule } from './schedule.js';

/** Options of `cosine`. */
export interface CosineOptions extends Counted {
	/** How long it falls. */
	readonly length: number;
	/** The last factor. Default 0. */
	readonly least?: number;
}

/** Options of `cosineRestarts`. */
export interface CosineRestartsOptions extends CosineOptions {
	/** Each cycle is so many times as long as the one before. Default 1. */
	readonly growth?: number;
}

const kinds: Kinds<CosineOptions> = { length: is.needed(is.whole(1)), least: is.number(0), ...countedKinds };
const restartKinds: Kinds<CosineRestartsOptions> = { ...kinds, growth: is.whole(1) };

/** Half a cosine from 1 at share 0 to `least` at share 1. */
const halfCosine = (share: number, least: number) => least + ((1 - least) * (1 + Math.cos(Math.PI * share))) / 2;

/**
 * From 1 to `least` along a cosine in `length` steps, as torch's CosineAnnealingLR, whose `eta_min` is rate · least.
 * It stays there (PyTorch's goes up again).
 */
export function cosine(given: CosineOptions): Schedule {
	const { length, least = 0, per = 'step' } = optionsOf('cosine', given, kinds);
	return counted('cosine', { length, least, per }, (done) => halfCosine(Math.min(1, done / length), least));
}

/** The same again and again, as torch's CosineAnnealingWarmRestarts (T_0 is `length`, T_mult `growth`). */
export function cosineRestarts(given: CosineRestartsOptions): Schedule {
	const { length, growth = 1, least = 0, per = 'step' } = optionsOf('cosineRestarts', given, restartKinds);
	return counted('cosineRestarts', { length, growth, least, per }, (done) => {
		let [cycle, from] = [length, growth === 1 ? length * Math.floor(done / length) : 0];
		while (done - from >= cycle) [cycle, from] = [cycle * growth, from + cycle];
		return halfCosine((done - from) / cycle, least);
	});
}
