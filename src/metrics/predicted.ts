// Classes that a batch's outputs say, beside the true ones.
import type { MeasuredBatch } from './metric.js';

/** Which outputs and inputs a metric of classes reads. */
export interface ClassMetricOptions {
	/** The output with the logits `[…, classes]`, or with class numbers `[…]` as they are. Default `logits`. */
	readonly logits?: string;
	/** The input with the true classes `[…]`. Default `targets`. */
	readonly targets?: string;
	/** A target that does not count, such as that of padding. */
	readonly ignore?: number | undefined;
}

/** Calls `visit` with each prediction and its target. Of equal logits the first counts. */
export function eachPrediction(
	who: string,
	{ outputs, inputs }: MeasuredBatch,
	{ logits = 'logits', targets = 'targets', ignore }: ClassMetricOptions,
	visit: (prediction: number, target: number) => void,
): void {
	const [said, truth] = [outputs[logits], inputs[targets]];
	if (!said) throw missing(who, 'an output', logits, outputs);
	if (!truth) throw missing(who, 'an input', targets, inputs);
	const count = truth.data.length;
	const classes = said.data.length / Math.max(count, 1);
	if (!Number.isInteger(classes)) {
		throw new RangeError(
			`${who}: expected as many ${logits} for each of ${count} ${targets}, got ${said.data.length} numbers. Name outputs and inputs that belong together.`,
		);
	}
	for (let place = 0; place < count; place++) {
		const target = Number(truth.data[place]);
		if (target === ignore) continue;
		let best = place * classes;
		for (let at = best + 1; at < (place + 1) * classes; at++) if (Number(said.data[at]) > Number(said.data[best])) best = at;
		visit(classes === 1 && said.dtype !== 'float32' ? Number(said.data[place]) : best - place * classes, target);
	}
}

function missing(who: string, what: string, name: string, given: object): RangeError {
	return new RangeError(`${who}: expected ${what} called ${name}, got ${Object.keys(given).join(', ') || 'none'}. Name one of these.`);
}
