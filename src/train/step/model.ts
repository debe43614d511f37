// What can be trained: parameters, what a batch holds, what the model makes of it, the losses of that, states that pass on, further programs.

import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import {
	type DType,
	input,
	isValue,
	ops,
	type Shape,
	ShapeError,
	type Sizes,
	scalar,
	scope,
	showShape,
	sizeOf,
	sizeOfDim,
	type Tensor,
	type Value,
} from '../../graph/index.js';
import type { Loss, Mode, ParameterTree } from '../../nn/index.js';

/** An input of a model: element type, and shape; its named sizes are those of a batch, `batch` the number of its samples. */
export interface InputPlan {
	readonly dtype: DType;
	readonly shape: Shape;
}

/** Values by name. */
export type Named<Name extends string = string> = Readonly<Record<Name, Value>>;

/** A named function of a model's parameters: what it takes, and what it makes of that. */
export interface ModelProgram<Name extends string = string> {
	readonly inputs: Readonly<Record<Name, InputPlan>>;
	apply(inputs: Named<Name>, mode: Mode): Named;
}

/**
 * A state that passes from one batch to the next, as that of a language model over a text cut into chunks: an input and an output of one name.
 * It is 0 when an epoch or an evaluation begins. Gradients end at it (truncated backpropagation through time).
 */
export interface CarriedState {
	/** Such as `['batch', 100]`. The batches of an epoch are of one size then. */
	readonly shape: Shape;
	/** Default float32. */
	readonly dtype?: DType;
	/** The input `[batch]` that says, by a number other than 0, for which samples of a batch the state begins anew with 0. */
	readonly reset?: string;
}

/** The losses of a model by name. */
export type Losses = Readonly<Record<string, Pick<Loss, 'sum' | 'weight'>>>;

/**
 * A model with its loss. `inputs` are all that a batch holds, targets too; `apply` gives the outputs by name, `loss` one loss of them or
 * several by name. What is learned is the sum of the losses' means over the samples of a step.
 * Prediction takes the inputs that `apply` uses.
 */
export interface Trainable<Name extends string = string> extends ModelProgram<Name> {
	readonly parameters: ParameterTree;
	loss(outputs: Named, inputs: Named<Name>): Pick<Loss, 'sum' | 'weight'> | Losses;
	/** States that pass from batch to batch, by name: `apply` finds each among its inputs and gives the next one among its outputs. */
	readonly states?: Readonly<Record<string, CarriedState>>;
	/** Further functions of the same parameters, such as `encode` and `step`, each exported and run by itself. */
	readonly programs?: Readonly<Record<string, ModelProgram>>;
}

/** One batch: a tensor for each input. */
export type Minibatch = Readonly<Record<string, Tensor>>;

const modelKinds: Kinds<Trainable> = {
	parameters: is.needed(is.object),
	inputs: is.needed(is.object),
	apply: is.needed(is.function),
	loss: is.needed(is.function),
	states: is.object,
	programs: is.object,
};

const programKinds: Kinds<ModelProgram> = { inputs: is.needed(is.object), apply: is.needed(is.function) };

/** Refuses what is no model, before anything is built of it. */
export function checkModel(who: string, model: Trainable): void {
	optionsOf(`${who}: model`, argumentOf(who, 'model', model, is.object), modelKinds);
	for (const [name, program] of Object.entries(model.programs ?? {})) optionsOf(`${who}: program ${name}`, program, programKinds);
	for (const [name, { reset }] of Object.entries(model.states ?? {})) {
		if (Object.hasOwn(model.inputs, name))
			throw new RangeError(`${who}: expected inputs and states of different names, got two called ${name}. Rename one.`);
		if (reset !== undefined && !Object.hasOwn(model.inputs, reset))
			throw new RangeError(`${who}: expected the state ${name} to be reset by an input, got ${reset}. Name one of the model's inputs.`);
	}
}

/** Graph inputs for a program. */
export function inputValues({ inputs }: Pick<ModelProgram, 'inputs'>): Named {
	return Object.fromEntries(Object.entries(inputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]));
}

/** Graph inputs for the states of a model. */
export function stateValues({ states = {} }: Pick<Trainable, 'states'>): Named {
	return Object.fromEntries(Object.entries(states).map(([name, { dtype = 'float32', shape }]) => [name, input(name, dtype, shape)]));
}

/** What a model makes of a batch and of the states before it: its outputs, and the states after it. */
export function applied(model: Trainable, { batch, states }: { batch: Named; states: Named }, mode: Mode): { outputs: Named; next: Named } {
	const begun = Object.entries(model.states ?? {}).map(([name, { reset }]): [string, Value] => {
		const state = states[name]!;
		return [name, reset === undefined ? state : withReset(name, state, batch[reset]!)];
	});
	const given = argumentOf('model', 'what apply gives', model.apply({ ...batch, ...Object.fromEntries(begun) }, mode), is.object);
	const isState = (name: string) => Object.hasOwn(states, name);
	const entries = Object.entries(given);
	const next = Object.fromEntries(entries.filter(([name]) => isState(name)));
	for (const [name, { dtype, shape }] of Object.entries(states)) {
		const after = next[name];
		const got = after ? `${after.dtype} ${showShape(after.shape)}` : 'none';
		const expected = `${dtype} ${showShape(shape)}`;
		if (got !== expected)
			throw new ShapeError(`model: expected the next state ${name} of ${expected} among the outputs of apply, got ${got}. Give it.`);
	}
	return { outputs: Object.fromEntries(entries.filter(([name]) => !isState(name))), next };
}

/** The state, but 0 for the samples that begin anew. */
function withReset(name: string, state: Value, reset: Value): Value {
	return scope(`reset ${name}`, () => {
		const axis = state.shape.indexOf(reset.shape[0]!);
		if (reset.shape.length !== 1 || axis < 0)
			throw new ShapeError(
				`model: expected the reset of state ${name} to be of one axis that the state has (${showShape(state.shape)}), got ${showShape(reset.shape)}. Give the state a batch axis.`,
			);
		const others = state.shape.flatMap((_, place) => (place === axis ? [] : [place]));
		return ops.where(ops.unsqueeze(ops.cast(reset, 'bool'), others), scalar(0, state.dtype), state);
	});
}

/** The losses of a model by name; a single one is called `loss`. */
export function lossesOf(model: Trainable, outputs: Named, inputs: Named): Losses {
	const given = argumentOf('model', 'what loss gives', model.loss(outputs, inputs), is.object);
	const losses: Losses = isLoss(given) || isValue(given) ? { loss: given as Losses[string] } : (given as Losses);
	if (Object.keys(losses).length === 0) throw new RangeError('model: expected a loss, got none. Give one, or several by name.');
	for (const [name, part] of Object.entries(losses)) {
		if (isLoss(part) && part.sum.shape.length === 0 && part.weight.shape.length === 0) continue;
		throw new ShapeError(
			`model: expected ${name} to be a loss of two scalars, sum and weight, got ${shown(part)}. Take one of nn's losses, or nn.loss of the losses of elements.`,
		);
	}
	return losses;
}

const isLoss = (part: unknown): part is Losses[string] =>
	typeof part === 'object' && part !== null && 'sum' in part && 'weight' in part && isValue(part.sum) && isValue(part.weight);

function shown(part: unknown): string {
	if (isLoss(part)) return `sum ${showShape(part.sum.shape)} and weight ${showShape(part.weight.shape)}`;
	return isValue(part) ? `a value of ${showShape(part.shape)}` : String(part);
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
