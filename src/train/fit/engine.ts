// The threads of a run: that of the stepper, and those of its replicas.
import { type Remote, startWorker } from '../../base/index.js';
import { ShapeError } from '../../graph/index.js';
import { ReplicaLost } from '../step/replica-lost.js';
import { portsTo, startReplicas } from '../step/start-replicas.js';
import type { StepperHandlers, StepperPlan } from '../step/stepper-worker.js';
import type { TrainingGraph } from '../step/training-plan.js';

/** A stepper that is open. */
export interface Engine {
	readonly stepper: Remote<StepperHandlers>;
	/** Ends sessions and threads. */
	close(): Promise<void>;
}

/** Starts the threads that a graph runs in. */
export async function startEngine(graph: TrainingGraph, begin: StepperPlan['begin'], options: StepperPlan['options']): Promise<Engine> {
	const stepper = startWorker<StepperHandlers>(new URL('../step/stepper-worker.js', import.meta.url), {
		errors: [ShapeError, ReplicaLost],
	});
	const replicas = startReplicas(graph.replicas - 1);
	const close = async () => {
		// After an error, too: a worker must not end with its sessions open. Where the worker itself failed there are none.
		await stepper.call('release', undefined).catch(() => {});
		await Promise.all([stepper, ...replicas].map((worker) => worker.close()));
	};
	try {
		const ports = await portsTo(replicas);
		await stepper.call('create', { graph, begin, options, replicas: ports }, ports);
		return { stepper, close };
	} catch (error) {
		await close();
		throw error;
	}
}
