// The worker thread of a training run. Weights and slots live here: checkpoints are written from here, the best weights are kept here.
import type { MessagePort } from 'node:worker_threads';
import { connect, serve } from '../../base/index.js';
import { ShapeError } from '../../graph/index.js';
import { readCheckpoint, type Saved, writeCheckpoint } from './checkpoint-file.js';
import type { Minibatch } from './model.js';
import type { ReplicaHandlers } from './replica-worker.js';
import { startOf } from './state.js';
import type { StepBatch } from './step-feeds.js';
import { openStepper, type Stepper, type StepperOptions } from './stepper.js';
import type { TrainingGraph } from './training-plan.js';
import type { Tensors } from './turns.js';

/** What a stepper is made of, as plain data: it begins with weights, or goes on from a checkpoint. */
export interface StepperPlan {
	readonly graph: TrainingGraph;
	readonly begin: { readonly weights: Tensors } | { readonly checkpoint: string };
	readonly options: Omit<StepperOptions, 'replicas'>;
	/** Ports to replicas in other threads. */
	readonly replicas: readonly MessagePort[];
}

let graph: TrainingGraph;
let stepper: Stepper;
let best: Saved['best'];

const handlers = {
	create: async (plan: StepperPlan) => {
		graph = plan.graph;
		const { begin } = plan;
		const saved: Saved = 'checkpoint' in begin ? await readCheckpoint(begin.checkpoint, graph) : { state: startOf(begin.weights) };
		best = saved.best;
		const replicas = plan.replicas.map((port) => connect<ReplicaHandlers>(port, { errors: [ShapeError] }));
		stepper = await openStepper(graph, saved.state, { ...plan.options, replicas });
	},
	step: (batch: StepBatch) => stepper.step(batch),
	evaluate: ({ batch, outputs }: { batch: Minibatch; outputs: readonly string[] }) => stepper.evaluate(batch, outputs),
	begin: (pass: 'epoch' | 'evaluation') => stepper.begin(pass),
	/** Keeps the weights as they are now as the best ones. */
	keep: () => {
		best = stepper.weights();
	},
	save: ({ path, facts }: { path: string; facts: string }) => writeCheckpoint(path, graph, { state: stepper.state(), best }, facts),
	/** The best weights; those of now where none were kept. */
	weights: () => best ?? stepper.weights(),
	release: () => stepper.release(),
};

/** The functions that the worker offers. */
export type StepperHandlers = typeof handlers;

serve(handlers);
