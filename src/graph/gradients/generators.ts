// What is made of sizes alone has no gradient.
import type { operators as generators } from '../ops/generators.js';

export const generatorGradients = {
	Range: 'Make the numbers with places and cumSum',
} satisfies Record<keyof typeof generators, string>;
