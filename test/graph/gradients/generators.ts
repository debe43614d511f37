// Gradient cases: generators.
import type { Cases } from '../check-gradient.js';

export const generators = {
	Range: 'gives integers',
} satisfies Cases;
