// Optimizers from their specs: for a worker, or a saved run.
import type { Json } from '../stream/index.js';
import { adam } from './adam.js';
import type { Optimizer } from './optimizer.js';

const optimizers: Readonly<Record<string, (options: never) => Optimizer>> = { adam };

/** The optimizer that a spec describes. */
export function reviveOptimizer({ optimizer, options }: { optimizer: string; options: Json }): Optimizer {
	const make = Object.hasOwn(optimizers, optimizer) ? optimizers[optimizer] : undefined;
	if (!make)
		throw new TypeError(`reviveOptimizer: expected one of ${Object.keys(optimizers).join(', ')}, got ${optimizer}. Use one of these.`);
	return make(options as never);
}
