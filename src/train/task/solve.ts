// A model that is solved at once, in the place of steps.

import type { Trainable } from '../step/model.js';
import { initialWeights, type Weights } from '../step/weights.js';
import type { Architecture, Sizes } from './network.js';
import type { Dataset } from './samples.js';
import type { Head } from './task.js';

/** What is solved. */
export interface Solving {
	readonly model: Trainable;
	readonly head: Head<never, object, object>;
	readonly dataset: Dataset;
	readonly sizes: Sizes;
	readonly seed: number;
}

/** The weights that an architecture's solver finds. Throws a TypeError for a task that it cannot do. */
export function solved({ spec, solve }: Architecture, { model, head, dataset, sizes, seed }: Solving): Weights {
	const { classes } = head;
	if (classes?.smoothing !== 0 || head.outputs === 1) {
		const got = classes ? (head.outputs === 1 ? 'one unit for two classes' : 'smoothing') : 'another task';
		throw new TypeError(`train: expected documents of one class each for ${spec.model}, which is solved, got ${got}. Choose a network.`);
	}
	const found = solve!({ size: dataset.size, at: (doc) => dataset.at(doc), sizes, weights: classes.weights, seed });
	return Object.fromEntries(
		Object.entries(initialWeights(model, seed)).map(([name, tensor]) => {
			const data = found[name];
			if (data?.length === tensor.data.length) return [name, { ...tensor, data }];
			throw new RangeError(
				`train: expected ${spec.model} to solve for ${tensor.data.length} numbers of ${name}, got ${data?.length ?? 'none'}. Correct its solver.`,
			);
		}),
	);
}
