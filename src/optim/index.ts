export { adam } from './adam.js';
export type { Clock, Optimizer, RowUpdate } from './optimizer.js';
export { reviveOptimizer } from './revive.js';
