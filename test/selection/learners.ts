// Small learners of our own for these tests: what they learned, and from what, can be seen.
import { collect, learner, map, type Stage } from 'textloom';

export interface Doc {
	readonly text: string;
	readonly label: string;
}

/** Predicts the most frequent class, the first of equally frequent ones. Notes the documents of each fit. */
export function majority(fits: Doc[][] = []) {
	return learner(
		async (docs: AsyncIterable<Doc>) => {
			const all = await collect(docs);
			fits.push(all);
			const counts = new Map<string, number>();
			for (const { label } of all) counts.set(label, (counts.get(label) ?? 0) + 1);
			const [most] = [...counts].sort(([, a], [, b]) => b - a)[0]!;
			return map(() => ({ predicted: most }), { stage: 'majority' });
		},
		{ stage: 'majority' },
	);
}

type Tokens = { readonly tokens: string[]; readonly label: string };

/** Predicts the class whose mean of token counts is nearest: scikit-learn's NearestCentroid over CountVectorizer. */
export function centroid({ weight = 1 }: { weight?: number } = {}) {
	const counted = (tokens: readonly string[]) => {
		const counts = new Map<string, number>();
		for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + weight);
		return counts;
	};
	return learner(
		async (docs: AsyncIterable<Tokens>) => {
			const sums = new Map<string, { docs: number; counts: Map<string, number> }>();
			const known = new Set<string>();
			for await (const { tokens, label } of docs) {
				const sum = sums.get(label) ?? { docs: 0, counts: new Map<string, number>() };
				sums.set(label, sum);
				sum.docs++;
				for (const [token, count] of counted(tokens)) {
					known.add(token);
					sum.counts.set(token, (sum.counts.get(token) ?? 0) + count);
				}
			}
			const classes = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
			const distance = (counts: Map<string, number>, sum: { docs: number; counts: Map<string, number> }) =>
				[...known].reduce((all, token) => all + ((counts.get(token) ?? 0) - (sum.counts.get(token) ?? 0) / sum.docs) ** 2, 0);
			return map(({ tokens }: { tokens: string[] }) => {
				const counts = counted(tokens);
				const distances = classes.map(([, sum]) => distance(counts, sum));
				return { predicted: classes[distances.indexOf(Math.min(...distances))]![0] };
			});
		},
		{ stage: 'centroid', options: { weight } },
	);
}

/** A stage that counts the documents that go through it. */
export function counting(): { stage: Stage<{ text: string }, { text: string }>; seen: () => number } {
	let count = 0;
	const stage = map(
		({ text }: { text: string }) => {
			count++;
			return { text };
		},
		{ stage: 'counting' },
	);
	return { stage, seen: () => count };
}
