export { constant } from './constant.js';
export { cosine, cosineRestarts } from './cosine.js';
export { exponential, multiStep, step } from './decay.js';
export { linear } from './linear.js';
export { type OneCycleOptions, oneCycle } from './one-cycle.js';
export { type PlateauOptions, plateau } from './plateau.js';
export type { Schedule, ScheduleSpec } from './schedule.js';
export { sequential } from './sequential.js';
export { warmup } from './warmup.js';
