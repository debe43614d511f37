// Layers over sequences as rows of the table of layers: recurrence, attention, transformer blocks, positions.
import { ops, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import type { LayerRow, Rows } from './layer-row.js';

/** Layers whose texts have lengths, or that look at something beside their input. */
export type OverSequences =
	| ('rnn' | 'gru' | 'lstm' | 'recurrent')
	| ('multiHeadAttention' | 'additiveAttention' | 'averagePooling' | 'kernelPooling')
	| ('encoderBlock' | 'decoderBlock' | 'learnedPositions' | 'sinusoidalPositions');

const [b, t] = ['batch', 'time'] as const;

/** Texts of 5 and 3 steps, of 3 numbers each, read to their ends. */
function steps(layer: nn.RecurrentLayer, { who, wide = 2, free = false }: { who: string; wide?: number; free?: boolean }): LayerRow {
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
	wrong: LayerRow['wrong'] = null,
): LayerRow {
	const apply = (x: Value, mode: nn.Mode, { lengths }: { lengths: Value }) => layer.apply(x, mode, given(lengths));
	return { layer, shape: [2, 5, 4], named: [b, t, 4], output: [b, t, 4], lengths: true, at, apply, wrong };
}

/** Three queries for each text, of `width` numbers, over a memory of 5 and 3 vectors of `keys` numbers. */
function looking(
	layer: LayerRow['layer'],
	apply: NonNullable<LayerRow['apply']>,
	{ width = 4, keys = 4, wrong = null }: { width?: number; keys?: number; wrong?: LayerRow['wrong'] } = {},
): LayerRow {
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
	(layer: nn.Layer<[x: Value, mode: nn.Mode, given?: nn.AttentionInputs], nn.Attended>): NonNullable<LayerRow['apply']> =>
	(x, mode, { memory, lengths }) =>
		layer.apply(x, mode, { memory, lengths }).output;

/** Nadaraya and Watson's setting: numbers, all in one row, keys that are the queries, each of which leaves itself out. */
function numbers(layer: nn.AttentionPooling, wrong: LayerRow['wrong'] = null): LayerRow {
	const others = (x: Value) => ops.not(ops.equal(ops.unsqueeze(ops.places(x, 0), [0]), ops.unsqueeze(ops.places(x, 0), [1])));
	const apply = (x: Value, mode: nn.Mode) => layer.apply(x, mode, { values: ops.mul(x, x), allowed: others(x) }).output;
	return { layer, shape: [6], named: ['points'], output: ['points'], apply, wrong };
}

const attentionSays = 'multiHeadAttention: expected batch×time×4, got batch×time×5. Set width: 5 or add a projection.';

const normSays = 'layerNorm: expected 4 as last dimensions, got batch×time×5. Set width: 5.';

/** These layers, built anew. */
export function overSequences(): Rows<OverSequences> {
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
	const decode = (layer: typeof decoder, says: string): LayerRow =>
		looking(layer, (x, mode, { memory, lengths }) => layer.apply(x, mode, { memory, memoryLengths: lengths }), {
			wrong: [[b, t, 5], says],
		});
	const positions = { shape: [2, 5, 4], named: [b, t, 4], output: [b, t, 4] } as const;
	return {
		rnn: {
			rnn: steps(nn.rnn(sizes), { who: 'rnn' }),
			'rnn, both directions, two layers': steps(nn.rnn({ ...both, layers: 2 }), { who: 'rnn', wide: 4 }),
			'rnn, relu': steps(nn.rnn({ ...both, nonlinearity: 'relu' }), { who: 'rnn', wide: 4 }),
			'rnn, linear, no biases': steps(nn.rnn({ ...sizes, nonlinearity: 'none', bias: false }), { who: 'rnn' }),
		},
		gru: {
			gru: steps(nn.gru(sizes), { who: 'gru' }),
			'gru of whole texts, two layers': steps(nn.gru({ ...sizes, layers: 2 }), { who: 'gru', free: true }),
			'gru, both directions, two layers': steps(nn.gru({ ...both, layers: 2, dropout: 0.5 }), { who: 'gru', wide: 4 }),
			'gru, both directions, no biases': steps(nn.gru({ ...both, bias: false }), { who: 'gru', wide: 4 }),
			'gru, reset before': steps(nn.gru({ ...sizes, reset: 'before' }), { who: 'gru' }),
			'gru, reset before, no biases': steps(nn.gru({ ...sizes, reset: 'before', bias: false }), { who: 'gru' }),
		},
		lstm: {
			lstm: steps(nn.lstm(sizes), { who: 'lstm' }),
			'lstm, both directions, two layers': steps(nn.lstm({ ...both, layers: 2 }), { who: 'lstm', wide: 4 }),
			'lstm, both directions, no biases': steps(nn.lstm({ ...both, bias: false }), { who: 'lstm', wide: 4 }),
		},
		recurrent: { recurrent: steps(nn.recurrent('elman', nn.simpleCell('tanh'), sizes), { who: 'elman' }) },
		multiHeadAttention: {
			multiHeadAttention: vectors(attention, (lengths) => ({ lengths }), [[b, t, 5], attentionSays]),
			'multiHeadAttention, causal': vectors(nn.multiHeadAttention({ width: 4, heads: 2 }), (lengths) => ({ lengths, causal: true })),
			'multiHeadAttention over a memory': looking(attention, (x, mode, beside) => attention.apply(x, mode, beside)),
		},
		additiveAttention: {
			additiveAttention: looking(additive, attended(additive), {
				width: 3,
				wrong: [[b, t, 5], 'additiveAttention: expected batch×time×3, got batch×time×5. Set queryWidth and keyWidth, or add a projection.'],
			}),
		},
		averagePooling: {
			// The output does not depend on the queries: as a residual connection it has a gradient for them, too.
			averagePooling: looking(average, (x, mode, beside) => ops.add(x, attended(average)(x, mode, beside))),
			'averagePooling of numbers': numbers(nn.averagePooling(), [
				[],
				'averagePooling: expected queries and keys of as many axes from 1, got scalar and scalar. Reshape one of them.',
			]),
		},
		kernelPooling: {
			kernelPooling: looking(kernel, attended(kernel)),
			'kernelPooling, learned': looking(learned, attended(learned)),
			'kernelPooling of numbers, learned': numbers(nn.kernelPooling({ learned: true }), [
				[],
				'kernelPooling: expected queries and keys of as many axes from 1, got scalar and scalar. Reshape one of them.',
			]),
		},
		encoderBlock: {
			encoderBlock: vectors(nn.encoderBlock(block), (lengths) => ({ lengths }), [[b, t, 5], attentionSays]),
			'encoderBlock, gelu, normalized before': vectors(nn.encoderBlock({ ...block, activation: 'gelu', norm: 'before' }), (lengths) => ({
				lengths,
			})),
		},
		decoderBlock: {
			// Other numbers: with those above an input of ReLU is too near to 0.
			decoderBlock: { ...decode(decoder, attentionSays), at: (index, place) => at(index, place + 1) },
			'decoderBlock, gelu, normalized before': decode(before, normSays),
		},
		learnedPositions: {
			learnedPositions: {
				...positions,
				layer: nn.learnedPositions({ size: 6, width: 4 }),
				wrong: [[b, t, 5], 'learnedPositions: expected batch×time×4, got batch×time×5. Set width: 5.'],
			},
		},
		sinusoidalPositions: {
			sinusoidalPositions: {
				...positions,
				layer: nn.sinusoidalPositions({ width: 4 }),
				wrong: [[b, t, 6], 'sinusoidalPositions: expected batch×time×4, got batch×time×6. Set width: 6.'],
			},
		},
	};
}
