// Where an automatic tuning looks next: near the best options so far, ever nearer as time goes by; fastText's strategy.
import { randomFloat } from '../../../base/index.js';
import type { FastTextClassifierOptions } from '../training/options.js';

/** The options that are tuned, where they are not given. */
export interface Tuned extends FastTextClassifierOptions {
	/** Of the quantization. */
	readonly dsub?: number;
}

/** Asks for options, and is told which are the best. */
export interface Strategy {
	/** The next options to try, at a share of the time. */
	ask(share: number): Tuned;
	best(options: Tuned): void;
}

const minnChoices = [0, 2, 3];

/** A strategy that begins with the options that are given, and fastText's defaults. */
export function createStrategy(given: Tuned, seed: number): Strategy {
	let [trials, drawn] = [0, 0];
	let best: Tuned = { epoch: 5, lr: 0.1, dim: 100, wordNgrams: 1, minn: 0, maxn: 0, bucket: 2_000_000, dsub: 2, ...given };
	const isGiven = (name: keyof Tuned) => given[name] !== undefined;
	const normal = () => {
		const [a, b] = [randomFloat(seed, 1, drawn++), randomFloat(seed, 2, drawn++)];
		return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
	};
	/** A value near another one: added to, or multiplied by a power of 2; the spread goes from `wide` to `narrow` between a quarter and three quarters of the time. */
	const near = (
		value: number,
		range: readonly [number, number],
		spread: readonly [wide: number, narrow: number],
		share: number,
		isAdded = false,
	) => {
		const sigma = spread[0] - ((spread[0] - spread[1]) / 0.5) * Math.min(0.5, Math.max(share - 0.25, 0));
		const by = normal() * sigma;
		return Math.min(range[1], Math.max(range[0], isAdded ? value + by : value * 2 ** by));
	};
	const whole = (...asked: Parameters<typeof near>) => Math.trunc(near(...asked));
	return {
		ask(share) {
			if (trials++ === 0) return best;
			const minn = minnChoices[whole(Math.max(0, minnChoices.indexOf(best.minn!)), [0, 2], [4, 1.4], share, true)]!;
			const next = {
				epoch: whole(best.epoch!, [1, 100], [2.8, 2.5], share),
				lr: near(best.lr!, [0.01, 5], [1.9, 1], share),
				dim: whole(best.dim!, [1, 1000], [1.4, 0.3], share),
				wordNgrams: whole(best.wordNgrams!, [1, 5], [4.3, 2.4], share, true),
				dsub: 2 ** whole(Math.log2(best.dsub!), [1, 4], [2, 1], share, true),
				minn,
				bucket: whole(best.bucket || 2_000_000, [10_000, 10_000_000], [2, 1.5], share),
			};
			const known = given.minn ?? next.minn;
			return {
				...best,
				...next,
				maxn: known === 0 ? 0 : known + 3,
				...Object.fromEntries(Object.entries(given).filter(([name]) => isGiven(name as keyof Tuned))),
			};
		},
		best(options) {
			best = options;
		},
	};
}
