// Counts what predictions got right.
import type { Scored } from './best.js';
import { type Counts, type FastTextScores, figuresOf, type ScoredPrediction } from './meter.js';

/** Adds up examples. */
export interface Tally {
	/** An example: labels that are right, and those that were predicted. */
	add(gold: readonly number[], predicted: readonly Scored[]): void;
	/** The figures so far. */
	scores(): FastTextScores;
	/** Predictions of a label, or of all, and how often it is right: what curves are made of. */
	scored(label?: number): { readonly predictions: readonly ScoredPrediction[]; readonly gold: number };
}

/** Counts for labels by their numbers. */
export function createTally(labels: readonly string[]): Tally {
	const counts = labels.map((): Counts => ({ gold: 0, predicted: 0, both: 0 }));
	const scored: ScoredPrediction[][] = labels.map(() => []);
	let examples = 0;
	const total = () =>
		counts.reduce(
			(sum, { gold, predicted, both }) => ({ gold: sum.gold + gold, predicted: sum.predicted + predicted, both: sum.both + both }),
			{
				...{ gold: 0, predicted: 0, both: 0 },
			},
		);
	return {
		add(gold, predicted) {
			examples++;
			for (const label of gold) counts[label]!.gold++;
			for (const { number, score } of predicted) {
				const isRight = gold.includes(number);
				counts[number]!.predicted++;
				if (isRight) counts[number]!.both++;
				scored[number]!.push({ score, isRight });
			}
		},
		scores() {
			const known = labels.map((name, i) => [name, counts[i]!] as const).filter(([, { gold, predicted }]) => gold + predicted > 0);
			return { examples, ...figuresOf(total()), labels: Object.fromEntries(known.map(([name, of]) => [name, figuresOf(of)])) };
		},
		scored: (label) =>
			label === undefined ? { predictions: scored.flat(), gold: total().gold } : { predictions: scored[label]!, gold: counts[label]!.gold },
	};
}
