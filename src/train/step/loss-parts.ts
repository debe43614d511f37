// Losses as numbers: of each its sum and its weight, so that they add up over batches; and their means.
import type { Tensor } from '../../graph/index.js';
import { lossName, weightName } from './names.js';

/** Sums and weights of losses by name. */
export type LossParts = Readonly<Record<string, { readonly sum: number; readonly weight: number }>>;

/** The losses that a run gave: one of each batch in it. */
export function lossesIn(results: Readonly<Record<string, Tensor>>, names: readonly string[]): LossParts[] {
	const [first] = names as [string];
	return Array.from({ length: results[lossName(first)]!.data.length }, (_, place) =>
		Object.fromEntries(
			names.map((name) => {
				const number = (of: string) => Number(results[of]!.data[place]);
				return [name, { sum: number(lossName(name)), weight: number(weightName(name)) }];
			}),
		),
	);
}

/** The mean of each loss: 0 where nothing counted. */
export function meansOf(parts: LossParts): Record<string, number> {
	return Object.fromEntries(Object.entries(parts).map(([name, { sum, weight }]) => [name, weight === 0 ? 0 : sum / weight]));
}

/** What is learned: the sum of the means. */
export function meanOf(parts: LossParts): number {
	return Object.values(meansOf(parts)).reduce((sum, mean) => sum + mean, 0);
}

/** Losses of two sets of samples together. */
export function added(a: LossParts, b: LossParts): LossParts {
	return Object.fromEntries(
		Object.entries(b).map(([name, { sum, weight }]) => {
			const before = a[name] ?? { sum: 0, weight: 0 };
			return [name, { sum: before.sum + sum, weight: before.weight + weight }];
		}),
	);
}
