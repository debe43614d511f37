export { averaged } from './averaged.js';
export { clipByNorm } from './clip-by-norm.js';
export { clipByValue } from './clip-by-value.js';
export { type Group, groups } from './groups.js';
export { l1, l2, type PenaltyOptions } from './penalty.js';
export { scheduled } from './scheduled.js';
export { weightDecay } from './weight-decay.js';
