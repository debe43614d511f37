// How many replicas are fastest: the first steps of a run, done each way, one after the other.
import type { Optimizer } from '../../optim/index.js';
import type { StepperPlan } from '../step/stepper-worker.js';
import type { TrainingGraph } from '../step/training-plan.js';
import { startEngine } from './engine.js';
import { type Feed, openFeed } from './feed.js';
import { beginning, type FilledOptions } from './position.js';
import { runSteps } from './run-steps.js';
import type { SampleStream, Samples } from './samples.js';

/** Steps before the clock runs, steps of a round, rounds, and milliseconds after which there is no further one. */
const [warmUp, each, rounds, longest] = [2, 2, 3, 5000];

/** What the steps are done with. */
export interface Trying {
	readonly optimizer: Optimizer;
	readonly train: Samples | SampleStream;
	readonly begin: StepperPlan['begin'];
	readonly stepping: StepperPlan['options'];
	readonly options: FilledOptions;
	readonly signal: AbortSignal | undefined;
}

/** The graph of these whose first steps are done fastest. Nothing of them is left. */
export async function fastest(graphs: readonly TrainingGraph[], trying: Trying): Promise<TrainingGraph> {
	// One after the other, the most replicas first: the threads of one session look for work for a while after a run, and would disturb these.
	const order = [...graphs].sort((a, b) => b.replicas - a.replicas);
	let best: { graph: TrainingGraph; milliseconds: number } | undefined;
	for (const graph of order) {
		const milliseconds = await timeOf(graph, trying);
		if (!best || milliseconds < best.milliseconds) best = { graph, milliseconds };
	}
	return best!.graph;
}

/** Milliseconds of a step: the least of some rounds. */
async function timeOf(graph: TrainingGraph, { optimizer, train, begin, stepping, options, signal }: Trying): Promise<number> {
	const { batchSize, seed } = options;
	const { stepper, close } = await startEngine(graph, begin, stepping);
	let feed: Feed | undefined;
	let position = beginning;
	const run = async (feed: Feed, steps: number) => {
		const [start, before] = [performance.now(), position.step];
		const until = before + steps;
		const stretch = { stepper, graph, feed, optimizer, options, until, onSteps: () => {}, isStopped: () => signal?.aborted === true };
		({ position } = await runSteps(stretch, position));
		return (performance.now() - start) / Math.max(position.step - before, 1);
	};
	try {
		feed = await openFeed(train, { graph, batchSize, seed, epoch: 0, from: 0 });
		await stepper.call('begin', 'epoch');
		const start = performance.now();
		const warming = await run(feed, warmUp);
		let least = Number.POSITIVE_INFINITY;
		for (let round = 0; round < rounds && performance.now() - start < longest && !(await feed.isOver()); round++) {
			least = Math.min(least, await run(feed, each));
		}
		return Number.isFinite(least) ? least : warming;
	} finally {
		await feed?.close();
		await close();
	}
}
