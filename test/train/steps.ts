// Batches of texts for a stepper, from plain arrays that hold several minibatches one after the other.
import { type Minibatch, type StepBatch, type Stepper, tensor } from 'textloom';

/** Minibatches of one shape: `[steps × size × time]` ids, and what goes with them. */
export interface Texts {
	readonly ids: Int32Array;
	readonly lengths: Int32Array;
	readonly targets: Int32Array;
	readonly size: number;
	readonly time: number;
	/** Default 1. */
	readonly steps?: number;
}

/** The texts of steps, with their rates, the number of the first, and dropout masks where they are not to be drawn. */
export interface Steps extends Texts {
	readonly masks?: readonly Float32Array[];
	readonly rates: readonly number[];
	readonly step: number;
}

/** A tensor for each input. */
export function batchesOf({ ids, lengths, targets, size, time, steps = 1 }: Texts): Minibatch[] {
	return Array.from({ length: steps }, (_, step) => ({
		ids: tensor('int32', [size, time], part(ids, step, steps)),
		lengths: tensor('int32', [size], part(lengths, step, steps)),
		targets: tensor('int32', [size], part(targets, step, steps)),
	}));
}

/** What a stepper is given. */
export function stepOf({ masks, rates, step, ...texts }: Steps): StepBatch {
	const { steps = 1 } = texts;
	const given = masks && { masks: Array.from({ length: steps }, (_, place) => masks.map((mask) => part(mask, place, steps))) };
	return { batches: batchesOf(texts), rates, step, ...given };
}

/** The logits of one minibatch. */
export async function logitsOf(stepper: Stepper, texts: Texts): Promise<Float32Array> {
	return (await stepper.evaluate(batchesOf(texts)[0]!, ['logits'])).logits!;
}

const part = <A extends Float32Array | Int32Array>(numbers: A, place: number, parts: number): A =>
	numbers.slice((place * numbers.length) / parts, ((place + 1) * numbers.length) / parts) as A;
