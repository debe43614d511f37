// The same factor throughout.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Schedule } from './schedule.js';

/** Options of `constant`. */
export interface ConstantOptions {
	/** Default 1. */
	readonly factor?: number;
}

const kinds: Kinds<ConstantOptions> = { factor: is.number(0) };

/** The same factor at every step. */
export function constant(given: ConstantOptions = {}): Schedule {
	const { factor = 1 } = optionsOf('constant', given, kinds);
	return { spec: { schedule: 'constant', options: { factor } }, factor: () => factor };
}
