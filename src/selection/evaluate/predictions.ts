// The predictions that documents carry.
import type { Label } from '../splits/label.js';

/** The predicted label of each document: one for each true label, of the type of that. */
export function predictionsOf(
	who: string,
	docs: readonly object[],
	{ field, labels }: { field: string; labels: readonly Label[] },
): Label[] {
	if (docs.length !== labels.length) {
		throw new RangeError(
			`${who}: expected a prediction for each of ${labels.length} documents, got ${docs.length}. Leave documents out, or add some, before: pipe(docs, …).`,
		);
	}
	return docs.map((doc, place) => {
		const found = (doc as Record<string, unknown>)[field];
		if (typeof found === typeof labels[place]) return found as Label;
		if (found === undefined) {
			throw new TypeError(
				`${who}: expected a prediction in the field "${field}", got nothing (the documents have ${Object.keys(doc).slice(0, 8).join(', ')}). Put a classifier at the end, or name its field: { predicted: … }.`,
			);
		}
		throw new TypeError(
			`${who}: expected predictions of the type of the labels, ${typeof labels[place]}, got ${typeof found} in "${field}". Name the field of labels, { predicted: … }, or give label a function.`,
		);
	});
}
