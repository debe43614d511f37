// The one-cycle policy (Smith and Topin 2018).
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { type Counted, counted, countedKinds, type Schedule } from './schedule.js';

/** From 1 to 0 on the way from share 0 to 1. */
const shapes = {
	cos: (share: number) => (1 + Math.cos(Math.PI * share)) / 2,
	linear: (share: number) => 1 - share,
} as const;

/** Options of `oneCycle`, named as PyTorch's. */
export interface OneCycleOptions extends Counted {
	/** Steps in all. */
	readonly length: number;
	/** The share of them in which the rate goes up. Default 0.3. */
	readonly start?: number;
	/** It begins at 1/div of the highest rate, and ends at 1/finalDiv of that. Defaults 25 and 10,000. */
	readonly div?: number;
	readonly finalDiv?: number;
	/** The form of the way: half a cosine or a line. Default cos. */
	readonly anneal?: keyof typeof shapes;
	/** Down to the first rate as fast as it went up, then down to the last. Default false. */
	readonly threePhase?: boolean;
}

const kinds: Kinds<OneCycleOptions> = {
	length: is.needed(is.whole(1)),
	start: is.number(0, 1),
	div: is.positive,
	finalDiv: is.positive,
	anneal: is.one(...Object.keys(shapes)),
	threePhase: is.flag,
	...countedKinds,
};

/** Up to the optimizer's rate, and down to nearly nothing, as torch's OneCycleLR (with its momentum left as it is). */
export function oneCycle(given: OneCycleOptions): Schedule {
	const options = optionsOf('oneCycle', given, kinds);
	const { length, start = 0.3, div = 25, finalDiv = 1e4, anneal = 'cos', threePhase = false, per = 'step' } = options;
	const [first, last] = [1 / div, 1 / div / finalDiv];
	/** Where each phase ends, and at which factor. */
	const phases: readonly (readonly [end: number, factor: number])[] = [
		[start * length - 1, 1],
		...(threePhase ? [[2 * start * length - 2, first] as const] : []),
		[length - 1, last],
	];
	return counted('oneCycle', { length, start, div, finalDiv, anneal, threePhase, per }, (done) => {
		let [begin, from] = [0, first];
		for (const [end, to] of phases) {
			if (done < end) return to + (from - to) * shapes[anneal]((done - begin) / (end - begin));
			[begin, from] = [end, to];
		}
		return last;
	});
}
