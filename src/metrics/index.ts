export { accuracy } from './accuracy.js';
export type { ClassCount, ClassCounts } from './averages.js';
export { type BleuCounts, type BleuOptions, bleu, type Tokens, type Translation } from './bleu.js';
export { confusion } from './confusion.js';
export { type F1Options, f1 } from './f1.js';
export type { MeasuredBatch, Metric } from './metric.js';
export { type PerplexityOptions, perplexity } from './perplexity.js';
export type { ClassMetricOptions } from './predicted.js';
export { type SpanF1Options, spanF1 } from './span-f1.js';
