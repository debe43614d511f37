// The steps of recurrent layers, as bodies for `scan`. Weights and the order of their gates are PyTorch's.
import { ops, type Value } from '../graph/index.js';

const { add, concat, gemm, mul, relu, sigmoid, split, sub, tanh } = ops;

/** The weights of one direction of one layer: `[gates·out, in]`, `[gates·out, out]`, and twice `[gates·out]`, or no biases. */
export interface CellWeights {
	readonly input: Value;
	readonly state: Value;
	readonly inputBias?: Value;
	readonly stateBias?: Value;
}

/** A recurrent cell. Its first state is its output. */
export interface Cell {
	/** Rows of the weights for each number of the state. */
	readonly gates: number;
	readonly states: number;
	/** Whether the states stay finite whatever the inputs are, so that they may run on beyond the end of a text. */
	readonly bounded: boolean;
	/** The states after a step, from those before (`[batch, out]`) and the input `[batch, in]`. */
	readonly step: (states: readonly Value[], x: Value, weights: CellWeights) => readonly Value[];
}

const project = (x: Value, weight: Value, bias?: Value) => gemm(x, weight, bias, { transB: true });

/** A value divided into equal parts along an axis. */
const parts = (x: Value, count: number, axis: number) => split(x, new Array<number>(count).fill((x.shape[axis] as number) / count), axis);

/**
 * A product for each gate, instead of one for all that is cut afterwards. `scan` computes the products with inputs for all steps at once, before the
 * loop: a step then reads a row of each, and has nothing to cut.
 */
function projections(x: Value, weight: Value, bias: Value | undefined, count: number): readonly Value[] {
	const biases = bias && parts(bias, count, 0);
	return parts(weight, count, 0).map((part, place) => project(x, part, biases?.[place]));
}

/** h′ = f(W x + b + U h + c) (Elman 1990) */
export function simpleCell(nonlinearity: 'tanh' | 'relu' | 'none'): Cell {
	const apply = { tanh, relu, none: (x: Value) => x }[nonlinearity];
	return {
		gates: 1,
		states: 1,
		bounded: nonlinearity === 'tanh',
		step: ([h], x, { input, state, inputBias, stateBias }) => [apply(add(project(x, input, inputBias), project(h!, state, stateBias)))],
	};
}

/**
 * h′ = n + z (h − n) (Cho et al. 2014), with r = σ(Wᵣ x + bᵣ + Uᵣ h + cᵣ), z likewise, and
 * n = tanh(Wₙ x + bₙ + r (Uₙ h + cₙ)) with the reset after the product, as PyTorch and cuDNN have it, or
 * n = tanh(Wₙ x + bₙ + Uₙ (r h) + cₙ) with the reset before it, as in the paper.
 */
export function gruCell(reset: 'after' | 'before'): Cell {
	return {
		gates: 3,
		states: 1,
		bounded: true,
		step: ([h], x, { input, state, inputBias, stateBias }) => {
			const [xr, xz, xn] = projections(x, input, inputBias, 3) as [Value, Value, Value];
			const next = (z: Value, n: Value) => [add(n, mul(z, sub(h!, n)))];
			if (reset === 'after') {
				const [hr, hz, hn] = parts(project(h!, state, stateBias), 3, 1) as [Value, Value, Value];
				return next(sigmoid(add(xz, hz)), tanh(add(xn, mul(sigmoid(add(xr, hr)), hn))));
			}
			const [wr, wz, wn] = parts(state, 3, 0) as [Value, Value, Value];
			const [br, bz, bn] = stateBias ? parts(stateBias, 3, 0) : [];
			const both = project(h!, concat([wr, wz], 0), br && bz && concat([br, bz], 0));
			const [hr, hz] = parts(both, 2, 1) as [Value, Value];
			return next(sigmoid(add(xz, hz)), tanh(add(xn, project(mul(sigmoid(add(xr, hr)), h!), wn, bn))));
		},
	};
}

/** c′ = σ(f) c + σ(i) tanh g, h′ = σ(o) tanh c′ (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export const lstmCell: Cell = {
	gates: 4,
	states: 2,
	// The memory grows by at most 1 a step.
	bounded: true,
	step: ([h, c], x, { input, state, inputBias, stateBias }) => {
		const bias = inputBias && stateBias && add(inputBias, stateBias);
		const [i, f, g, o] = parts(gemm(h!, state, project(x, input, bias), { transB: true }), 4, 1) as [Value, Value, Value, Value];
		const memory = add(mul(sigmoid(f), c!), mul(sigmoid(i), tanh(g)));
		return [mul(sigmoid(o), tanh(memory)), memory];
	},
};
