// Which tokens are drawn among, and how likely each is.
import type { Processor } from './processor.js';

/** Scores divided by a temperature. */
export const temperature =
	(by: number): Processor =>
	(scores) => {
		for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! / by;
	};

/** Takes out all scores below `least`. */
function from(scores: Float32Array, least: number): void {
	for (let i = 0; i < scores.length; i++) if (scores[i]! < least) scores[i] = Number.NEGATIVE_INFINITY;
}

/** Scores in falling order. */
const falling = (scores: Float32Array) => Float32Array.from(scores).sort().reverse();

/** The largest `count`, and what is equal to the last of them. */
export const topK =
	(count: number): Processor =>
	(scores) =>
		from(scores, falling(scores)[Math.min(count, scores.length) - 1]!);

/** The likeliest tokens whose probabilities come to `share`, at least `kept` (Holtzman et al. 2020, section 3.1). */
export const topP =
	(share: number, kept: number): Processor =>
	(scores) => {
		const sorted = falling(scores);
		const powers = sorted.map((score) => Math.exp(score - sorted[0]!));
		const whole = powers.reduce((sum, power) => sum + power, 0);
		let before = 0;
		let count = 0;
		// A token stays while those before it do not come to the share.
		while (count < powers.length && before < share * whole) before += powers[count++]!;
		from(scores, sorted[Math.min(Math.max(count, kept), sorted.length) - 1]!);
	};

/** Tokens at least `share` times as likely as the likeliest, at least `kept` (Nguyen et al. 2024). */
export const minP =
	(share: number, kept: number): Processor =>
	(scores) => {
		const sorted = falling(scores);
		from(scores, Math.min(sorted[0]! + Math.log(share), sorted[Math.min(kept, sorted.length) - 1]!));
	};
