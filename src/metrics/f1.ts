// F1: the harmonic mean of precision and recall (van Rijsbergen 1979), averaged over classes as scikit-learn does.
import type { Metric } from './metric.js';
import { type ClassMetricOptions, eachPrediction } from './predicted.js';

/** How the classes' scores become one. */
export interface F1Options extends ClassMetricOptions {
	/**
	 * `macro` is the mean over classes (default), `weighted` the mean by how often each is the target, `micro` counts all classes together,
	 * `binary` is that of class 1 alone.
	 */
	readonly average?: 'macro' | 'weighted' | 'micro' | 'binary';
}

/** Of a class: how often it was said rightly, said, and meant. */
interface Counts {
	right: number;
	said: number;
	meant: number;
}

/** 2 right / (said + meant), and 0 where a class was neither said nor meant. */
const score = ({ right, said, meant }: Counts) => (said + meant === 0 ? 0 : (2 * right) / (said + meant));

const averages: Readonly<Record<NonNullable<F1Options['average']>, (classes: ReadonlyMap<number, Counts>) => number>> = {
	macro: (classes) => [...classes.values()].reduce((sum, counts) => sum + score(counts), 0) / Math.max(classes.size, 1),
	weighted: (classes) => {
		const all = [...classes.values()].reduce((sum, { meant }) => sum + meant, 0);
		return [...classes.values()].reduce((sum, counts) => sum + counts.meant * score(counts), 0) / Math.max(all, 1);
	},
	micro: (classes) =>
		score(
			[...classes.values()].reduce(
				(all, { right, said, meant }) => ({ right: all.right + right, said: all.said + said, meant: all.meant + meant }),
				{ right: 0, said: 0, meant: 0 },
			),
		),
	binary: (classes) => score(classes.get(1) ?? { right: 0, said: 0, meant: 0 }),
};

/** The F1 of the classes that occur, as prediction or target. */
export function f1({ average = 'macro', ...options }: F1Options = {}): Metric<ReadonlyMap<number, Counts>> {
	if (!Object.hasOwn(averages, average)) {
		throw new TypeError(`f1: expected average to be one of ${Object.keys(averages).join(', ')}, got ${average}. Use one of these.`);
	}
	return {
		start: () => new Map(),
		add(state, batch) {
			const classes = new Map([...state].map(([number, counts]) => [number, { ...counts }]));
			const of = (number: number) => {
				const counts = classes.get(number) ?? { right: 0, said: 0, meant: 0 };
				classes.set(number, counts);
				return counts;
			};
			eachPrediction('f1', batch, options, (prediction, target) => {
				of(prediction).said++;
				of(target).meant++;
				if (prediction === target) of(target).right++;
			});
			return classes;
		},
		result: averages[average],
	};
}
