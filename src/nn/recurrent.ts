// Recurrent layers: RNN, GRU and LSTM, several on top of each other, in one direction or both.

import { is, type Kinds, optionsOf } from '../base/index.js';
import {
	ops,
	type Parameter,
	parameter,
	reversed,
	type ScanOptions,
	ShapeError,
	scan,
	scope,
	showShape,
	type Value,
} from '../graph/index.js';
import { type Cell, type CellWeights, gruCell, lstmCell, simpleCell } from './cells.js';
import { dropped } from './dropout.js';
import { uniform } from './initializers.js';
import { of } from './kinds.js';
import type { Layer, Mode } from './layer.js';

/** What all recurrent layers have in common. */
export interface RecurrentOptions {
	readonly in: number;
	/** Numbers of a state. */
	readonly out: number;
	/** Layers on top of each other. Default 1. */
	readonly layers?: number;
	/** Whether a second direction reads from the end. Outputs and last states then are `2·out` wide. Default false. */
	readonly bidirectional?: boolean;
	/** The share of each layer's outputs, but the last one's, that is dropped in training. Default 0. */
	readonly dropout?: number;
	/** Default true. */
	readonly bias?: boolean;
}

/** How a recurrent layer is applied. */
export interface RecurrentInputs {
	/** The steps of each text, int32 `[batch]`; beyond them outputs are 0 and the last states those of the text's own last step. */
	readonly lengths?: Value;
	/** Whether `x` and the outputs are `[time, batch, …]`, as the loop has them: it spares two copies. Default false. */
	readonly timeFirst?: boolean;
	/** The first states of each layer: those of each direction in turn, `[batch, out]` each; zeros by default. */
	readonly states?: readonly (readonly Value[])[];
}

/** What a recurrent layer gives. */
export interface RecurrentOutputs {
	/** The topmost layer's output of every step, `[batch, time, out]`, both directions side by side. */
	readonly outputs: Value;
	/** The topmost layer's last output, `[batch, out]`, both directions side by side. */
	readonly last: Value;
	/** The last states of each layer and direction. */
	readonly states: readonly (readonly Value[])[];
}

/** The states of each layer, `[batch, out]` each. */
export type RecurrentStates = readonly (readonly Value[])[];

/** A recurrent layer over `[batch, time, in]`. */
export interface RecurrentLayer extends Layer<[x: Value, mode: Mode, given?: RecurrentInputs], RecurrentOutputs> {
	/** States of one number for each layer: 1, of the LSTM 2. */
	readonly states: number;
	/**
	 * One step, of a layer in one direction: from `[batch, in]` and the states before to the topmost layer's output and the states after. It is what the
	 * body of a `scan` takes whose inputs depend on the states, as an attention decoder's do. Nothing is dropped between layers.
	 */
	step(x: Value, states: RecurrentStates): { readonly output: Value; readonly states: RecurrentStates };
}

/** What Elman's layer has beside. */
export interface RnnOptions extends RecurrentOptions {
	/** What is done to the sum of both products. Default `tanh`. */
	readonly nonlinearity?: 'tanh' | 'relu' | 'none';
}

/** What gated recurrent units have beside. */
export interface GruOptions extends RecurrentOptions {
	/** Whether the reset gate comes after the product with the state, as in PyTorch (default), or before it, as in the paper. */
	readonly reset?: 'after' | 'before';
}

const kinds: Kinds<RecurrentOptions> = {
	...{ in: of.size, out: of.size, layers: of.count },
	...{ bidirectional: is.flag, dropout: of.rate, bias: is.flag },
};
const rnnKinds: Kinds<RnnOptions> = { ...kinds, nonlinearity: is.one('tanh', 'relu', 'none') };
const gruKinds: Kinds<GruOptions> = { ...kinds, reset: is.one('after', 'before') };

/** Elman's recurrent layer. */
export function rnn(options: RnnOptions): RecurrentLayer {
	const { nonlinearity = 'tanh', ...sizes } = optionsOf('rnn', options, rnnKinds);
	return recurrent('rnn', simpleCell(nonlinearity), sizes);
}

/** Gated recurrent units. */
export function gru(options: GruOptions): RecurrentLayer {
	const { reset = 'after', ...sizes } = optionsOf('gru', options, gruKinds);
	return recurrent('gru', gruCell(reset), sizes);
}

/** Long short-term memory. Each layer and direction has two states: output and memory. */
export function lstm(options: RecurrentOptions): RecurrentLayer {
	return recurrent('lstm', lstmCell, options);
}

/** A layer of any cell. Weights are named as PyTorch's (`weight_ih_l0`, `bias_hh_l1_reverse`) and begin uniform in ±1/√out. */
export function recurrent(name: string, cell: Cell, options: RecurrentOptions): RecurrentLayer {
	const { in: width, out, layers = 1, bidirectional = false, dropout = 0, bias = true } = optionsOf(name, options, kinds);
	const endings = bidirectional ? ['', '_reverse'] : [''];
	const parameters: Record<string, Parameter> = {};
	const begin = uniform(1 / Math.sqrt(out));
	const weight = (key: string, ...shape: number[]) => {
		parameters[key] = parameter(shape, begin);
		return parameters[key];
	};
	const rows = cell.gates * out;
	const weights = Array.from({ length: layers }, (_, layer) =>
		endings.map((ending) => ({
			input: weight(`weight_ih_l${layer}${ending}`, rows, layer === 0 ? width : out * endings.length),
			state: weight(`weight_hh_l${layer}${ending}`, rows, out),
			...(bias && { inputBias: weight(`bias_ih_l${layer}${ending}`, rows), stateBias: weight(`bias_hh_l${layer}${ending}`, rows) }),
		})),
	);

	return {
		parameters,
		states: cell.states,
		step: (x, states) =>
			scope(name, () => {
				if (bidirectional) throw new TypeError(`${name}: expected one direction for a step, got two. Apply it to whole texts.`);
				if (x.shape.length !== 2 || x.shape[1] !== width)
					throw new ShapeError(
						`${name}: expected batch×${width} for a step, got ${showShape(x.shape)}. Set in: ${x.shape.at(-1)} or add a projection.`,
					);
				let output = x;
				const next = weights.map(([own], layer) => {
					const after = cell.step(states[layer]!, output, own!);
					output = after[0]!;
					return after;
				});
				return { output, states: next };
			}),
		apply: (x, mode, { lengths, states: first, timeFirst = false } = {}) =>
			scope(name, () => {
				if (x.shape.length !== 3 || x.shape[2] !== width)
					throw new ShapeError(
						`${name}: expected ${timeFirst ? 'time×batch' : 'batch×time'}×${width}, got ${showShape(x.shape)}. Set in: ${x.shape.at(-1)} or add a projection.`,
					);
				const zeros = ops.constantOfShape(0, [x.shape[timeFirst ? 1 : 0]!, out], { dtype: x.dtype, from: [x] });
				const turn = (value: Value) => (timeFirst ? value : ops.transpose(value, [1, 0, 2]));
				let steps = turn(x);
				let last = zeros;
				const states = weights.map((directions, layer) =>
					scope(`l${layer}`, () => {
						const begin = first?.[layer] ?? directions.flatMap(() => new Array<Value>(cell.states).fill(zeros));
						if (layer > 0) steps = dropped(steps, dropout, mode);
						const made = oneLayer(cell, directions, steps, { states: begin, ...(lengths && { lengths }) });
						steps = ops.concat(made.outputs, 2);
						last = ops.concat(
							directions.map((_, direction) => made.states[direction * cell.states]!),
							1,
						);
						return made.states;
					}),
				);
				return { outputs: turn(steps), last, states };
			}),
	};
}

/** One layer in one loop, whatever its directions: each has its states, and reads the steps its own way. */
function oneLayer(cell: Cell, directions: readonly CellWeights[], steps: Value, options: Pick<ScanOptions, 'states' | 'lengths'>) {
	const way = (direction: number, sequence: Value) => (direction === 0 ? sequence : reversed(sequence));
	return scan({
		...options,
		runOn: cell.bounded,
		inputs: directions.map((_, direction) => way(direction, steps)),
		body: (states, inputs) => {
			const next = directions.map((weights, direction) =>
				cell.step(states.slice(direction * cell.states, (direction + 1) * cell.states), inputs[direction]!, weights),
			);
			return { states: next.flat(), outputs: next.map(([output], direction) => way(direction, output!)) };
		},
	});
}
