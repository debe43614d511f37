export {
	type BinaryLossOptions,
	binaryCrossEntropy,
	binaryCrossEntropyWithLogits,
	type LogitsLossOptions,
} from './binary-cross-entropy.js';
export { type ClassLossOptions, type CrossEntropyOptions, crossEntropy, nllLoss } from './cross-entropy.js';
export { l1Loss, mseLoss, type SmoothL1Options, smoothL1Loss } from './distances.js';
export { type KlDivergenceOptions, klDivergence } from './kl-divergence.js';
export { type Loss, loss, meanLoss, weighted } from './loss.js';
