// Calibration: the temperature that a trained model's logits are divided by, found on the documents that it was validated by.
import { temperatureScaling } from '../../classic/index.js';
import { createRemoteSession, ops } from '../../graph/index.js';
import { addTo, calibrationErrorOf, emptyBins } from '../../metrics/bins.js';
import { validationBatches } from '../fit/batches.js';
import { exportModel } from '../fit/export-model.js';
import type { Samples } from '../fit/samples.js';
import { largest, softmaxRow } from '../fit/validate.js';
import type { Trainable } from '../step/model.js';
import type { Weights } from '../step/weights.js';
import type { AnyTask, Head } from './task.js';

/** How a model was calibrated. */
export interface Calibration {
	/** What logits are divided by, in the ONNX model itself. Above 1 where the model was too sure. */
	readonly temperature: number;
	/** The documents that it was found on: those of the validation. */
	readonly documents: number;
	/** The expected calibration error on these, in 15 bins, before and after. */
	readonly ece: { readonly before: number; readonly after: number };
}

/** What is calibrated. */
export interface Calibrating {
	readonly model: Trainable;
	readonly weights: Weights;
	readonly head: Head<never, object, object>;
	/** The documents of the validation. */
	readonly samples: Samples;
	readonly batchSize: number;
	readonly seed: number;
	readonly threads: number;
}

const bins = 15;

/** Throws a TypeError where there is nothing to be calibrated, and a RangeError where there are no documents to do it on. */
export function expectCalibratable(task: AnyTask, { probabilities }: Head<never, object, object>, documents: number): void {
	if (!probabilities) {
		throw new TypeError(
			`train: expected a task with probabilities to calibrate, got ${task.name} of ${JSON.stringify(task.options)}. Leave calibrate out.`,
		);
	}
	if (documents === 0) {
		throw new RangeError('train: expected documents to calibrate on, got a validation of 0. Raise validation, or leave calibrate out.');
	}
}

/** A model whose logits are divided by the temperature, where there is one. */
export function withTemperature(model: Trainable, temperature: number | undefined): Trainable {
	if (temperature === undefined) return model;
	return {
		...model,
		apply(batch, mode) {
			const outputs = model.apply(batch, mode);
			return { ...outputs, logits: ops.div(outputs.logits!, temperature) };
		},
	};
}

/**
 * The temperature of the least cross-entropy (Guo et al. 2017). A sigmoid is the softmax over 0 and its logit, so that each label of several is a row
 * of two. Targets below 0 are padding. Where every answer is right already there is no least: the surer the better. The temperature is 1 then.
 */
export async function calibrate(calibrating: Calibrating): Promise<Calibration> {
	const { logits, targets, classes } = await answersOf(calibrating);
	const rowAt = (place: number) => logits.subarray(place * classes, (place + 1) * classes);
	// Documents count as they did in the training: a rare class whose documents counted more is as frequent for the model as they made it.
	const weights = calibrating.head.classes?.weights;
	const areRight = targets.every((target, place) => largest(rowAt(place)) === target);
	const temperature = areRight ? 1 : temperatureScaling(logits, targets, classes, weights);
	const eceAt = (by: number) => {
		const filled = emptyBins(bins);
		for (const [place, target] of targets.entries()) {
			const row = Float32Array.from(rowAt(place), (logit) => logit / by);
			addTo(filled, softmaxRow(row), [0, classes], target, weights?.[target]);
		}
		return calibrationErrorOf(filled);
	};
	return { temperature, documents: calibrating.samples.size, ece: { before: eceAt(1), after: eceAt(temperature) } };
}

interface Answers {
	/** `[rows × classes]` */
	readonly logits: Float64Array;
	readonly targets: readonly number[];
	readonly classes: number;
}

/** What the model says of the documents, and their answers. */
async function answersOf({ model, weights, head, samples, batchSize, seed, threads }: Calibrating): Promise<Answers> {
	const isSigmoid = head.probabilities === 'sigmoid';
	const width = isSigmoid ? 1 : head.outputs;
	const logits: number[] = [];
	const targets: number[] = [];
	const session = await createRemoteSession(exportModel(model, weights), { threads });
	try {
		for (const { samples: numbers, lengths } of validationBatches(samples, { batchSize, seed })) {
			const batch = samples.batch(numbers, lengths);
			const results = await session.run(Object.fromEntries(session.inputs.map((name) => [name, batch[name]!])));
			const said = results.logits!.data as Float32Array;
			for (const [place, target] of (batch.targets!.data as Int32Array).entries()) {
				if (target < 0) continue;
				if (isSigmoid) logits.push(0);
				for (let at = place * width; at < (place + 1) * width; at++) logits.push(said[at]!);
				targets.push(target);
			}
		}
	} finally {
		await session.release();
	}
	return { logits: Float64Array.from(logits), targets, classes: isSigmoid ? 2 : width };
}
