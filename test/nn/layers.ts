// Every layer, with inputs it takes and one that it refuses: what the contract and the golden tests run over.
import { constant, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { apart, positive } from '../graph/check-gradient.js';
import type { LayerName, LayerRow, Rows } from './layer-row.js';
import { type OverSequences, overSequences } from './layers-over-sequences.js';

export type * from './layer-row.js';

/** The lengths of the texts, where a layer takes them. */
export const lengths = [5, 3];

const ids = constant(tensor('int32', [2, 3], [1, 4, 1, 2, 2, 0]));
const [b, t] = ['batch', 'time'] as const;

const matrix = { shape: [3, 4], named: [b, 4], output: [b, 4], wrong: null } as const;
const activation = (layer: nn.Layer): LayerRow => ({ layer, ...matrix });

/** Layers of one input, built anew. */
function ofOneInput(): Rows<Exclude<LayerName, OverSequences>> {
	const embedding = nn.embedding({ size: 5, width: 3, padding: 0 });
	const whole = nn.embedding({ size: 5, width: 3 });
	return {
		linear: {
			linear: {
				layer: nn.linear({ in: 3, out: 2 }),
				shape: [4, 3],
				named: [b, 3],
				output: [b, 2],
				wrong: [[b, 5], 'linear: expected last dimension 3, got 5 (input batch×5). Set in: 5 or add a projection.'],
			},
			'linear over time': { layer: nn.linear({ in: 3, out: 2 }), shape: [2, 4, 3], named: [b, t, 3], output: [b, t, 2], wrong: null },
			'linear without bias': {
				layer: nn.linear({ in: 3, out: 2, bias: false }),
				shape: [4, 3],
				named: [b, 3],
				output: [b, 2],
				wrong: null,
			},
		},
		embedding: {
			embedding: {
				layer: embedding,
				apply: () => embedding.apply(ids),
				output: [2, 3, 3],
				wrong: [
					[b, t],
					'Gather in embedding: expected integer indices, got float32. Cast them to int32 (inputs: float32 5×3, float32 batch×time).',
				],
			},
			'embedding without padding': { layer: whole, apply: () => whole.apply(ids), output: [2, 3, 3], wrong: null },
		},
		conv1d: {
			conv1d: {
				layer: nn.conv1d({ in: 3, out: 4, kernel: 3 }),
				shape: [2, 3, 7],
				named: [b, 3, t],
				output: [b, 4, 'time-2'],
				wrong: [
					[b, t, 3],
					'conv1d: expected batch×3×time, got batch×time×3. Channels come second: transpose it, or set in to their number.',
				],
			},
			'conv1d strided': {
				layer: nn.conv1d({ in: 2, out: 3, kernel: 3, stride: 2, padding: 1 }),
				shape: [2, 2, 7],
				named: [b, 2, 7],
				output: [b, 3, 4],
				wrong: null,
			},
			'conv1d dilated': {
				layer: nn.conv1d({ in: 2, out: 3, kernel: 3, dilation: 2, bias: false }),
				shape: [2, 2, 7],
				named: [b, 2, t],
				output: [b, 3, 'time-4'],
				wrong: null,
			},
			'conv1d in groups': {
				layer: nn.conv1d({ in: 4, out: 6, kernel: 3, groups: 2, padding: 'same' }),
				shape: [2, 4, 5],
				named: [b, 4, t],
				output: [b, 6, t],
				wrong: null,
			},
		},
		conv2d: {
			conv2d: {
				layer: nn.conv2d({ in: 2, out: 3, kernel: [3, 2], padding: [1, 0] }),
				shape: [2, 2, 4, 5],
				named: [b, 2, t, 5],
				output: [b, 3, t, 4],
				wrong: [
					[b, 2, 7],
					'conv2d: expected batch×2×height×width, got batch×2×7. Channels come second: transpose it, or set in to their number.',
				],
			},
			'conv2d strided, dilated, in groups': {
				layer: nn.conv2d({ in: 2, out: 4, kernel: 2, stride: 2, dilation: [1, 2], groups: 2 }),
				shape: [2, 2, 5, 6],
				named: [b, 2, 5, 6],
				output: [b, 4, 2, 2],
				wrong: null,
			},
		},
		convTranspose1d: {
			convTranspose1d: {
				layer: nn.convTranspose1d({ in: 3, out: 2, kernel: 3, stride: 2, padding: 1, outputPadding: 1 }),
				shape: [2, 3, 4],
				named: [b, 3, 4],
				output: [b, 2, 8],
				wrong: [
					[b, 4, 3],
					'convTranspose1d: expected batch×3×time, got batch×4×3. Channels come second: transpose it, or set in to their number.',
				],
			},
		},
		convTranspose2d: {
			convTranspose2d: {
				layer: nn.convTranspose2d({ in: 2, out: 4, kernel: [2, 3], stride: [2, 1], dilation: [1, 2], groups: 2, bias: false }),
				shape: [1, 2, 3, 3],
				named: [b, 2, 3, 3],
				output: [b, 4, 6, 7],
				wrong: [
					[b, 3, 3, 3],
					'convTranspose2d: expected batch×2×height×width, got batch×3×3×3. Channels come second: transpose it, or set in to their number.',
				],
			},
		},
		depthwiseSeparable: {
			depthwiseSeparable: {
				layer: nn.depthwiseSeparable({ in: 3, out: 4, kernel: 3, padding: 2, dilation: 2 }),
				shape: [2, 3, 6],
				named: [b, 3, t],
				output: [b, 4, t],
				wrong: [
					[b, 2, t],
					'conv1d: expected batch×3×time, got batch×2×time. Channels come second: transpose it, or set in to their number.',
				],
			},
		},
		maxPool: {
			maxPool: {
				layer: nn.maxPool({ kernel: 3, stride: 2, padding: 1 }),
				shape: [2, 2, 8],
				named: [b, 2, 8],
				output: [b, 2, 4],
				at: apart,
				wrong: [[b, 4], 'maxPool: expected batch, channels and one or two axes more, got batch×4. Transpose or reshape it.'],
			},
			'maxPool over two axes': {
				layer: nn.maxPool({ kernel: [2, 3], ceil: true }),
				shape: [1, 2, 5, 6],
				named: [b, 2, 5, 6],
				output: [b, 2, 3, 2],
				at: apart,
				wrong: [[b, 2, 5], 'maxPool: expected batch, channels and 2 axes more, got batch×2×5. Transpose or reshape it.'],
			},
		},
		averagePool: {
			averagePool: {
				layer: nn.averagePool({ kernel: 3, stride: 2, padding: 1 }),
				shape: [2, 2, 8],
				named: [b, 2, 8],
				output: [b, 2, 4],
				wrong: [[b, 4], 'averagePool: expected batch, channels and one or two axes more, got batch×4. Transpose or reshape it.'],
			},
			'averagePool over two axes': {
				layer: nn.averagePool({ kernel: 2, stride: 1, padding: 1, countPadding: false }),
				shape: [1, 2, 4, 5],
				named: [b, 2, 4, 5],
				output: [b, 2, 5, 6],
				wrong: null,
			},
		},
		adaptiveMaxPool: {
			adaptiveMaxPool: {
				layer: nn.adaptiveMaxPool({ size: 3 }),
				shape: [2, 2, 7],
				named: [b, 2, 7],
				output: [b, 2, 3],
				at: apart,
				wrong: [
					[b, 2, t],
					'adaptiveMaxPool: expected a known size on axis 2 for 3 windows, got batch×2×time. State it as a number, or ask for 1.',
				],
			},
		},
		adaptiveAveragePool: {
			adaptiveAveragePool: {
				layer: nn.adaptiveAveragePool({ size: 3 }),
				shape: [2, 2, 7],
				named: [b, 2, 7],
				output: [b, 2, 3],
				wrong: [[b, 2], 'adaptiveAveragePool: expected batch, channels and at least one axis more, got batch×2. Transpose or reshape it.'],
			},
			'adaptiveAveragePool over two axes': {
				layer: nn.adaptiveAveragePool({ size: [2, 3] }),
				shape: [1, 2, 5, 7],
				named: [b, 2, 5, 7],
				output: [b, 2, 2, 3],
				wrong: [[b, 2, 7], 'adaptiveAveragePool: expected batch, channels and 2 axes more, got batch×2×7. Transpose or reshape it.'],
			},
			'adaptiveAveragePool to one': {
				layer: nn.adaptiveAveragePool({ size: 1 }),
				shape: [2, 2, 7],
				named: [b, 2, t],
				output: [b, 2, 1],
				wrong: null,
			},
		},
		maxOverTime: {
			maxOverTime: {
				layer: nn.maxOverTime(),
				shape: [2, 5, 3],
				named: [b, t, 3],
				output: [b, 3],
				lengths: true,
				at: apart,
				wrong: [[b, 3], 'maxOverTime: expected batch×time×features, got batch×3. Name the time axis by axis: 1 or 2, or reshape it.'],
			},
			'maxOverTime of channels': {
				layer: nn.maxOverTime({ axis: 2 }),
				shape: [2, 3, 5],
				named: [b, 3, t],
				output: [b, 3],
				lengths: true,
				at: apart,
				wrong: [[b, 3], 'maxOverTime: expected batch×channels×time, got batch×3. Name the time axis by axis: 1 or 2, or reshape it.'],
			},
		},
		meanOverTime: {
			meanOverTime: {
				layer: nn.meanOverTime(),
				shape: [2, 5, 3],
				named: [b, t, 3],
				output: [b, 3],
				lengths: true,
				wrong: [[b, 3], 'meanOverTime: expected batch×time×features, got batch×3. Name the time axis by axis: 1 or 2, or reshape it.'],
			},
		},
		batchNorm: {
			'batchNorm at prediction': {
				layer: nn.batchNorm({ channels: 3 }),
				shape: [4, 3, 2],
				named: [b, 3, t],
				output: [b, 3, t],
				at: positive,
				wrong: [[b, 4], 'batchNorm: expected 3 channels on axis 1, got batch×4. Channels come second: transpose, or set channels: 4.'],
			},
			'batchNorm in training': {
				layer: nn.batchNorm({ channels: 3 }),
				shape: [4, 3, 2],
				named: [b, 3, t],
				output: [b, 3, t],
				training: true,
				wrong: null,
			},
			'batchNorm in training, a matrix': {
				layer: nn.batchNorm({ channels: 3, momentum: 0.3 }),
				shape: [4, 3],
				named: [b, 3],
				output: [b, 3],
				training: true,
				wrong: null,
			},
			'batchNorm in training, two axes': {
				layer: nn.batchNorm({ channels: 2, epsilon: 1e-3 }),
				shape: [2, 2, 3, 2],
				named: [b, 2, 3, 2],
				output: [b, 2, 3, 2],
				training: true,
				wrong: null,
			},
		},
		layerNorm: {
			layerNorm: {
				layer: nn.layerNorm({ width: 4 }),
				shape: [2, 3, 4],
				named: [b, t, 4],
				output: [b, t, 4],
				wrong: [[b, t, 5], 'layerNorm: expected 4 as last dimensions, got batch×time×5. Set width: 5.'],
			},
			'layerNorm of two axes': {
				layer: nn.layerNorm({ width: [3, 4], epsilon: 1e-3 }),
				shape: [2, 3, 4],
				named: [b, 3, 4],
				output: [b, 3, 4],
				wrong: null,
			},
		},
		dropout: { dropout: { layer: nn.dropout(0.5), ...matrix } },
		relu: { relu: activation(nn.relu()) },
		leakyRelu: { leakyRelu: activation(nn.leakyRelu({ slope: 0.2 })) },
		elu: { elu: activation(nn.elu({ alpha: 0.7 })) },
		selu: { selu: activation(nn.selu()) },
		gelu: { gelu: activation(nn.gelu()), 'gelu, tanh': activation(nn.gelu({ approximate: 'tanh' })) },
		softplus: { softplus: activation(nn.softplus()) },
		sigmoid: { sigmoid: activation(nn.sigmoid()) },
		tanh: { tanh: activation(nn.tanh()) },
		prelu: {
			prelu: activation(nn.prelu()),
			'prelu of channels': {
				layer: nn.prelu({ channels: 3 }),
				shape: [2, 3, 4],
				named: [b, 3, t],
				output: [b, 3, t],
				wrong: [[b, 4], 'prelu: expected 3 channels on axis 1, got batch×4. Set channels: 4, or leave it out for one slope.'],
			},
		},
		residual: {
			residual: {
				layer: nn.residual(nn.conv1d({ in: 3, out: 3, kernel: 3, padding: 1 })),
				shape: [2, 3, 5],
				named: [b, 3, t],
				output: [b, 3, t],
				wrong: [
					[b, 2, t],
					'conv1d: expected batch×3×time, got batch×2×time. Channels come second: transpose it, or set in to their number.',
				],
			},
			'residual with a shortcut': {
				layer: nn.residual(nn.conv1d({ in: 3, out: 4, kernel: 3, padding: 1 }), { shortcut: nn.conv1d({ in: 3, out: 4, kernel: 1 }) }),
				shape: [2, 3, 5],
				named: [b, 3, t],
				output: [b, 4, t],
				wrong: null,
			},
		},
		parallel: {
			parallel: {
				layer: nn.parallel([nn.conv1d({ in: 2, out: 3, kernel: 1 }), nn.conv1d({ in: 2, out: 2, kernel: 3, padding: 1 })]),
				shape: [2, 2, 5],
				named: [b, 2, t],
				output: [b, 5, t],
				wrong: [
					[b, 3, t],
					'conv1d: expected batch×2×time, got batch×3×time. Channels come second: transpose it, or set in to their number.',
				],
			},
		},
		denseBlock: {
			denseBlock: {
				layer: nn.denseBlock([nn.conv1d({ in: 2, out: 3, kernel: 1 }), nn.conv1d({ in: 5, out: 2, kernel: 3, padding: 1 })]),
				shape: [2, 2, 5],
				named: [b, 2, t],
				output: [b, 7, t],
				wrong: [
					[b, 3, t],
					'conv1d: expected batch×2×time, got batch×3×time. Channels come second: transpose it, or set in to their number.',
				],
			},
		},
		sequential: {
			sequential: {
				layer: nn.sequential([nn.linear({ in: 3, out: 4 }), nn.tanh(), nn.dropout(0.5), nn.linear({ in: 4, out: 2 })]),
				shape: [5, 3],
				named: [b, 3],
				output: [b, 2],
				wrong: [[b, 5], 'linear: expected last dimension 3, got 5 (input batch×5). Set in: 5 or add a projection.'],
			},
		},
		timeDistributed: {
			timeDistributed: {
				layer: nn.timeDistributed(nn.conv1d({ in: 2, out: 3, kernel: 3 })),
				shape: [2, 3, 2, 5],
				named: [b, t, 2, 5],
				output: [b, t, 3, 3],
				wrong: [[b], 'timeDistributed: expected batch×time and more, got batch. Apply the layer itself.'],
			},
		},
		convMax: {
			convMax: {
				layer: nn.convMax({ in: 3, out: 2, kernels: [2, 3] }),
				shape: [2, 5, 3],
				named: [b, t, 3],
				output: [b, 4],
				lengths: true,
				wrong: [[b, t, 5], 'convMax: expected batch×time×3, got batch×time×5. Set in: 5.'],
			},
		},
		convMaxPool: {
			convMaxPool: {
				layer: nn.convMaxPool({ in: 2, out: 3, kernel: 3, pool: 2 }),
				shape: [2, 7, 2],
				named: [b, 7, 2],
				output: [b, 3, 2],
				wrong: [[b, t, 2], 'convMaxPool: expected batch×time×2 with time a number, got batch×time×2. Cut or fill the texts to one length.'],
			},
			'convMaxPool without pools': {
				layer: nn.convMaxPool({ in: 2, out: 3, kernel: 3, pool: 1 }),
				shape: [2, 5, 2],
				named: [b, 5, 2],
				output: [b, 3, 3],
				wrong: [[b, 2, 2], 'convMaxPool: expected at least 3 steps for windows of 3 in pools of 1, got 2. Make texts longer.'],
			},
		},
	};
}

/** At least one row for each layer, all built anew: the type demands the rows. */
export const build = (): Rows => ({ ...ofOneInput(), ...overSequences() });

export const layers = build();

/** All rows by their names. */
export const rowsOf = (all: Rows): readonly (readonly [name: string, row: LayerRow])[] =>
	Object.values(all).flatMap((own) => Object.entries(own));
