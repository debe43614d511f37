// The worker thread of a training run.
import { type Optimizer, reviveOptimizer } from '../../optim/index.js';
import { serve } from '../../stream/index.js';
import type { StepBatch } from './step-feeds.js';
import { createStepper, type State, type Stepper, type StepperOptions } from './stepper.js';
import type { Minibatch } from './trainable.js';
import type { TrainingGraph } from './training-graph.js';

/** What a stepper is made of, as plain data. */
export interface StepperPlan {
	readonly graph: TrainingGraph;
	readonly optimizer: Optimizer['spec'];
	readonly weights: State;
	readonly options: StepperOptions;
}

let stepper: Stepper;

const handlers = {
	create: async ({ graph, optimizer, weights, options }: StepperPlan) => {
		stepper = await createStepper(graph, reviveOptimizer(optimizer), weights, options);
	},
	step: (batch: StepBatch) => stepper.step(batch),
	evaluate: ({ batch, outputs }: { batch: Minibatch; outputs: readonly string[] }) => stepper.evaluate(batch, outputs),
	state: () => stepper.state(),
	release: () => stepper.release(),
};

/** The functions that the worker offers. */
export type StepperHandlers = typeof handlers;

serve(handlers);
