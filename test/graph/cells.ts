// Recurrent cells as a user would write them, for `scan`. Weights and gate orders are PyTorch's: `wi [gates·H, E]`, `wh [gates·H, H]`.
import { ops, reversed, type ScanStep, scan, type Value } from 'textloom/graph';

const { add, gemm, mul, relu, sigmoid, split, sub, tanh } = ops;

/** The weights of one direction of a recurrent layer. */
export interface Weights {
	readonly wi: Value;
	readonly wh: Value;
	readonly bi: Value;
	readonly bh: Value;
}

/** A cell: how many states it has, and its step. The first state is the output. */
export interface Cell {
	readonly gates: number;
	readonly states: number;
	readonly step: (states: readonly Value[], x: Value, weights: Weights) => readonly Value[];
}

const project = (x: Value, w: Value, b: Value) => gemm(x, w, b, { transB: true });
const parts = (x: Value, count: number, axis: number) => split(x, new Array<number>(count).fill((x.shape[axis] as number) / count), axis);

/** h′ = f(x W + b + h U + c) */
const simple = (activation: (x: Value) => Value): Cell => ({
	gates: 1,
	states: 1,
	step: ([h], x, { wi, wh, bi, bh }) => [activation(add(project(x, wi, bi), project(h!, wh, bh)))],
});

export const cells = {
	rnn: simple(tanh),
	'rnn relu': simple(relu),
	// h′ = n + z (h − n), the reset gate after the product (PyTorch; linear_before_reset in ONNX).
	gru: {
		gates: 3,
		states: 1,
		step: ([h], x, { wi, wh, bi, bh }) => {
			const [xr, xz, xn] = parts(project(x, wi, bi), 3, 1);
			const [hr, hz, hn] = parts(project(h!, wh, bh), 3, 1);
			const [r, z] = [sigmoid(add(xr!, hr!)), sigmoid(add(xz!, hz!))];
			const n = tanh(add(xn!, mul(r, hn!)));
			return [add(n, mul(z, sub(h!, n)))];
		},
	},
	// The reset gate before the product (Cho et al. 2014; the default in ONNX).
	'gru reset before': {
		gates: 3,
		states: 1,
		step: ([h], x, { wi, wh, bi, bh }) => {
			const [xr, xz, xn] = parts(project(x, wi, bi), 3, 1);
			const [wr, wz, wn] = parts(wh, 3, 0);
			const [br, bz, bn] = parts(bh, 3, 0);
			const [r, z] = [sigmoid(add(xr!, project(h!, wr!, br!))), sigmoid(add(xz!, project(h!, wz!, bz!)))];
			const n = tanh(add(xn!, project(mul(r, h!), wn!, bn!)));
			return [add(n, mul(z, sub(h!, n)))];
		},
	},
	lstm: {
		gates: 4,
		states: 2,
		step: ([h, c], x, { wi, wh, bi, bh }) => {
			const [i, f, g, o] = parts(gemm(h!, wh, project(x, wi, add(bi, bh)), { transB: true }), 4, 1);
			const next = add(mul(sigmoid(f!), c!), mul(sigmoid(i!), tanh(g!)));
			return [mul(sigmoid(o!), tanh(next)), next];
		},
	},
} satisfies Record<string, Cell>;

/** A recurrent layer. */
export interface Recurrent {
	readonly cell: Cell;
	/** `[time, batch, E]` */
	readonly x: Value;
	/** The states before the first step: those of the first direction, then those of the second. */
	readonly states: readonly Value[];
	/** One for each direction: the first goes forward, unless `backward` alone is asked for. */
	readonly weights: readonly Weights[];
	readonly backward?: boolean;
	readonly lengths?: Value;
	readonly lift?: boolean;
}

/** Last states, and the outputs of every step of each direction, in the order of time. */
export function recurrent({ cell, x, states, weights, backward = false, lengths, lift = true }: Recurrent): {
	states: readonly Value[];
	outputs: readonly Value[];
} {
	const back = weights.map((_, place) => backward || place === 1);
	return scan({
		inputs: back.map((turned) => (turned ? reversed(x) : x)),
		states,
		...(lengths && { lengths }),
		lift,
		body: (states, elements): ScanStep => {
			const each = weights.map((own, place) => {
				const from = place * cell.states;
				return cell.step(states.slice(from, from + cell.states), elements[place]!, own);
			});
			return { states: each.flat(), outputs: each.map(([h], place) => (back[place] ? reversed(h!) : h!)) };
		},
	});
}
