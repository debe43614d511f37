// How good a classifier is on documents with labels.
import { confusion } from '../../metrics/index.js';
import { map, type Source } from '../../stream/index.js';
import type { TextClassifier } from './classifier.js';

/** What an evaluation comes to. */
export interface Evaluation {
	readonly documents: number;
	readonly accuracy: number;
	/** Mean cross-entropy, in nats. */
	readonly loss: number;
	/** `[label][prediction]` counts, in the order of `labels`. */
	readonly confusion: readonly (readonly number[])[];
	readonly labels: readonly string[];
	/** Texts that were cut at the model's length. */
	readonly cut: number;
}

/** Predicts documents and compares with their labels. A label that the model does not know is an error. */
export async function evaluate(
	model: TextClassifier,
	docs: Source<{ text: string; label: string }>,
	{ onProgress }: { onProgress?: (documents: number) => void } = {},
): Promise<Evaluation> {
	const targets: number[] = [];
	const predictions: number[] = [];
	let loss = 0;
	let cut = 0;
	// The label moves to another field: the prediction has one of its own.
	const truths = map(({ label }: { text: string; label: string }) => ({ truth: model.labels.indexOf(label) }), {
		stage: 'labels',
		needs: { label: 'text' },
	});
	for await (const doc of model.classify(truths(docs))) {
		targets.push(doc.truth);
		predictions.push(model.labels.indexOf(doc.label));
		loss -= Math.log(Math.max(doc.probabilities[doc.truth]!, Number.MIN_VALUE));
		if (doc.cut) cut++;
		onProgress?.(targets.length);
	}
	if (targets.length === 0) throw new RangeError('evaluate: expected documents with labels, got none. Check the source.');
	const counts = confusion(predictions, targets, model.labels.size);
	const right = counts.reduce((sum, row, place) => sum + row[place]!, 0);
	return {
		documents: targets.length,
		accuracy: right / targets.length,
		loss: loss / targets.length,
		confusion: counts,
		labels: model.labels.names,
		cut,
	};
}
