// All that a run holds beside its graphs: weights, the optimizer's slots, states that pass from batch to batch. Typed tensors with shapes.
import { type DType, sizeOf, type Tensor } from '../../graph/index.js';
import type { TrainingGraph } from './training-plan.js';
import type { Tensors } from './turns.js';

/** The state of a run. */
export interface State {
	/** By the parameters' names. */
	readonly weights: Tensors;
	/** By the slot's name, then by the parameter's. Zeros where none are given. */
	readonly slots: Readonly<Record<string, Tensors>>;
	/** By the tables' names: for each row the steps since it was touched, where a slot shrinks in them. Zeros where none are given. */
	readonly ages: Tensors;
	/** By the states' names. */
	readonly carried: Tensors;
	/** The states of a loss scale by their names; as they begin where none are given. */
	readonly scaling: Tensors;
}

/** A run's state before the first step. */
export const startOf = (weights: Tensors): State => ({ weights, slots: {}, ages: {}, carried: {}, scaling: {} });

/** A copy of tensors that later steps leave. */
export const copied = (tensors: Tensors): Tensors =>
	Object.fromEntries(Object.entries(tensors).map(([name, tensor]): [string, Tensor] => [name, { ...tensor, data: tensor.data.slice() }]));

/** Floating-point numbers in another type. */
export function floatsIn(dtype: DType, tensor: Tensor): Tensor {
	if (tensor.dtype === dtype || !(tensor.dtype === 'float32' || tensor.dtype === 'float64')) return tensor;
	const { shape, data } = tensor;
	if (dtype === 'float64') return { dtype, shape, data: Float64Array.from(data as Float32Array) };
	return dtype === 'float32' ? { dtype, shape, data: Float32Array.from(data as Float64Array) } : tensor;
}

/** A state in the types that a graph has for it. */
export function typedFor(graph: TrainingGraph, { weights, slots, ages, carried, scaling }: State): State {
	const types = new Map(heldBy(graph).map(({ name, dtype }) => [name, dtype]));
	const typed = (tensors: Tensors): Tensors =>
		Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, floatsIn(types.get(name) ?? tensor.dtype, tensor)]));
	return {
		weights: typed(weights),
		slots: Object.fromEntries(Object.entries(slots).map(([slot, tensors]) => [slot, typed(tensors)])),
		ages,
		carried,
		scaling,
	};
}

/** The parameters that a graph's run holds, by name and shape. */
export function heldBy({ parameters, moving, fixed, tables }: TrainingGraph): { name: string; dtype: DType; shape: readonly number[] }[] {
	const outside = tables.map(({ name, rows, width }) => ({ name, dtype: 'float32' as const, shape: [rows, width] }));
	return [...parameters, ...moving, ...fixed, ...outside];
}

/** Refuses weights that are not those of the graph. */
export function checkStart(graph: TrainingGraph, { weights }: State): void {
	for (const { name, dtype, shape } of heldBy(graph)) {
		const found = Object.hasOwn(weights, name) ? weights[name] : undefined;
		const [expected, got] = [sizeOf(shape), found?.data.length];
		if (got === expected && found!.dtype === dtype) continue;
		throw new RangeError(
			`createStepper: expected ${expected} numbers of ${dtype} for ${name}, got ${got === undefined ? 'none' : `${got} of ${found!.dtype}`}. Begin with weights of this network.`,
		);
	}
}
