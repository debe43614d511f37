export { type Advice, advise } from './fit/advice.js';
export { type Checkpoint, loadCheckpoint } from './fit/checkpoint.js';
export { exportModel, modelGraph } from './fit/export-model.js';
export { type FitSettings, fit } from './fit/fit.js';
export type { FitCallback, FitProgress, FitResult, Stop } from './fit/fit-loop.js';
export type { Monitor } from './fit/monitor.js';
export { type PairMarks, pairSamples, type TokenPair } from './fit/pair-samples.js';
export type { FitOptions, FitRecord, Position } from './fit/position.js';
export { type StreamSamplesOptions, streamSamples } from './fit/sample-stream.js';
export { type EpochOptions, type Lengths, type SampleStream, type Samples, subset, tensorSamples } from './fit/samples.js';
export { splitSamples } from './fit/split.js';
export type { Metrics, Validation } from './fit/validate.js';
export type { Diagnosis } from './step/diagnosis.js';
export type { RowOperations } from './step/host-tables.js';
export type { LossParts } from './step/loss-parts.js';
export type { CarriedState, InputPlan, Losses, Minibatch, ModelProgram, Named, Trainable } from './step/model.js';
export { type PlannedParameter, parameterPlan } from './step/parameter-plan.js';
export { rowOperations } from './step/row-operations.js';
export { startReplicas } from './step/start-replicas.js';
export type { State } from './step/state.js';
export type { StepBatch } from './step/step-feeds.js';
export { createStepper, type Evaluated, type Stepper, type StepperOptions, type StepResult } from './step/stepper.js';
export { trainingGraph } from './step/training-graph.js';
export type { TrainingGraph, TrainingGraphOptions } from './step/training-plan.js';
export { initialWeights, type Weights } from './step/weights.js';
export type { Arrays, Inputs } from './task/arrays.js';
export {
	type Architecture,
	modelOf,
	type Network,
	type NetworkInputs,
	type Published,
	type Sizes,
	type SolverData,
	textClassifierModel,
	textInputs,
} from './task/network.js';
export { runnable } from './task/runnable.js';
export type { Learn, Measure } from './task/task.js';
