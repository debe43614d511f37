// Sizes have no gradient: they are integers.
import type { operators as sizes } from '../ops/sizes.js';

export const sizesGradients = {
	Size: null,
	Shape: null,
} satisfies Record<keyof typeof sizes, null>;
