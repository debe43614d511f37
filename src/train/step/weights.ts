// First weights: a function of the seed and the parameter's name and place, whatever else the model has.

import { randomFloat } from '../../base/index.js';
import { sizeOf, type Tensor } from '../../graph/index.js';
import type { ParameterTree } from '../../nn/index.js';
import { parameterPlan } from './parameter-plan.js';

/** Weights by name. A parameter of several names stands under the first one. */
export type Weights = Readonly<Record<string, Tensor>>;

/** Streams of random numbers that a run draws from: for parameters there are as many as fit before those of the order. */
export const streams = { split: 1, parameters: 1000, order: 0x20000000, masks: 0x40000000 } as const;

/** The first weights of a model. What a parameter begins with follows from its name alone: a head more changes no other's. */
export function initialWeights({ parameters }: { readonly parameters: ParameterTree }, seed: number): Weights {
	return Object.fromEntries(
		parameterPlan(parameters).map(({ name, value: { dtype, shape, initial } }) => {
			const stream = streams.parameters + (hash(name, 0x811c9dc5) % (streams.order - streams.parameters));
			const own = (seed + hash(name, 0x9e3779b9)) | 0;
			const data = initial(shape, (index) => randomFloat(own, stream, index));
			return [name, { dtype, shape, data: dtype === 'float64' && data instanceof Float32Array ? Float64Array.from(data) : data }];
		}),
	);
}

/** FNV-1a over UTF-16 units, from a basis. Two of them tell names apart. */
function hash(name: string, basis: number): number {
	let value = basis;
	for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193);
	return value >>> 0;
}

/**
 * The weights of a model out of given ones, each found by any of its names.
 *
 * @throws {RangeError} for one that is missing or has another number of elements.
 */
export function weightsFor({ parameters }: { readonly parameters: ParameterTree }, given: Weights, who: string): Weights {
	return Object.fromEntries(
		parameterPlan(parameters).map(({ name, names, value: { dtype, shape } }) => {
			const found = names.map((name) => (Object.hasOwn(given, name) ? given[name] : undefined)).find((tensor) => tensor);
			if (found?.data.length !== sizeOf(shape)) {
				const got = found ? `${found.data.length}` : 'none';
				throw new RangeError(`${who}: expected ${sizeOf(shape)} numbers for ${name}, got ${got}. Begin with weights of this network.`);
			}
			const data = found.dtype === dtype ? found.data : floatsAs(dtype, found, name, who);
			return [name, { dtype, shape, data }];
		}),
	);
}

function floatsAs(dtype: Tensor['dtype'], { dtype: given, data }: Tensor, name: string, who: string): Tensor['data'] {
	const isWide = (type: Tensor['dtype']) => type === 'float32' || type === 'float64';
	if (!isWide(dtype) || !isWide(given)) throw new TypeError(`${who}: expected ${dtype} numbers for ${name}, got ${given}. Convert them.`);
	return dtype === 'float64' ? Float64Array.from(data as Float32Array) : Float32Array.from(data as Float64Array);
}
