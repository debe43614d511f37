// What is made of sizes alone has no gradient.
import type { generators } from '../ops/generators.js';

export const generatorGradients = {
	Range: null,
} satisfies Record<keyof typeof generators, null>;
