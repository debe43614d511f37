export { elu, gelu, leakyRelu, relu, selu, sigmoid, softplus, tanh } from './activations.js';
export { adaptiveAveragePool, adaptiveMaxPool } from './adaptive-pool.js';
export { type AdditiveAttentionOptions, additiveAttention, type LookedAt } from './additive-attention.js';
export {
	type Attended,
	type AttentionMask,
	type AttentionOptions,
	attention,
	attentionBias,
	attentionWeights,
	maskedSoftmax,
} from './attention.js';
export { type AttentionPooling, averagePooling, kernelPooling } from './attention-pooling.js';
export { batchNorm } from './batch-norm.js';
export { type Cell, type CellWeights, gruCell, lstmCell, simpleCell } from './cells.js';
export { convMax } from './conv-max.js';
export { type ConvMaxPoolOptions, convMaxPool } from './conv-max-pool.js';
export { convTranspose1d } from './conv-transpose1d.js';
export { convTranspose2d } from './conv-transpose2d.js';
export { conv1d } from './conv1d.js';
export { conv2d } from './conv2d.js';
export type { ConvolutionLayer, ConvolutionLayerOptions, TransposedOptions } from './convolution.js';
export { dense } from './dense.js';
export { depthwiseSeparable } from './depthwise-separable.js';
export { dropout } from './dropout.js';
export { type EmbeddingOptions, embedding } from './embedding.js';
export { type Imported, type ImportedOptions, imported } from './imported.js';
export {
	constantly,
	gains,
	type KaimingOptions,
	kaimingNormal,
	kaimingUniform,
	normal,
	ones,
	orthogonal,
	truncatedNormal,
	uniform,
	xavierNormal,
	xavierUniform,
	zeroRow,
	zeros,
} from './initializers.js';
export { type Layer, type Mode, namedParameters, type ParameterTree, prediction } from './layer.js';
export { layerNorm } from './layer-norm.js';
export { type LinearOptions, linear } from './linear.js';
export * from './losses/index.js';
export { type MultiHeadInputs, type MultiHeadOptions, multiHeadAttention } from './multi-head-attention.js';
export { maxOverTime, meanOverTime, type OverTimeOptions } from './over-time.js';
export { parallel } from './parallel.js';
export { averagePool, maxPool } from './pooling.js';
export { learnedPositions, sinusoidalPositions } from './positions.js';
export { prelu } from './prelu.js';
export {
	gru,
	lstm,
	type RecurrentInputs,
	type RecurrentLayer,
	type RecurrentOptions,
	type RecurrentOutputs,
	recurrent,
	rnn,
} from './recurrent.js';
export { residual } from './residual.js';
export { type Chain, type Layers, sequential } from './sequential.js';
export { type InputType, summary } from './summary.js';
export { timeDistributed } from './time-distributed.js';
export { type DecoderInputs, decoderBlock, encoderBlock, type TransformerOptions } from './transformer.js';
