// What can be trained: parameters, what a batch holds, what the model makes of it, and the loss of that.
import { type DType, input, type Shape, type Sizes, showShape, sizeOf, sizeOfDim, type Tensor, type Value } from '../../graph/index.js';
import type { Mode, ParameterTree } from '../../nn/index.js';

/** An input of a model: element type, and shape; its named sizes are those of a batch, `batch` the number of its samples. */
export interface InputPlan {
	readonly dtype: Extract<DType, 'float32' | 'int32'>;
	readonly shape: Shape;
}

/** Values by name. */
export type Named<Name extends string = string> = Readonly<Record<Name, Value>>;

/**
 * A model with its loss. `inputs` are all that a batch holds, targets too; `apply` gives the outputs by name, `loss` a scalar of them.
 * Prediction takes the inputs that `apply` uses.
 */
export interface Trainable<Name extends string = string> {
	readonly parameters: ParameterTree;
	readonly inputs: Readonly<Record<Name, InputPlan>>;
	apply(inputs: Named<Name>, mode: Mode): Named;
	loss(outputs: Named, inputs: Named<Name>): Value;
}

/** One batch: a tensor for each input. */
export type Minibatch = Readonly<Record<string, Tensor>>;

/** Graph inputs for a model. */
export function inputValues({ inputs }: Pick<Trainable, 'inputs'>): Named {
	return Object.fromEntries(Object.entries(inputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]));
}

/** A shape in numbers. Throws a RangeError for a size that the batch does not name. */
export function shapeIn(shape: Shape, sizes: Sizes): number[] {
	return shape.map((dim) => {
		const size = sizeOfDim(dim, sizes);
		if (size !== undefined) return size;
		throw new RangeError(`batch: expected the size ${dim}, got ${Object.keys(sizes).join(', ') || 'none'}. Name it in sizes.`);
	});
}

/** The named sizes of a batch; a TypeError or RangeError where a tensor does not fit its input, or the others. */
export function sizesOf(inputs: Readonly<Record<string, InputPlan>>, batch: Minibatch): Sizes {
	const sizes: Record<string, number> = {};
	for (const [name, { dtype, shape }] of Object.entries(inputs)) {
		const tensor = batch[name];
		const fail = (got: string) =>
			new RangeError(`batch: expected ${name} to be ${dtype} ${showShape(shape)}, got ${got}. Make it as the model's inputs say.`);
		if (!tensor) throw fail('none');
		const got = `${tensor.dtype} ${showShape(tensor.shape)}`;
		if (tensor.dtype !== dtype || tensor.shape.length !== shape.length) throw fail(got);
		if (tensor.data.length !== sizeOf(tensor.shape)) throw fail(`${got} with ${tensor.data.length} numbers`);
		for (const [axis, dim] of shape.entries()) {
			const size = tensor.shape[axis]!;
			if (typeof dim === 'string' && !Object.hasOwn(sizes, dim)) sizes[dim] = size;
			if (sizeOfDim(dim, sizes) !== size) throw fail(typeof dim === 'number' ? got : `${got} where ${dim} is ${sizeOfDim(dim, sizes)}`);
		}
	}
	return sizes;
}
