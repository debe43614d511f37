// How many replicas are fastest: the first steps of a run, done both ways in turn.
import type { Optimizer } from '../../optim/index.js';
import type { StepperPlan } from '../step/stepper-worker.js';
import type { TrainingGraph } from '../step/training-plan.js';
import { type Engine, startEngine } from './engine.js';
import { type Feed, openFeed } from './feed.js';
import { beginning, type FilledOptions, type Position } from './position.js';
import { runSteps } from './run-steps.js';
import type { SampleStream, Samples } from './samples.js';

/** Steps before the clock runs, steps of a round, rounds, and milliseconds after which there is no further one. */
const [warmUp, each, rounds, longest] = [2, 2, 3, 5000];

/** What is tried. */
interface Trial {
	readonly graph: TrainingGraph;
	readonly engine: Engine;
	readonly feed: Feed;
	position: Position;
	milliseconds: number;
}

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
	const { optimizer, train, begin, stepping, options, signal } = trying;
	const { batchSize, seed } = options;
	const trials: Trial[] = [];
	const run = async (trial: Trial, steps: number) => {
		const start = performance.now();
		const { position } = await runSteps(
			{
				...{ stepper: trial.engine.stepper, graph: trial.graph, feed: trial.feed, optimizer, options },
				until: trial.position.step + steps,
				onSteps: () => {},
				isStopped: () => signal?.aborted === true,
			},
			trial.position,
		);
		trial.position = position;
		return performance.now() - start;
	};
	try {
		for (const graph of graphs) {
			const engine = await startEngine(graph, begin, stepping);
			const feed = await openFeed(train, { graph, batchSize, seed, epoch: 0, from: 0 });
			trials.push({ graph, engine, feed, position: beginning, milliseconds: Number.POSITIVE_INFINITY });
			await trials.at(-1)!.engine.stepper.call('begin', 'epoch');
		}
		const start = performance.now();
		for (const trial of trials) trial.milliseconds = await run(trial, warmUp);
		for (let round = 0; round < rounds && performance.now() - start < longest; round++) {
			for (const trial of trials) {
				const before = trial.position.step;
				const milliseconds = await run(trial, each);
				const steps = trial.position.step - before;
				// The first round is what counts until there is a better one: the warm-up is not.
				if (steps > 0) trial.milliseconds = Math.min(round === 0 ? Number.POSITIVE_INFINITY : trial.milliseconds, milliseconds / steps);
			}
		}
		return trials.reduce((best, trial) => (trial.milliseconds < best.milliseconds ? trial : best)).graph;
	} finally {
		for (const { engine, feed } of trials) {
			await feed.close();
			await engine.close();
		}
	}
}
