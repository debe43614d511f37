export { type AveragedOptions, averaged } from './averaged.js';
export { type ClipByNormOptions, clipByNorm } from './clip-by-norm.js';
export { type ClipByValueOptions, clipByValue } from './clip-by-value.js';
export { type Group, type GroupsOptions, groups } from './groups.js';
export { l1, l2, type PenaltyOptions } from './penalty.js';
export { scheduled } from './scheduled.js';
export { type WeightDecayOptions, weightDecay } from './weight-decay.js';
