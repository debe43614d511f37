// Which number of a model's results is explained: that of the label that it says, or of one that is asked for.
import { nearest } from '../../base/index.js';
import type { Tensor } from '../../graph/index.js';
import { largest } from '../fit/validate.js';
import type { Model } from '../task/model.js';

/** What is explained of a document. */
export interface Target {
	/** Its place among the labels; 0 where the model says a number. */
	readonly place: number;
	/** None where the model says a number. */
	readonly label?: string;
	/** How much each logit counts. */
	readonly chosen: readonly number[];
}

/** What a model says of a document, as far as explanations go by it. */
export interface Said {
	readonly probabilities?: readonly number[];
	readonly value?: number;
}

/** Finds what is explained of what was said. */
export function targetOf({ labels, head: { outputs } }: Model, asked: string | undefined): (said: Said) => Target {
	if (asked !== undefined && !labels.includes(asked)) {
		const meant = nearest(asked, labels);
		const next = meant ? `Did you mean ${meant}?` : 'Name one of these.';
		throw new RangeError(
			`explain: expected label to be one of ${labels.slice(0, 12).join(', ') || 'none, since the model says a number'}, got ${asked}. ${next}`,
		);
	}
	/** One logit of two labels speaks for the second, and against the first. */
	const chosen = (place: number) =>
		outputs === 1 ? [labels.length === 2 && place === 0 ? -1 : 1] : Array.from({ length: outputs }, (_, at) => (at === place ? 1 : 0));
	return ({ probabilities }) => {
		const place = asked !== undefined ? labels.indexOf(asked) : probabilities ? largest(probabilities) : 0;
		return { place, chosen: chosen(place), ...(labels.length > 0 && { label: labels[place]! }) };
	};
}

/** The number that a target is judged by: its probability, or what the model says where it says a number. */
export const amountOf = ({ probabilities, value = 0 }: Said, { place }: Target): number => probabilities?.[place] ?? value;

/** The results of one document of a batch. */
export function rowOf({ dtype, shape, data }: Tensor, row: number): Tensor {
	const own = shape.slice(1);
	const width = own.reduce((product, size) => product * size, 1);
	return { dtype, shape: own, data: (data as Float32Array).subarray(row * width, (row + 1) * width) };
}
