export type { Decoder, Decoding, Likeliest, Logits, Looks, Marks, Step } from './decoder.js';
export { generate } from './generate.js';
export { openDecoder } from './hugging-face/open-decoder.js';
export {
	type BeamOptions,
	courseBeams,
	type GenerateOptions,
	type LengthOptions,
	type SamplingOptions,
	type TokenOptions,
} from './options.js';
export { openPrograms, type Programs, type ProgramsOptions } from './programs.js';
export type { DecoderOptions } from './replicas.js';
export type { Hypothesis } from './search/index.js';
