export type { Architecture, Network, TextInputs } from './architecture.js';
export { createStepper, type PredictBatch, type State, type StepBatch, type Stepper } from './stepper.js';
export { type TrainingGraph, type TrainingGraphOptions, trainingGraph } from './training-graph.js';
export { initialWeights } from './weights.js';
