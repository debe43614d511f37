// The worker thread of a training run.
import type { SessionOptions } from '../graph/index.js';
import { type Optimizer, reviveOptimizer } from '../optim/index.js';
import { serve } from '../stream/index.js';
import { createStepper, type PredictBatch, type State, type StepBatch, type Stepper } from './stepper.js';
import type { TrainingGraph } from './training-graph.js';

/** What a stepper is made of, as plain data. */
export interface StepperPlan {
	readonly graph: TrainingGraph;
	readonly optimizer: Optimizer['spec'];
	readonly weights: State;
	readonly options: SessionOptions;
}

let stepper: Stepper;

const handlers = {
	create: async ({ graph, optimizer, weights, options }: StepperPlan) => {
		stepper = await createStepper(graph, reviveOptimizer(optimizer), weights, options);
	},
	step: (batch: StepBatch) => stepper.step(batch),
	predict: (batch: PredictBatch) => stepper.predict(batch),
	state: () => stepper.state(),
	release: () => stepper.release(),
};

/** The functions that the worker offers. */
export type StepperHandlers = typeof handlers;

serve(handlers);
