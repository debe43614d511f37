export { accuracy, accuracyScore } from './accuracy.js';
export {
	type AveragePrecisionOptions,
	type AveragePrecisionScoreOptions,
	averagePrecision,
	averagePrecisionScore,
} from './average-precision.js';
export type { ClassCount, ClassCounts } from './averages.js';
export type { ScoreOptions } from './binary.js';
export type { Bins } from './bins.js';
export type { BleuCounts, Tokens } from './bleu/counts.js';
export type { BleuFormula, BleuParts, BleuSmoothing } from './bleu/percent.js';
export { type BleuScore, type BleuScoreOptions, bleuScorer } from './bleu/scorer.js';
export type { BleuTokenizer } from './bleu/tokenizers.js';
export { type BleuOptions, bleu, bleuScore, sentenceBleu, type Translation } from './bleu.js';
export {
	type BootstrapOptions,
	type BootstrapScore,
	bootstrapScore,
	type PairedBootstrap,
	type PairedBootstrapOptions,
	type PairedSystem,
	pairedBootstrap,
} from './bootstrap.js';
export { brier, brierScore } from './brier.js';
export {
	type CalibrationErrorOptions,
	calibrationError,
	type Reliability,
	type ReliabilityBin,
	type ReliabilityOptions,
	reliability,
} from './calibration.js';
export { type ChrfOptions, chrfScore, chrfScorer } from './chrf.js';
export { type ClassesReport, type ClassReportOptions, type ClassRow, type ClassScores, classReport } from './class-report.js';
export type { ClassAverage, ClassScoreOptions, ClassScoreSettings } from './class-score.js';
export {
	type CohenKappaOptions,
	type CohenKappaScoreOptions,
	cohenKappa,
	cohenKappaScore,
	type KappaState,
	type KappaWeights,
} from './cohen-kappa.js';
export { confusion } from './confusion.js';
export { type ConfusionMatrix, confusionMatrix } from './confusion-matrix.js';
export { type EditDistanceOptions, editDistance } from './edit-distance.js';
export { characterErrorRate, type ErrorRateOptions, wordErrorRate } from './error-rate.js';
export { type ExactMatchOptions, exactMatch } from './exact-match.js';
export { type F1Options, f1, f1Score } from './f1.js';
export type { RankedMetricOptions, RankedState } from './fold-ranked.js';
export type { Label } from './labels.js';
export { logLoss, logLossScore } from './log-loss.js';
export type { Scores } from './matrix.js';
export { matthews, matthewsScore } from './matthews.js';
export { type McNemar, type McNemarOptions, mcnemar } from './mcnemar.js';
export type { MeanState } from './mean.js';
export type { MeasuredBatch, Metric } from './metric.js';
export { type PerplexityOptions, perplexity } from './perplexity.js';
export { precision, precisionScore } from './precision.js';
export { type PrecisionRecallCurve, precisionRecallCurve } from './precision-recall-curve.js';
export type { ClassMetricOptions } from './predicted.js';
export type { ColumnAverage, Truth } from './ranked.js';
export { recall, recallScore } from './recall.js';
export { type ReportTableOptions, reportTable } from './report-table.js';
export { type RocAucAverages, type RocAucOptions, type RocAucScoreOptions, rocAuc, rocAucScore } from './roc-auc.js';
export { type RocCurve, type RocCurveOptions, rocCurve } from './roc-curve.js';
export type { SampleOptions } from './samples.js';
export type { ScoreMetricOptions } from './scored.js';
export { type SpanF1Options, spanF1 } from './span-f1.js';
export type { TerWords } from './ter/tokens.js';
export { type TerOptions, type TerScore, terScore, terScorer } from './ter.js';
export type { Interval, ResampleOptions } from './text/resample.js';
export type { CountText, TextScore, TextScorer } from './text/scorer.js';
export type { References } from './text/segments.js';
export type { Settings } from './text/signature.js';
export { type TextbookBleuOptions, textbookBleu } from './textbook-bleu.js';
export { type TokenBleuOptions, tokenBleu } from './token-bleu.js';
