export { type AttentionMask, type AttentionOptions, attention, attentionBias } from './attention.js';
export { type Cell, type CellWeights, gruCell, lstmCell, simpleCell } from './cells.js';
export { convMax } from './conv-max.js';
export { conv1d } from './conv1d.js';
export { dropout } from './dropout.js';
export { embedding } from './embedding.js';
export { normal, uniform } from './initializers.js';
export { type Layer, type Mode, namedParameters, type ParameterTree, prediction } from './layer.js';
export { linear } from './linear.js';
export { crossEntropy } from './losses.js';
export { maxOverTime } from './max-over-time.js';
export { type MultiHeadInputs, type MultiHeadOptions, multiHeadAttention } from './multi-head-attention.js';
export { learnedPositions, sinusoidalPositions } from './positions.js';
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
export { type DecoderInputs, decoderBlock, encoderBlock, type TransformerOptions } from './transformer.js';
