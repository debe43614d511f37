// What recurrent layers give beside their outputs: last outputs, states, and the number of loops. Their numbers are in layers.test.ts.
import { backward, emit, input, ops, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';
import { farthest, numbers, run } from './apply-layer.js';

const [B, T, E, H] = [3, 4, 2, 3];
const lengths = [2, 4, 1];

describe('recurrent layers', () => {
	for (const kind of ['rnn', 'gru', 'lstm'] as const) {
		const x = input('x', 'float32', ['batch', 'time', E]);
		const steps = input('lengths', 'int32', ['batch']);
		const layerOf = (bidirectional: boolean) => {
			const layer = nn[kind]({ in: E, out: H, layers: 2, bidirectional });
			const named = Object.fromEntries(nn.namedParameters(layer.parameters));
			const feeds = Object.fromEntries(
				Object.entries(named).map(([name, { shape }], place) => [name, tensor('float32', shape, numbers(shape, place + 1))]),
			);
			return { layer, named, feeds };
		};

		it(`${kind}: last outputs and states are those at the end of each text`, async () => {
			const { layer, named, feeds } = layerOf(true);
			const { outputs, last, states } = layer.apply(x, nn.prediction, { lengths: steps });
			// An LSTM has two states a direction, of which the first is the output.
			const [forward, back] = [states[1]![0]!, states[1]![states[1]!.length / 2]!];
			const got = await run(
				{ x, lengths: steps, ...named },
				{ outputs, last, both: ops.concat([forward, back], 1) },
				{ x: tensor('float32', [B, T, E], numbers([B, T, E], 0)), lengths: tensor('int32', [B], lengths), ...feeds },
			);
			const y = got.outputs!.data as Float32Array;
			const at = (text: number, step: number, from: number) =>
				Array.from(y.slice((text * T + step) * 2 * H + from, (text * T + step) * 2 * H + from + H));
			const ends = lengths.flatMap((length, text) => [...at(text, length - 1, 0), ...at(text, 0, H)]);
			expect(farthest(got.last!.data as Float32Array, ends)).toBeLessThan(1e-6);
			expect(farthest(got.both!.data as Float32Array, ends)).toBeLessThan(1e-6);
		});

		it(`${kind}: a text read in two parts, with the states of the first, is the text read at once`, async () => {
			const { layer, named, feeds } = layerOf(false);
			const [first, second] = [ops.slice(x, 1, 0, 2), ops.slice(x, 1, 2, T)] as const;
			const once = layer.apply(x, nn.prediction).outputs;
			const begun = layer.apply(first, nn.prediction);
			const rest = layer.apply(second, nn.prediction, { states: begun.states }).outputs;
			const twice = ops.concat([begun.outputs, rest], 1);
			const given = { x: tensor('float32', [B, T, E], numbers([B, T, E], 0)), ...feeds };
			const got = await run({ x, ...named }, { once, twice }, given);
			expect(farthest(got.twice!.data as Float32Array, Array.from(got.once!.data as Float32Array))).toBeLessThan(1e-6);
		});

		it(`${kind}: a layer is one loop forward and one back, whatever its directions`, () => {
			const { layer, named } = layerOf(true);
			const { outputs } = layer.apply(x, nn.prediction, { lengths: steps });
			const wanted: Record<string, Value> = { x, ...named };
			const gradients = backward(ops.reduceSum(outputs), Object.values(wanted));
			const outputsOf = Object.fromEntries(Object.keys(wanted).map((name, place) => [`g.${name}`, gradients[place]!]));
			const { graph } = emit({ inputs: { ...wanted, lengths: steps }, outputs: { outputs, ...outputsOf } });
			expect(graph.nodes.filter(({ op }) => op === 'Scan').length).toBe(4);
		});
	}
});
