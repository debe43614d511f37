// The same factor throughout.
import { checkRanges } from '../ranges.js';
import type { Schedule } from './schedule.js';

/** The same factor at every step. */
export function constant({ factor = 1 } = {}): Schedule {
	checkRanges('constant', { factor: [factor, 0, Infinity] });
	return { spec: { schedule: 'constant', options: { factor } }, factor: () => factor };
}
