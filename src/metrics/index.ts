export { accuracy } from './accuracy.js';
export { confusion } from './confusion.js';
export { type F1Options, f1 } from './f1.js';
export type { MeasuredBatch, Metric } from './metric.js';
export { perplexity } from './perplexity.js';
export type { ClassMetricOptions } from './predicted.js';
