// Training in a worker thread: it is started, given the graph and the weights, and asked to end.
import { startWorker } from '../stream/index.js';
import type { Network } from './architecture.js';
import { type FitOptions, type FitResult, type FitTask, fit } from './fit.js';
import type { Recipe } from './recipe.js';
import type { StepperHandlers } from './stepper-worker.js';
import { initialWeights } from './weights.js';

/** What `fit` is given, but for what follows from the recipe. */
export interface WorkerTask extends Omit<FitTask, 'stepper' | 'minLength' | 'rateAt'> {
	readonly recipe: Recipe;
	readonly network: Network;
	readonly threads: number;
	/** Traces NaN to the node that made it (see `SessionOptions`). */
	readonly trace: boolean;
}

/** `fit`, with a worker of its own. */
export async function fitInWorker({ recipe, network, threads, trace, ...task }: WorkerTask, options: FitOptions): Promise<FitResult> {
	const { graph, resume } = task;
	const stepper = startWorker<StepperHandlers>(new URL('./stepper-worker.js', import.meta.url));
	try {
		const weights = resume?.state ?? initialWeights(network, options.seed);
		await stepper.call('create', { graph, optimizer: recipe.optimizer.spec, weights, options: { threads, trace } });
		return await fit({ ...task, stepper, minLength: recipe.model.minLength, rateAt: recipe.optimizer.rateAt }, options);
	} finally {
		// After an error, too: a worker must not end with its sessions open. Where the worker itself failed there are none.
		await stepper.call('release', undefined).catch(() => {});
		await stepper.close();
	}
}
