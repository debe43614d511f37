// First weights: a function of the seed and the parameter's name and place, whatever the order of building.
import { namedParameters, type ParameterTree } from '../../nn/index.js';
import { randomFloat } from '../../stream/index.js';

/** Weights by name. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** Streams of random numbers that a run draws from; parameters come after these. */
export const streams = { split: 1, parameters: 1000, order: 0x20000000, masks: 0x40000000 } as const;

/** The first weights of a network. Parameters are numbered in the order of their names. */
export function initialWeights({ parameters }: { readonly parameters: ParameterTree }, seed: number): Weights {
	const named = [...namedParameters(parameters)].sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(
		named.map(([name, { shape, initial }], place) => [
			name,
			initial(shape, (index) => randomFloat(seed, streams.parameters + place, index)),
		]),
	);
}
