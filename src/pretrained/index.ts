// Models that others have pretrained, taken in from their folders, and pretraining of one's own.
export type { EncoderOptions } from './encoder.js';
export type { BuiltEncoder, EncoderInputs, EncoderModel } from './encoder-model.js';
export type { FineTuningOptions } from './fine-tuning.js';
export type { Masking } from './masking.js';
export { type Pretraining, type PretrainingOptions, type PretrainingRecipe, type PretrainProgress, pretrain } from './pretrain.js';
export { type EncodingOptions, type Pretrained, type PretrainedOptions, pretrained } from './pretrained.js';
