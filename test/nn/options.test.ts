// Options of layers that cannot be meant: each is one line that says who, what was expected, what came and what to do.

import * as layers from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import type { LayerName } from './layers.js';

// As JavaScript calls it: without types.
// biome-ignore lint/suspicious/noExplicitAny: what TypeScript refuses is what these tests are about.
const nn = layers as any;
const layer = nn.relu();

/** What each layer says to options that it does not have, or cannot use; `null` where it has none. */
const refused: Record<LayerName, readonly (readonly [call: () => unknown, message: string])[] | null> = {
	...{ relu: null, selu: null, softplus: null, sigmoid: null, tanh: null, averagePooling: null },
	leakyRelu: [[() => nn.leakyRelu({ slop: 1 }), 'leakyRelu: expected an option that it has, got slop. Did you mean slope?']],
	elu: [[() => nn.elu({ alpha: '1' }), "elu: expected alpha to be a number, got '1'. Correct it, or leave it out."]],
	gelu: [[() => nn.gelu({ approximate: 'erf' }), "gelu: expected approximate to be one of 'none', 'tanh', got 'erf'."]],
	prelu: [[() => nn.prelu({ channels: 0 }), 'prelu: expected channels to be a whole number from 1, got 0. Correct it, or leave it out.']],
	linear: [
		[() => nn.linear({ in: 3 }), 'linear: expected out to be a whole number from 1, got nothing. Pass it.'],
		[() => nn.linear({ in: 3, out: 2.5 }), 'linear: expected out to be a whole number from 1, got 2.5. Correct it.'],
		[() => nn.linear({ in: 3, out: 2, biased: false }), 'linear: expected an option that it has, got biased. Did you mean bias?'],
		[() => nn.linear(3, 2), 'linear: expected an object of options, got 3. Pass one such as { in: … }.'],
		[() => nn.linear({ in: 3, out: 2, initial: 0 }), 'linear: expected initial to be a function, got 0. Correct it, or leave it out.'],
	],
	embedding: [
		[() => nn.embedding({ size: 3, width: 2, pad: 0 }), 'embedding: expected an option that it has, got pad. Did you mean padding?'],
		[
			() => nn.embedding({ size: 3, width: 2, padding: 3 }),
			'embedding: expected the id of padding in 0 … 2, got 3. Leave it out for none.',
		],
		[() => nn.embedding({ size: 3, width: 2, padding: null }), 'embedding: expected padding to be a whole number from 0, got null.'],
		[() => nn.embedding({ size: 3, width: 2, vectors: [1] }), 'embedding: expected vectors to be a Float32Array, got [ 1 ].'],
		[
			() => nn.embedding({ size: 3, width: 2, initial: nn.zeros, deviation: 1 }),
			'embedding: expected initial or deviation, got both. Leave one out.',
		],
	],
	conv1d: [
		[() => nn.conv1d({ in: 1, out: 1, width: 3 }), 'conv1d: expected an option that it has, got width. It has stride, '],
		[
			() => nn.conv1d({ in: 1, out: 1, kernel: [3, 3] }),
			'conv1d: expected a kernel size for each of 1 axes, got 2. Pass one number for all.',
		],
		[() => nn.conv1d({ in: 1, out: 1, kernel: 3, padding: 'valid' }), "conv1d: expected padding to be 'same' or a whole number from 0 or "],
		[() => nn.conv1d({ in: 1, out: 1, kernel: 3, stride: 0 }), 'conv1d: expected stride to be a whole number from 1 or an array'],
	],
	conv2d: [
		[
			() => nn.conv2d({ in: 1, out: 1, kernel: 0 }),
			'conv2d: expected kernel to be a whole number from 1 or an array of whole numbers from 1, got 0. Correct it.',
		],
	],
	convTranspose1d: [
		[() => nn.convTranspose1d({ in: 1, out: 1, kernel: 2, padding: 'same' }), "convTranspose1d: expected padding to be 'same' or"],
	],
	convTranspose2d: [
		[
			() => nn.convTranspose2d({ in: 1, out: 1, kernel: 2, outputPadding: -1 }),
			'convTranspose2d: expected outputPadding to be a whole number from 0 or an array, each item a whole number from 0, got -1.',
		],
	],
	depthwiseSeparable: [
		[
			() => nn.depthwiseSeparable({ in: 1, out: 1, kernel: 3, groups: 2 }),
			'depthwiseSeparable: expected an option that it has, got groups.',
		],
	],
	maxPool: [
		[() => nn.maxPool({ kernel: 2, strides: 2 }), 'maxPool: expected an option that it has, got strides. Did you mean stride?'],
		[
			() => nn.maxPool({}),
			'maxPool: expected kernel to be a whole number from 1 or an array of whole numbers from 1, got nothing. Pass it.',
		],
	],
	averagePool: [[() => nn.averagePool({ kernel: 2, countPadding: 1 }), 'averagePool: expected countPadding to be true or false, got 1.']],
	adaptiveMaxPool: [[() => nn.adaptiveMaxPool(3), 'adaptiveMaxPool: expected an object of options, got 3. Pass one such as { size: … }.']],
	adaptiveAveragePool: [
		[() => nn.adaptiveAveragePool({ size: [] }), 'adaptiveAveragePool: expected size to be a whole number from 1 or an'],
	],
	maxOverTime: [
		[() => nn.maxOverTime({ axis: 3 }), 'maxOverTime: expected axis to be 1 or 2, got 3. Transpose the value where time is elsewhere.'],
	],
	meanOverTime: [[() => nn.meanOverTime({ axes: 1 }), 'meanOverTime: expected an option that it has, got axes. Did you mean axis?']],
	convMax: [
		[
			() => nn.convMax({ in: 1, out: 1, kernels: [3, 2] }),
			'convMax: expected kernels to be whole numbers from 1 in ascending order, got [ 3, 2 ]. Pass some, such as [3, 4, 5].',
		],
		[() => nn.convMax({ in: 1, out: 1, kernels: [] }), 'convMax: expected kernels to be whole numbers from 1 in ascending order, got [].'],
	],
	convMaxPool: [
		[() => nn.convMaxPool({ in: 1, out: 1, kernel: 2 }), 'convMaxPool: expected pool to be a whole number from 1, got nothing.'],
	],
	batchNorm: [[() => nn.batchNorm({ channels: 2, momentum: 2 }), 'batchNorm: expected momentum to be a share from 0 to 1, got 2.']],
	layerNorm: [[() => nn.layerNorm({ width: 2, epsilon: 0 }), 'layerNorm: expected epsilon to be a number above 0, got 0.']],
	dropout: [
		[() => nn.dropout(1), 'dropout: expected rate to be a share from 0 to below 1, got 1. Try 0.1 or 0.5.'],
		[() => nn.dropout(), 'dropout: expected rate to be a share from 0 to below 1, got nothing.'],
		[() => nn.dropout(0.5, { whole: true }), 'dropout: expected whole to be a whole number from 0, got true.'],
	],
	residual: [
		[
			() => nn.residual(),
			'residual: expected body to be a layer, got nothing. Make it with nn, or give an object of parameters and apply.',
		],
		[() => nn.residual(layer, { shortcut: 1 }), 'residual: expected shortcut to be a layer, got 1.'],
	],
	parallel: [
		[() => nn.parallel([]), 'parallel: expected at least one branch, got none. Pass some layers.'],
		[() => nn.parallel([layer], { axes: 1 }), 'parallel: expected an option that it has, got axes. Did you mean axis?'],
	],
	denseBlock: [[() => nn.denseBlock([layer, nn.tanh]), 'denseBlock: expected layer 1 to be a layer, got [Function (anonymous)].']],
	sequential: [
		[
			() => nn.sequential(5),
			'sequential: expected layers to be an array of layers or an object, got 5. Pass a list of layers, or layers by name.',
		],
	],
	timeDistributed: [[() => nn.timeDistributed(nn.relu), 'timeDistributed: expected layer to be a layer, got [Function (anonymous)].']],
	rnn: [
		[() => nn.rnn({ in: 1, out: 1, nonlinearity: 'sin' }), "rnn: expected nonlinearity to be one of 'tanh', 'relu', 'none', got 'sin'."],
	],
	gru: [
		[() => nn.gru({ in: 1, out: 1, hidden: 2 }), 'gru: expected an option that it has, got hidden. It has in, out, layers, '],
		[() => nn.gru({ in: 1, out: 1, layers: 0 }), 'gru: expected layers to be a whole number from 1, got 0.'],
	],
	lstm: [[() => nn.lstm({ in: 1, out: 1, bidirectional: 'yes' }), "lstm: expected bidirectional to be true or false, got 'yes'."]],
	recurrent: [[() => nn.recurrent('own', nn.lstmCell, { in: 1 }), 'own: expected out to be a whole number from 1, got nothing. Pass it.']],
	multiHeadAttention: [
		[
			() => nn.multiHeadAttention({ width: 4, head: 2 }),
			'multiHeadAttention: expected an option that it has, got head. Did you mean heads?',
		],
		[
			() => nn.multiHeadAttention({ width: 4, heads: 3 }),
			'multiHeadAttention: expected a width that heads divide, got 4 and 3. Change one of them.',
		],
	],
	additiveAttention: [
		[() => nn.additiveAttention({ queries: 1 }), 'additiveAttention: expected an option that it has, got queries. It has queryWidth, '],
	],
	kernelPooling: [
		[
			() => nn.kernelPooling({ bandwidth: 0 }),
			'kernelPooling: expected bandwidth to be a number above 0, got 0. Take a typical distance between keys.',
		],
	],
	encoderBlock: [
		[() => nn.encoderBlock({ width: 4, heads: 2, dropout: 1 }), 'encoderBlock: expected dropout to be a share from 0 to below 1, got 1.'],
	],
	decoderBlock: [
		[() => nn.decoderBlock({ width: 4, heads: 2, norm: 'pre' }), "decoderBlock: expected norm to be one of 'after', 'before', got 'pre'."],
	],
	learnedPositions: [
		[() => nn.learnedPositions({ width: 4 }), 'learnedPositions: expected size to be a whole number from 1, got nothing. Pass it.'],
	],
	sinusoidalPositions: [
		[() => nn.sinusoidalPositions({ width: 3 }), 'sinusoidalPositions: expected width to be an even number from 2, got 3. Add 1.'],
	],
};

describe('options of layers', () => {
	for (const [name, cases] of Object.entries(refused)) {
		for (const [call, message] of cases ?? []) it(`${name}: ${message}`, () => expect(call).toThrow(message));
	}
});

it('options of a summary', () => {
	expect(() => nn.summary(layer, { input: ['batch', 3] })).toThrow(
		'summary: expected an option that it has, got input. Did you mean inputs?',
	);
});

describe('ids of an embedding', () => {
	const rows = (options: layers.EmbeddingOptions) => {
		const { weight } = layers.embedding(options).parameters;
		return { weight, first: Array.from(weight.initial(weight.shape, (i) => randomFloat(1, 0, i)).subarray(0, options.width)) };
	};

	it('have vectors that learn, 0 like any other, unless one is padding', () => {
		const { weight, first } = rows({ size: 5, width: 3 });
		expect(weight.frozenRow).toBeUndefined();
		expect(first.every((number) => number !== 0)).toBe(true);
		const padded = rows({ size: 5, width: 3, padding: 0 });
		expect(padded.weight.frozenRow).toBe(0);
		expect(padded.first).toEqual([0, 0, 0]);
		expect(rows({ size: 5, width: 3, padding: 0, vectors: new Float32Array(15).fill(1) }).first).toEqual([0, 0, 0]);
		expect(rows({ size: 5, width: 3, vectors: new Float32Array(15).fill(1) }).first).toEqual([1, 1, 1]);
	});
});
