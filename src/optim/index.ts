export { adam } from './adam.js';
export type { Clock, Optimizer, RowKernel, RowUpdate } from './optimizer.js';
export { reviveOptimizer } from './revive.js';
