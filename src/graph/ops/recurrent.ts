// ONNX's own recurrent layers, for inference and for imported graphs: X `[time, batch, in]`, W `[directions, gates · hidden, in]`,
// R `[directions, gates · hidden, hidden]`, B `[directions, 2 · gates · hidden]` (of W, then of R), lengths `[batch]`, first states `[directions, batch, hidden]`.

import { sizeOf, tensor } from '../../tensors/tensor.js';
import { constant } from '../constant.js';
import { type Dim, type Shape, sameShape, showShape } from '../dim.js';
import { type Attributes, node, type ShapeRule, type Value } from '../value.js';
import { cast } from './elementwise.js';
import { expand } from './movement.js';
import { countOf, type Operator, operator, type Sized } from './operator.js';
import { sizeAt } from './sizes.js';

const directionsOf = ({ direction = 'forward' }: Attributes) => (direction === 'bidirectional' ? 2 : 1);

/** Outputs: the hidden states of all steps `[time, directions, batch, hidden]`, then each last state `[directions, batch, hidden]`. */
const layer =
	(gates: number, states: number): ShapeRule =>
	([x, w, r, bias, lengths, ...first], attributes, fail) => {
		if (x!.dtype !== 'float32') fail('expected float32. Cast first');
		if (x!.shape.length !== 3) fail('expected time, batch and width');
		if (attributes.layout === 1) fail('expected layout 0, time first. Transpose the input');
		const [time, batch, width] = x!.shape as [Dim, Dim, Dim];
		const [directions, hidden] = [directionsOf(attributes), attributes.hidden_size as number];
		const state: Shape = [directions, batch, hidden];
		const fits = (who: string, value: Value | undefined, shape: Shape) => {
			if (value && !sameShape(value.shape, shape)) fail(`expected ${who} of shape ${showShape(shape)}, got ${showShape(value.shape)}`);
		};
		fits('input weights', w, [directions, gates * hidden, width]);
		fits('recurrent weights', r, [directions, gates * hidden, hidden]);
		fits('a bias', bias, [directions, 2 * gates * hidden]);
		fits('lengths', lengths, [batch]);
		for (const value of first.slice(0, states)) fits('first states', value, state);
		return [{ dtype: x!.dtype, shape: [time, directions, batch, hidden] }, ...new Array(states).fill({ dtype: x!.dtype, shape: state })];
	};

/** Steps × batch × all weights. */
const flops = ({ inputs: [x, w, r] }: Sized) => 2 * x![0]! * x![1]! * (countOf(w) + countOf(r));

export const operators = {
	RNN: operator(layer(1, 1), { inputs: [3, 6], flops }),
	GRU: operator(layer(3, 1), { inputs: [3, 6], flops }),
	LSTM: operator(layer(4, 2), { inputs: [3, 8], flops }),
} satisfies Record<string, Operator>;

/** The weights of a recurrent layer, in ONNX's order of gates: GRU z r h, LSTM i o f c. */
export interface RecurrentWeights {
	readonly input: Value;
	readonly recurrent: Value;
	/** None by default. */
	readonly bias?: Value;
}

/** How a recurrent layer runs. */
export interface RecurrentOptions {
	readonly direction?: 'forward' | 'reverse' | 'bidirectional';
	/** The number of steps of each text, int32 `[batch]`: states stop there and outputs are 0 after it. All steps by default. */
	readonly lengths?: Value;
	/** The first states, `[directions, batch, hidden]` each: the hidden one, and for an LSTM the cell. Zeros by default. */
	readonly first?: readonly Value[];
}

const layerOf =
	(op: keyof typeof operators, more: Attributes = {}) =>
	(x: Value, { input, recurrent: r, bias }: RecurrentWeights, { direction = 'forward', lengths, first = [] }: RecurrentOptions = {}) => {
		const zeros = (shape: readonly number[]) => constant(tensor(x.dtype, shape, new Array<number>(sizeOf(shape)).fill(0)));
		// Inputs have places: one that comes later needs those before it.
		const rest = first.length > 0 || lengths;
		const steps = lengths ?? (rest && expand(cast(sizeAt(x, 0), 'int32'), [x.shape[1]!], [x]));
		const biases = bias ?? (rest && zeros([r.shape[0] as number, 2 * (r.shape[1] as number)]));
		const inputs = [x, input, r, ...(biases ? [biases] : []), ...(steps ? [steps] : []), ...first];
		const [all, ...last] = node(op, operators[op], inputs, { hidden_size: r.shape[2] as number, direction, ...more });
		return { all: all!, last };
	};

/** h ← tanh(W x + R h + b): the states of all steps, and the last ones. */
export const rnn = layerOf('RNN');
/** The gated unit of Cho et al. (2014), with the reset gate after the product, as PyTorch has it. */
export const gru = layerOf('GRU', { linear_before_reset: 1 });
/** Long short-term memory (Hochreiter and Schmidhuber 1997); the last states are the hidden one and the cell. */
export const lstm = layerOf('LSTM');
