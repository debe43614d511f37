// The documents of a run divided into those that it learns from and those that choose the best epoch, and what is known of their classes.
import { splitOff, splitOffByClass } from '../fit/split.js';
import type { Dataset } from './samples.js';
import type { Head } from './task.js';

/** Both parts, by the numbers of documents. */
export interface Divided {
	readonly validation: Uint32Array;
	readonly training: Uint32Array;
	/** How many documents of each class are trained on, by the names of the classes, where each is of one. */
	readonly classes?: Readonly<Record<string, number>>;
}

/** Divides documents by the share held out: where each has one class, every class by the same share. Throws a RangeError where none is left to train on. */
export function divided(dataset: Dataset, { classes, config }: Head<never, object, object>, share: number, seed: number): Divided {
	const numbers = classes && Int32Array.from({ length: dataset.size }, (_, doc) => dataset.at(doc).targets!.data[0]!);
	const [validation, training] = numbers ? splitOffByClass(numbers, share, seed) : splitOff(dataset.size, share, seed);
	if (training.length === 0) {
		throw new RangeError(`train: expected documents to train on, got ${dataset.size} and a validation share of ${share}. Lower the share.`);
	}
	if (!numbers) return { validation, training };
	const names = Object.values(config.id2label as Readonly<Record<string, string>>);
	const counts = new Array<number>(names.length).fill(0);
	for (const doc of training) counts[numbers[doc]!]!++;
	return { validation, training, classes: Object.fromEntries(names.map((name, number) => [name, counts[number]!])) };
}
