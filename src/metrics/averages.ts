// Precision, recall and F1 of classes, and how those of several become one number: as scikit-learn does it.

/** Of a class: how often it was predicted and true, how often it was predicted, and how often it was true. */
export interface ClassCount {
	readonly hits: number;
	readonly predicted: number;
	readonly actual: number;
}

/** ClassCount by class: class numbers, or the types of spans. */
export type ClassCounts = ReadonlyMap<number | string, ClassCount>;

/** Nothing counted. */
export const none: ClassCount = { hits: 0, predicted: 0, actual: 0 };

/** A score of one class. */
export type ClassScore = (count: ClassCount) => number;

/** The share of what was predicted that is right; 0 for a class that never was. */
export const precisionOf: ClassScore = ({ hits, predicted }) => (predicted === 0 ? 0 : hits / predicted);

/** The share of what is true that was found; 0 for a class that never is. */
export const recallOf: ClassScore = ({ hits, actual }) => (actual === 0 ? 0 : hits / actual);

/** F1 = 2 hits / (predicted + actual), the harmonic mean of precision and recall; 0 for a class that was neither. */
export const f1Of: ClassScore = ({ hits, predicted, actual }) => (predicted + actual === 0 ? 0 : (2 * hits) / (predicted + actual));

const sumOf = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

/** Averages over classes, of F1 unless another score is given. */
export const averages = {
	/** All classes counted together. */
	micro: (classes: ClassCounts, of = f1Of) => of(allOf(classes)),
	/** The mean over classes that were predicted or true. */
	macro: (classes: ClassCounts, of = f1Of) => sumOf([...classes.values()].map(of)) / Math.max(classes.size, 1),
	/** The mean over classes by how often each was true. */
	weighted: (classes: ClassCounts, of = f1Of) => {
		const all = [...classes.values()];
		return sumOf(all.map((counts) => counts.actual * of(counts))) / (allOf(classes).actual || 1);
	},
} satisfies Record<string, (classes: ClassCounts, of?: ClassScore) => number>;

/** The counts of all classes together. */
export function allOf(classes: ClassCounts): ClassCount {
	const all = [...classes.values()];
	return {
		hits: sumOf(all.map(({ hits }) => hits)),
		predicted: sumOf(all.map(({ predicted }) => predicted)),
		actual: sumOf(all.map(({ actual }) => actual)),
	};
}

/** ClassCount to which more is added: those that are given stay as they are. */
export class Counting {
	readonly #classes: Map<number | string, { -readonly [Kind in keyof ClassCount]: number }>;

	constructor(classes: ClassCounts) {
		this.#classes = new Map([...classes].map(([name, counts]) => [name, { ...counts }]));
	}

	/** One more of a kind, for a class. */
	add(kind: keyof ClassCount, name: number | string): void {
		if (!this.#classes.has(name)) this.#classes.set(name, { ...none });
		this.#classes.get(name)![kind]++;
	}

	get classes(): ClassCounts {
		return this.#classes;
	}
}
