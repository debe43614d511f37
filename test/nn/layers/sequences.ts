// Rows of layers over sequences: recurrence, attention, transformer blocks, positions.
import { ops, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { family, type LayerForm, untyped } from './row.js';

const [b, t] = ['batch', 'time'] as const;

/** Texts of 5 and 3 steps, of 3 numbers each, read to their ends. */
function steps(layer: nn.RecurrentLayer, { who, wide = 2, free = false }: { who: string; wide?: number; free?: boolean }): LayerForm {
	return {
		layer,
		shape: [2, 5, 3],
		named: [b, t, 3],
		output: [b, t, wide],
		lengths: !free,
		apply: (x, mode, { lengths }) => layer.apply(x, mode, free ? {} : { lengths }).outputs,
		wrong: [[b, t, 5], `${who}: expected batch×time×3, got batch×time×5. Set in: 5 or add a projection.`],
	};
}

/** Numbers that leave softmax soft, so that a central difference is near. */
const at = (index: number, place: number) => Math.sin(12.9898 * (index + 1) + 78.233 * (place + 1)) / 2;

/** Texts of 5 and 3 vectors of 4 numbers. */
function vectors<Given>(
	layer: nn.Layer<[x: Value, mode: nn.Mode, given: Given]>,
	given: (lengths: Value) => Given,
	wrong: LayerForm['wrong'] = null,
): LayerForm {
	const apply = (x: Value, mode: nn.Mode, { lengths }: { lengths: Value }) => layer.apply(x, mode, given(lengths));
	return { layer, shape: [2, 5, 4], named: [b, t, 4], output: [b, t, 4], lengths: true, at, apply, wrong };
}

/** Three queries for each text, of `width` numbers, over a memory of 5 and 3 vectors of `keys` numbers. */
function looking(
	layer: LayerForm['layer'],
	apply: NonNullable<LayerForm['apply']>,
	{ width = 4, keys = 4, wrong = null }: { width?: number; keys?: number; wrong?: LayerForm['wrong'] } = {},
): LayerForm {
	return {
		layer,
		apply,
		shape: [2, 3, width],
		named: [b, 'queries', width],
		memory: { shape: [2, 5, keys], named: [b, t, keys] },
		output: [b, 'queries', keys],
		lengths: true,
		at,
		wrong,
	};
}

/** Attention that also gives its weights, with lengths. */
const attended =
	(layer: nn.Layer<[x: Value, mode: nn.Mode, given?: nn.AttentionInputs], nn.Attended>): NonNullable<LayerForm['apply']> =>
	(x, mode, { memory, lengths }) =>
		layer.apply(x, mode, { memory, lengths }).output;

/** Nadaraya and Watson's setting: numbers, all in one row, keys that are the queries, each of which leaves itself out. */
function numbers(layer: nn.AttentionPooling, wrong: LayerForm['wrong'] = null): LayerForm {
	const others = (x: Value) => ops.not(ops.equal(ops.unsqueeze(ops.places(x, 0), [0]), ops.unsqueeze(ops.places(x, 0), [1])));
	const apply = (x: Value, mode: nn.Mode) => layer.apply(x, mode, { values: ops.mul(x, x), allowed: others(x) }).output;
	return { layer, shape: [6], named: ['points'], output: ['points'], apply, wrong };
}

const attentionSays = 'multiHeadAttention: expected batch×time×4, got batch×time×5. Set width: 5 or add a projection.';

const normSays = 'layerNorm: expected 4 as last dimensions, got batch×time×5. Set width: 5.';

export function sequences() {
	const sizes = { in: 3, out: 2 };
	const both = { ...sizes, bidirectional: true };
	const block = { width: 4, heads: 2, hidden: 6 };
	const [attention, decoder, before] = [
		nn.multiHeadAttention({ width: 4, heads: 2 }),
		nn.decoderBlock(block),
		nn.decoderBlock({ ...block, activation: 'gelu', norm: 'before' }),
	];
	const additive = nn.additiveAttention({ queryWidth: 3, keyWidth: 4, hidden: 5 });
	const [average, kernel, learned] = [nn.averagePooling(), nn.kernelPooling({ bandwidth: 0.5 }), nn.kernelPooling({ learned: true })];
	const decode = (layer: typeof decoder, says: string): LayerForm =>
		looking(layer, (x, mode, { memory, lengths }) => layer.apply(x, mode, { memory, memoryLengths: lengths }), {
			wrong: [[b, t, 5], says],
		});
	const positions = { shape: [2, 5, 4], named: [b, t, 4], output: [b, t, 4] } as const;
	return family({
		rnn: {
			golden: {
				rnn: steps(nn.rnn(sizes), { who: 'rnn' }),
				'rnn, both directions, two layers': steps(nn.rnn({ ...both, layers: 2 }), { who: 'rnn', wide: 4 }),
				'rnn, relu': steps(nn.rnn({ ...both, nonlinearity: 'relu' }), { who: 'rnn', wide: 4 }),
				'rnn, linear, no biases': steps(nn.rnn({ ...sizes, nonlinearity: 'none', bias: false }), { who: 'rnn' }),
			},
			refuses: [
				[
					() => untyped.rnn({ in: 1, out: 1, nonlinearity: 'sin' }),
					"rnn: expected nonlinearity to be one of 'tanh', 'relu', 'none', got 'sin'.",
				],
			],
		},
		gru: {
			golden: {
				gru: steps(nn.gru(sizes), { who: 'gru' }),
				'gru of whole texts, two layers': steps(nn.gru({ ...sizes, layers: 2 }), { who: 'gru', free: true }),
				'gru, both directions, two layers': steps(nn.gru({ ...both, layers: 2, dropout: 0.5 }), { who: 'gru', wide: 4 }),
				'gru, both directions, no biases': steps(nn.gru({ ...both, bias: false }), { who: 'gru', wide: 4 }),
				'gru, reset before': steps(nn.gru({ ...sizes, reset: 'before' }), { who: 'gru' }),
				'gru, reset before, no biases': steps(nn.gru({ ...sizes, reset: 'before', bias: false }), { who: 'gru' }),
			},
			refuses: [
				[() => untyped.gru({ in: 1, out: 1, hidden: 2 }), 'gru: expected an option that it has, got hidden. It has in, out, layers, '],
				[() => untyped.gru({ in: 1, out: 1, layers: 0 }), 'gru: expected layers to be a whole number from 1, got 0.'],
			],
		},
		lstm: {
			golden: {
				lstm: steps(nn.lstm(sizes), { who: 'lstm' }),
				'lstm, both directions, two layers': steps(nn.lstm({ ...both, layers: 2 }), { who: 'lstm', wide: 4 }),
				'lstm, both directions, no biases': steps(nn.lstm({ ...both, bias: false }), { who: 'lstm', wide: 4 }),
			},
			refuses: [
				[() => untyped.lstm({ in: 1, out: 1, bidirectional: 'yes' }), "lstm: expected bidirectional to be true or false, got 'yes'."],
			],
		},
		recurrent: {
			golden: { recurrent: steps(nn.recurrent('elman', nn.simpleCell('tanh'), sizes), { who: 'elman' }) },
			refuses: [
				[
					() => untyped.recurrent('own', untyped.lstmCell, { in: 1 }),
					'own: expected out to be a whole number from 1, got nothing. Pass it.',
				],
			],
		},
		multiHeadAttention: {
			golden: {
				multiHeadAttention: vectors(attention, (lengths) => ({ lengths }), [[b, t, 5], attentionSays]),
				'multiHeadAttention, causal': vectors(nn.multiHeadAttention({ width: 4, heads: 2 }), (lengths) => ({ lengths, causal: true })),
				'multiHeadAttention over a memory': looking(attention, (x, mode, beside) => attention.apply(x, mode, beside)),
			},
			refuses: [
				[
					() => untyped.multiHeadAttention({ width: 4, head: 2 }),
					'multiHeadAttention: expected an option that it has, got head. Did you mean heads?',
				],
				[
					() => untyped.multiHeadAttention({ width: 4, heads: 3 }),
					'multiHeadAttention: expected a width that heads divide, got 4 and 3. Change one of them.',
				],
			],
		},
		additiveAttention: {
			golden: {
				additiveAttention: looking(additive, attended(additive), {
					width: 3,
					wrong: [
						[b, t, 5],
						'additiveAttention: expected batch×time×3, got batch×time×5. Set queryWidth and keyWidth, or add a projection.',
					],
				}),
			},
			refuses: [
				[
					() => untyped.additiveAttention({ queries: 1 }),
					'additiveAttention: expected an option that it has, got queries. It has queryWidth, ',
				],
			],
		},
		averagePooling: {
			golden: {
				// The output does not depend on the queries: as a residual connection it has a gradient for them, too.
				averagePooling: looking(average, (x, mode, beside) => ops.add(x, attended(average)(x, mode, beside))),
				'averagePooling of numbers': numbers(nn.averagePooling(), [
					[],
					'averagePooling: expected queries and keys of as many axes from 1, got scalar and scalar. Reshape one of them.',
				]),
			},
			refuses: 'no options',
		},
		kernelPooling: {
			golden: {
				kernelPooling: looking(kernel, attended(kernel)),
				'kernelPooling, learned': looking(learned, attended(learned)),
				'kernelPooling of numbers, learned': numbers(nn.kernelPooling({ learned: true }), [
					[],
					'kernelPooling: expected queries and keys of as many axes from 1, got scalar and scalar. Reshape one of them.',
				]),
			},
			refuses: [
				[
					() => untyped.kernelPooling({ bandwidth: 0 }),
					'kernelPooling: expected bandwidth to be a number above 0, got 0. Take a typical distance between keys.',
				],
			],
		},
		encoderBlock: {
			golden: {
				encoderBlock: vectors(nn.encoderBlock(block), (lengths) => ({ lengths }), [[b, t, 5], attentionSays]),
				'encoderBlock, gelu, normalized before': vectors(nn.encoderBlock({ ...block, activation: 'gelu', norm: 'before' }), (lengths) => ({
					lengths,
				})),
			},
			refuses: [
				[
					() => untyped.encoderBlock({ width: 4, heads: 2, dropout: 1 }),
					'encoderBlock: expected dropout to be a share from 0 to below 1, got 1.',
				],
			],
		},
		decoderBlock: {
			golden: {
				// Other numbers: with those above an input of ReLU is too near to 0.
				decoderBlock: { ...decode(decoder, attentionSays), at: (index, place) => at(index, place + 1) },
				'decoderBlock, gelu, normalized before': decode(before, normSays),
			},
			refuses: [
				[
					() => untyped.decoderBlock({ width: 4, heads: 2, norm: 'pre' }),
					"decoderBlock: expected norm to be one of 'after', 'before', got 'pre'.",
				],
			],
		},
		learnedPositions: {
			golden: {
				learnedPositions: {
					...positions,
					layer: nn.learnedPositions({ size: 6, width: 4 }),
					wrong: [[b, t, 5], 'learnedPositions: expected batch×time×4, got batch×time×5. Set width: 5.'],
				},
			},
			refuses: [
				[
					() => untyped.learnedPositions({ width: 4 }),
					'learnedPositions: expected size to be a whole number from 1, got nothing. Pass it.',
				],
			],
		},
		sinusoidalPositions: {
			golden: {
				sinusoidalPositions: {
					...positions,
					layer: nn.sinusoidalPositions({ width: 4 }),
					wrong: [[b, t, 6], 'sinusoidalPositions: expected batch×time×4, got batch×time×6. Set width: 6.'],
				},
			},
			refuses: [
				[() => untyped.sinusoidalPositions({ width: 3 }), 'sinusoidalPositions: expected width to be an even number from 2, got 3. Add 1.'],
			],
		},
	});
}
