export { adagrad } from './adagrad.js';
export { adam } from './adam.js';
export { adamw } from './adamw.js';
export type {
	Clock,
	Moment,
	Optimizer,
	OptimizerSpec,
	RowKernel,
	RowRule,
	Rows,
	RowUpdate,
	Update,
	Updated,
} from './optimizer.js';
export { reviveOptimizer, reviveSchedule, reviveTransform } from './revive.js';
export { rmsprop } from './rmsprop.js';
export * as schedules from './schedules/index.js';
export { sgd } from './sgd.js';
export { type Transform, transformed } from './transform.js';
export { averagedWeights, averageSlot } from './transforms/averaged.js';
export * as transforms from './transforms/index.js';
