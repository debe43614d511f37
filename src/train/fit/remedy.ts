// What to do about a loss that is no number or too large: which setting to lower, and what it is now.
import type { Optimizer } from '../../optim/index.js';

/** What a run knows of how large its steps are. */
export interface StepSizes {
	readonly optimizer: Pick<Optimizer, 'rate' | 'spec'>;
	/** The number of the step, from 1, and its rate. */
	readonly step: number;
	readonly rate: number;
}

/** The sentence that ends such a message. Names are those of programs, and then those of the command line. */
export function remedyFor({ optimizer, step, rate }: StepSizes): string {
	if (step <= 1) return 'No step came before it: look for damaged samples.';
	return `Lower the rate (${rateOf(optimizer, rate)}; --rate), ${clippingOf(optimizer)}, or look for damaged samples.`;
}

/** The rate as it was set, and that of a step where a schedule has another. */
export const rateOf = ({ rate }: Pick<Optimizer, 'rate'>, now: number): string =>
	now === rate ? `${rate} now` : `${rate}, ${now} in this step`;

function clippingOf({ spec: { transforms = [] } }: Pick<Optimizer, 'spec'>): string {
	const clip = transforms.find(({ transform }) => transform === 'clipByNorm');
	const { norm } = (clip?.options ?? {}) as { norm?: number };
	return norm === undefined
		? 'clip gradients (clipByNorm, --clip 1)'
		: `clip gradients at less than a norm of ${norm} (clipByNorm, --clip)`;
}
