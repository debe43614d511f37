// Gradients of loops and choices: a scan has one.
import type { operators as control } from '../ops/control.js';
import { scanGradient } from '../scan/gradient.js';
import type { Gradient } from './rule.js';

export const controlGradients = {
	Loop: 'Write it as a scan, which has a gradient',
	If: 'Compute both cases and choose between them with where',
	Scan: scanGradient,
} satisfies Record<keyof typeof control, Gradient | string>;
