export { elu, gelu, leakyRelu, relu, selu, sigmoid, softplus, tanh } from './activations.js';
export { type AdaptivePoolOptions, adaptiveAveragePool, adaptiveMaxPool } from './adaptive-pool.js';
export { type AdditiveAttentionOptions, type AttentionInputs, additiveAttention } from './additive-attention.js';
export {
	type Attended,
	type AttentionMask,
	type AttentionOptions,
	attention,
	attentionBias,
	attentionWeights,
	fromHeads,
	intoHeads,
	maskedSoftmax,
} from './attention.js';
export { type AttentionPooling, averagePooling, type KernelPoolingOptions, kernelPooling } from './attention-pooling.js';
export { type BatchNormOptions, batchNorm } from './batch-norm.js';
export { type Cell, type CellWeights, gruCell, lstmCell, simpleCell } from './cells.js';
export { type ConvMaxOptions, convMax } from './conv-max.js';
export { type ConvMaxPoolOptions, convMaxPool } from './conv-max-pool.js';
export { convTranspose1d } from './conv-transpose1d.js';
export { convTranspose2d } from './conv-transpose2d.js';
export { conv1d } from './conv1d.js';
export { conv2d } from './conv2d.js';
export type { ConvolutionLayer, ConvolutionLayerOptions, TransposedOptions } from './convolution.js';
export { denseBlock } from './dense-block.js';
export { depthwiseSeparable } from './depthwise-separable.js';
export { type DropoutOptions, dropout } from './dropout.js';
export { type EmbeddingLayer, type EmbeddingOptions, embedding, type PretrainedEmbeddingOptions } from './embedding.js';
export { type Imported, type ImportedOptions, imported } from './imported.js';
export {
	constantly,
	type GainOptions,
	gains,
	type KaimingOptions,
	kaimingNormal,
	kaimingUniform,
	type MeanOptions,
	normal,
	ones,
	orthogonal,
	type TruncatedNormalOptions,
	truncatedNormal,
	uniform,
	xavierNormal,
	xavierUniform,
	zeroRow,
	zeros,
} from './initializers.js';
export { type Layer, type Mode, namedParameters, type ParameterTree, prediction } from './layer.js';
export { type LayerNormOptions, layerNorm } from './layer-norm.js';
export type { JoinOptions, Layers } from './layers.js';
export { type LinearOptions, linear } from './linear.js';
export * from './losses/index.js';
export {
	type KeysAndValues,
	type MultiHeadAttention,
	type MultiHeadInputs,
	type MultiHeadOptions,
	multiHeadAttention,
	type SequencesPast,
	type SequencesStep,
} from './multi-head-attention.js';
export type { Offset } from './offset.js';
export { maxOverTime, meanOverTime, type OverTimeOptions } from './over-time.js';
export { parallel } from './parallel.js';
export { type AveragePoolingOptions, averagePool, maxPool, type PoolingOptions } from './pooling.js';
export { type LearnedPositionsOptions, learnedPositions, type PositionInputs, type Positions, sinusoidalPositions } from './positions.js';
export { type PreluOptions, prelu } from './prelu.js';
export { recompute } from './recompute.js';
export {
	type GruOptions,
	gru,
	lstm,
	type RecurrentInputs,
	type RecurrentLayer,
	type RecurrentOptions,
	type RecurrentOutputs,
	type RecurrentStates,
	type RnnOptions,
	recurrent,
	rnn,
} from './recurrent.js';
export { type ResidualOptions, residual } from './residual.js';
export { sequential } from './sequential.js';
export { type InputType, summary } from './summary.js';
export { timeDistributed } from './time-distributed.js';
export {
	type DecoderBlock,
	type DecoderInputs,
	type DecoderPast,
	type DecoderStep,
	decoderBlock,
	type EncoderBlock,
	encoderBlock,
	type TransformerOptions,
} from './transformer.js';
