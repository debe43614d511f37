// A stretch of steps: batches go to the stepper in order, their losses come back and are checked.

import type { Remote } from '../../base/index.js';
import type { Optimizer } from '../../optim/index.js';
import type { Diagnosis } from '../step/diagnosis.js';
import { added, meanOf } from '../step/loss-parts.js';
import { rowOperations } from '../step/row-operations.js';
import type { StepResult } from '../step/stepper.js';
import type { StepperHandlers } from '../step/stepper-worker.js';
import type { TrainingGraph } from '../step/training-plan.js';
import type { Fed, Feed } from './feed.js';
import type { FilledOptions, Position } from './position.js';
import { rateOf, remedyFor, type StepSizes } from './remedy.js';

/** What a stretch is made of. */
export interface Stretch {
	readonly stepper: Remote<StepperHandlers>;
	readonly graph: Pick<TrainingGraph, 'stepsPerRun' | 'accumulate' | 'diagnosis' | 'tables' | 'parameters' | 'updates'>;
	/** The epoch's batches from where the position stands. */
	readonly feed: Feed;
	readonly optimizer: Pick<Optimizer, 'rate' | 'rateAt' | 'updateRows' | 'spec'>;
	/** The step to stop at, where the epoch has as many. */
	readonly until: number;
	readonly options: FilledOptions;
	/** After each call of the stepper: where the run stands, and the mean loss of its batches. May throw. */
	readonly onSteps: (position: Position, mean: number) => void;
	/** Whether to end before the next batch. */
	readonly isStopped: () => boolean;
}

/** Calls that may wait in the worker, so that it never waits for the next batch. */
const ahead = 2;

/** Runs the batches from where the position stands to the step `until`, the end of the epoch, or until it is stopped. */
export async function runSteps(
	{ stepper, graph, feed, optimizer, until, options, onSteps, isStopped }: Stretch,
	start: Position,
): Promise<{ position: Position; layers?: Diagnosis }> {
	const reached = { epoch: start.epoch, results: start.history.map(({ loss, validation }) => validation ?? { loss }) };
	const running: Promise<void>[] = [];
	let position = start;
	let layers: Diagnosis | undefined;
	let { step } = start;
	const finished = (group: readonly Fed[], rates: readonly number[]) => (result: StepResult) => {
		const steps = rates.length;
		const { losses } = result;
		for (const [place, parts] of losses.entries()) {
			const which = Math.min(place, steps - 1);
			const at = { step: position.step + which + 1, batch: position.batch + place + 1 };
			check(meanOf(parts), { result, position, options, optimizer, rate: rates[which]!, ...at, samples: group[place]!.samples });
		}
		const together = losses.reduce(added, {});
		const samples = group.reduce((sum, { size }) => sum + size, 0);
		position = {
			...position,
			batch: position.batch + losses.length,
			step: position.step + steps,
			losses: added(position.losses, together),
			samples: position.samples + samples,
			ofEpoch: position.ofEpoch + samples,
			firstLoss: position.firstLoss ?? meanOf(losses[0]!),
		};
		layers = result.layers ?? layers;
		onSteps(position, meanOf(together));
	};
	try {
		while (step < until && !isStopped()) {
			const together = graph.accumulate > 1;
			const most = together ? graph.accumulate : Math.min(graph.stepsPerRun, until - step);
			const group = await feed.next(most, !together);
			if (group.length === 0) break;
			const steps = together ? 1 : group.length;
			const batches = group.map((fed) => fed.make());
			const rates = Array.from({ length: steps }, (_, place) => optimizer.rateAt({ ...reached, step: step + place }));
			const request = {
				...{ batches, rates, step: step + 1, maxLoss: maxLossOf(position, options) },
				...((graph.tables.length > 0 || graph.updates === 'host') && {
					rows: rowOperations(graph, optimizer, { rate: rates[0]!, step: step + 1 }),
				}),
				...(graph.diagnosis && (step + steps === until || (await feed.isOver())) && { diagnose: true }),
			};
			const buffers = [...new Set(batches.flatMap((batch) => Object.values(batch).map(({ data }) => data.buffer as ArrayBuffer)))];
			running.push(stepper.call('step', request, buffers).then(finished(group, rates), failedAt(step + 1, rateOf(optimizer, rates[0]!))));
			step += steps;
			// The first one runs alone: its loss says what is too large for the others.
			if (running.length >= ahead || position.firstLoss === undefined) await running.shift();
		}
	} finally {
		// What is under way is waited for even after an error, which then is the one thrown.
		await Promise.allSettled(running);
	}
	await Promise.all(running);
	return { position, ...(layers && { layers }) };
}

/** A loss so much larger than the first one does not come back. */
const explosion = 1000;

function maxLossOf({ firstLoss }: Position, { maxLoss }: FilledOptions): number {
	return maxLoss ?? (firstLoss === undefined ? Number.MAX_VALUE : explosion * Math.max(1, firstLoss));
}

interface Checked extends StepSizes {
	readonly result: StepResult;
	readonly position: Position;
	readonly options: FilledOptions;
	/** From 1. */
	readonly batch: number;
	readonly samples: Uint32Array | undefined;
}

/** Refuses a loss that is no number or too large, with what a user can look at. */
function check(loss: number, { result, position, options, batch, samples, ...sizes }: Checked): void {
	const most = maxLossOf(position, options);
	if (loss <= most) return;
	const expected = Number.isFinite(loss) ? `a loss of at most ${most.toPrecision(4)}` : 'a finite loss';
	const numbers = samples ? `, samples ${Array.from(samples.subarray(0, 5)).join(', ')}${samples.length > 5 ? ' …' : ''}` : '';
	throw new RangeError(
		`fit: expected ${expected}, got ${loss} at step ${sizes.step} (epoch ${position.epoch + 1}, batch ${batch}${numbers}); ` +
			`before it ${result.worst}. ${remedyFor(sizes)}`,
	);
}

/** What ONNX Runtime says of numbers beyond all bounds (an index out of them, say) tells nobody what to do. Other errors say it themselves. */
function failedAt(step: number, rate: string): (error: Error) => never {
	return (error) => {
		if (!error.message.startsWith('session: ')) throw error;
		const reason = error.message.replace(/\.$/, '');
		throw new Error(`fit: expected step ${step} to run, got: ${reason}. If the loss has grown, lower the rate (${rate}; --rate).`, {
			cause: error,
		});
	};
}
