export { type ConstantOptions, constant } from './constant.js';
export { type CosineOptions, type CosineRestartsOptions, cosine, cosineRestarts } from './cosine.js';
export { type ExponentialOptions, exponential, type MultiStepOptions, multiStep, type StepOptions, step } from './decay.js';
export { type LinearOptions, linear } from './linear.js';
export { type OneCycleOptions, oneCycle } from './one-cycle.js';
export { type PlateauOptions, plateau } from './plateau.js';
export type { Counted, GivenSchedule, Schedule, ScheduleSpec } from './schedule.js';
export { type SequentialOptions, sequential } from './sequential.js';
export { type WarmupOptions, warmup } from './warmup.js';
