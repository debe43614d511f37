// Applies a row of the table of layers, and runs what comes of it.
import {
	constant,
	createSession,
	emit,
	input,
	ops,
	type Parameter,
	type Shape,
	sizeOf,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import * as nn from 'textloom/nn';
import type { Beside, LayerForm } from './layers/index.js';

/** A mode of training that notes what it is asked for: masks of 1, and what states move to. */
export function noting() {
	const masks: { rate: number; shape: Shape }[] = [];
	const moved = new Map<Parameter, Value>();
	const mode: nn.Mode = {
		training: true,
		step: nn.prediction.step,
		mask: (rate, shape) => {
			masks.push({ rate, shape });
			return input(`mask.${masks.length}`, 'float32', shape);
		},
		move: (state, next) => {
			moved.set(state, next(moved.get(state) ?? state));
		},
	};
	return { masks, moved, mode };
}

/** What a row's layer is applied to beside `x`: lengths of its batch, and the memory that it looks at. */
export const besideOf = ({ memory }: LayerForm, x: Value): Beside => ({
	lengths: input('lengths', 'int32', [x.shape[0] ?? 'batch']),
	memory: memory ? input('memory', 'float32', memory.named) : x,
});

/** What a graph of a row is fed, its states included. */
export const fedTo = (row: LayerForm, x: Value, { lengths, memory }: Beside) => ({
	x,
	lengths,
	...(row.memory && { memory }),
	...Object.fromEntries(statesOf(row)),
});

/** A row's layer applied to `x` and what is beside it. */
export function applied({ layer, apply, lengths: takesLengths }: LayerForm, x: Value, mode: nn.Mode, beside: Beside): Value {
	if (apply) return apply(x, mode, beside);
	return (layer as { apply(x: Value, second: unknown): Value }).apply(x, takesLengths ? beside.lengths : mode);
}

/** A row's own mode. */
export const modeOf = ({ training }: LayerForm) => (training ? noting() : { mode: nn.prediction, masks: [], moved: new Map() });

/** A row's input, and its sizes as numbers. */
export const inputOf = ({ shape = [], named = shape }: LayerForm) => input('x', 'float32', named);

/** The parameters of a row by name, in the order of names. */
export function statesOf({ layer }: LayerForm): readonly (readonly [string, Parameter])[] {
	return [...nn.namedParameters(layer.parameters)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Element i of input `place`, as in the golden files. */
export const numbers = (shape: readonly number[], place: number) =>
	Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)));

/** Runs a graph. */
export async function run(
	inputs: Readonly<Record<string, Value>>,
	outputs: Readonly<Record<string, Value>>,
	feeds: Readonly<Record<string, Tensor>>,
) {
	const session = await createSession(writeOnnx(emit({ inputs, outputs })), { threads: 1 });
	try {
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		return await session.run(fed);
	} finally {
		await session.release();
	}
}

/** What the loss of the golden files differentiates: the sum of the elements times cos(i). */
export function goldenLoss(y: Value, size: number): Value {
	const weights = tensor(
		'float32',
		[size],
		Array.from({ length: size }, (_, i) => Math.cos(i)),
	);
	return ops.reduceSum(ops.mul(ops.reshape(y, [size]), constant(weights)));
}

/** The largest difference between two lists of numbers, relative to 1 + what is expected. */
export function farthest(got: ArrayLike<number>, expected: readonly number[]): number {
	if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
	return Math.max(0, ...expected.map((number, i) => Math.abs(got[i]! - number) / (1 + Math.abs(number))));
}
