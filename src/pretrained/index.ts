// Models that others have pretrained, taken in from their folders.
export type { EncoderOptions } from './encoder.js';
export { type EncodingOptions, type Pretrained, type PretrainedOptions, pretrained } from './pretrained.js';
