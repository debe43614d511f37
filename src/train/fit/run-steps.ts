// A stretch of a run: batches go to the stepper in order, their losses come back and are checked.
import type { Optimizer } from '../../optim/index.js';
import type { Remote } from '../../stream/index.js';
import type { Diagnosis } from '../step/diagnosis.js';
import type { StepResult } from '../step/stepper.js';
import type { StepperHandlers } from '../step/stepper-worker.js';
import type { TrainingGraph } from '../step/training-graph.js';
import { type BatchPlan, nextOfGroup } from './batches.js';
import type { FilledOptions, Position } from './position.js';
import type { Samples } from './samples.js';

/** What a stretch is made of. */
export interface Stretch {
	readonly stepper: Remote<StepperHandlers>;
	readonly graph: Pick<TrainingGraph, 'stepsPerRun' | 'accumulate' | 'diagnosis'>;
	readonly samples: Samples;
	readonly plans: readonly BatchPlan[];
	readonly rateAt: Optimizer['rateAt'];
	/** The step to stop at, where the epoch has as many. */
	readonly until: number;
	readonly options: FilledOptions;
	/** After each call of the stepper: where the run stands. May throw. */
	readonly onSteps: (position: Position) => void;
	/** Whether to end before the next batch. */
	readonly isStopped: () => boolean;
}

/** Calls that may wait in the worker, so that it never waits for the next batch. */
const ahead = 2;

/** Runs the batches from where the position stands to the step `until`, the end of the epoch, or until it is stopped. */
export async function runSteps(
	{ stepper, graph, samples, plans, rateAt, until, options, onSteps, isStopped }: Stretch,
	start: Position,
): Promise<{ position: Position; layers?: Diagnosis }> {
	const moment = { epoch: start.epoch, results: start.history.map(({ loss, validation }) => validation ?? { loss }) };
	const running: Promise<void>[] = [];
	let position = start;
	let layers: Diagnosis | undefined;
	let { batch: sent, step } = start;
	const finished = (group: readonly BatchPlan[], steps: number) => (result: StepResult) => {
		const { losses } = result;
		for (const [place, loss] of losses.entries()) {
			const at = { step: position.step + Math.min(place, steps - 1) + 1, batch: position.batch + place + 1 };
			check(loss, { result, position, options, ...at, samples: group[place]!.samples });
		}
		const sizes = group.map(({ samples }) => samples.length);
		position = {
			...position,
			batch: position.batch + losses.length,
			step: position.step + steps,
			lossSum: losses.reduce((sum, loss, place) => sum + loss * sizes[place]!, position.lossSum),
			samples: sizes.reduce((sum, size) => sum + size, position.samples),
			firstLoss: position.firstLoss ?? losses[0]!,
		};
		layers = result.layers ?? layers;
		onSteps(position);
	};
	try {
		while (sent < plans.length && step < until && !isStopped()) {
			const together = graph.accumulate > 1;
			const most = together ? graph.accumulate : Math.min(graph.stepsPerRun, until - step);
			const group = nextOfGroup(plans, sent, { most, oneShape: !together });
			const steps = together ? 1 : group.length;
			const batches = group.map(({ samples: numbers, length }) => samples.batch(numbers, length));
			const rates = Array.from({ length: steps }, (_, place) => rateAt({ ...moment, step: step + place }));
			const isLast = sent + group.length === plans.length || step + steps === until;
			const request = {
				...{ batches, rates, step: step + 1, maxLoss: maxLossOf(position, options) },
				...(graph.diagnosis && isLast && { diagnose: true }),
			};
			const buffers = batches.flatMap((batch) => Object.values(batch).map(({ data }) => data.buffer as ArrayBuffer));
			running.push(stepper.call('step', request, buffers).then(finished(group, steps), failedAt(step + 1)));
			sent += group.length;
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

interface Checked {
	readonly result: StepResult;
	readonly position: Position;
	readonly options: FilledOptions;
	/** Both from 1. */
	readonly step: number;
	readonly batch: number;
	readonly samples: Uint32Array;
}

/** Refuses a loss that is no number or too large, with what a user can look at. */
function check(loss: number, { result, position, options, step, batch, samples }: Checked): void {
	const most = maxLossOf(position, options);
	if (loss <= most) return;
	const expected = Number.isFinite(loss) ? `a loss of at most ${most.toPrecision(4)}` : 'a finite loss';
	const shown = `${Array.from(samples.subarray(0, 5)).join(', ')}${samples.length > 5 ? ' …' : ''}`;
	throw new RangeError(
		`fit: expected ${expected}, got ${loss} at step ${step} (epoch ${position.epoch + 1}, batch ${batch}, samples ${shown}); ` +
			`before it ${result.worst}. Lower the rate, clip gradients, or look for damaged samples.`,
	);
}

/** What ONNX Runtime says of numbers beyond all bounds (an index out of them, say) tells nobody what to do. Other errors say it themselves. */
function failedAt(step: number): (error: Error) => never {
	return (error) => {
		if (!error.message.startsWith('session: ')) throw error;
		const reason = error.message.replace(/\.$/, '');
		throw new Error(`fit: expected step ${step} to run, got: ${reason}. If the loss has grown, lower the rate.`, { cause: error });
	};
}
