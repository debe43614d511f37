// What all tasks with classes share: their names, counts and weights, and an evaluation by class.
import { byCodePoint, type Json } from '../../base/index.js';
import { f1Of, precisionOf, recallOf } from '../../metrics/averages.js';

/** The classes of a task, in the order of their numbers, and how often each was an answer. */
export interface Classes {
	readonly names: readonly string[];
	readonly counts: readonly number[];
}

/** The classes in what a task learned. Throws a TypeError where a file has something else. */
export function classesIn(task: string, learned: Json): Classes {
	const { names, counts } = (learned ?? {}) as { names?: unknown; counts?: unknown };
	const texts = Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string');
	if (texts && new Set(names).size === names.length && Array.isArray(counts) && counts.length === names.length) return { names, counts };
	throw new TypeError(
		`${task}: expected classes { names, counts } that differ, got ${JSON.stringify(learned)?.slice(0, 80)}. Save the model again.`,
	);
}

/** So many documents with as many classes have something else in the field of their labels. */
const telling = 20;

/** Counts the classes of documents, each by the names that `namesOf` gives; `each` says that it is one for each document. */
export function learnClasses<Doc extends object>(task: string, namesOf: (doc: Doc) => readonly string[], { least = 2, each = false } = {}) {
	return {
		start: () => ({ seen: new Map<string, number>(), documents: 0 }),
		add(state: { seen: Map<string, number>; documents: number }, doc: Doc) {
			state.documents++;
			for (const name of namesOf(doc)) state.seen.set(name, (state.seen.get(name) ?? 0) + 1);
		},
		finish({ seen, documents }: { seen: Map<string, number>; documents: number }): Classes & { readonly [key: string]: Json } {
			if (seen.size < least) {
				const got = documents === 0 ? 'no documents' : `${documents} of the class '${[...seen.keys()][0]}' only`;
				throw new RangeError(
					`${task}: expected documents of at least ${least} classes, got ${got}. Check the source and the field of its answers.`,
				);
			}
			if (each && documents >= telling && seen.size === documents) {
				throw new RangeError(
					`${task}: expected labels that repeat, got ${documents} documents with ${seen.size} different ones, such as ${JSON.stringify([...seen.keys()][0])}. Name the field of their classes; for numbers set problem: 'number'.`,
				);
			}
			const names = [...seen.keys()].sort(byCodePoint);
			return { names, counts: names.map((name) => seen.get(name)!) };
		},
	};
}

/** From a class to its number. Throws a RangeError for a class that was not among the training documents. */
export function numberOf(task: string, { names }: Classes): (name: string) => number {
	const numbers = new Map(names.map((name, number) => [name, number]));
	return (name) => {
		const number = numbers.get(name);
		if (number !== undefined) return number;
		const known = names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
		throw new RangeError(
			`${task}: expected one of ${known}, got ${JSON.stringify(name)}. Train on documents that have it, or take it out.`,
		);
	};
}

/** Weights of classes: given by name, or `balanced`: each class counts as much in all, as scikit-learn balances them. */
export type ClassWeights = 'balanced' | Readonly<Record<string, number>>;

/** The weight of each class, or none. */
export function weightsOf(task: string, { names, counts }: Classes, weights: ClassWeights | undefined): number[] | undefined {
	if (weights === undefined) return undefined;
	if (weights === 'balanced') {
		const all = counts.reduce((sum, count) => sum + count, 0);
		return counts.map((count) => all / (counts.length * count));
	}
	const unknown = Object.keys(weights).find((name) => !names.includes(name));
	if (unknown !== undefined)
		throw new RangeError(`${task}: expected weights of ${names.join(', ')}, got one of ${JSON.stringify(unknown)}. Correct it.`);
	return names.map((name) => weights[name] ?? 1);
}

/** The facts of classes that other programs read. */
export const labelFacts = ({ names }: Classes) => ({ id2label: Object.fromEntries(names.entries()) });

/** How well one class is told. */
export interface ClassReport {
	readonly precision: number;
	readonly recall: number;
	readonly f1: number;
	/** Answers of this class. */
	readonly support: number;
}

/** Precision, recall and F1 of each class from counts `[answer][said]`; 0 where nothing is to be divided. */
export function reportOf(names: readonly string[], confusion: readonly (readonly number[])[]): Readonly<Record<string, ClassReport>> {
	return Object.fromEntries(
		names.map((name, place) => {
			const support = confusion[place]!.reduce((sum, count) => sum + count, 0);
			const said = confusion.reduce((sum, row) => sum + row[place]!, 0);
			return [name, classReport({ hits: confusion[place]![place]!, said, support })];
		}),
	);
}

/** The report of a class that was the answer `support` times, was said `said` times, and both `hits` times. */
export function classReport({ hits, said, support }: { hits: number; said: number; support: number }): ClassReport {
	const counts = { hits, predicted: said, actual: support };
	return { precision: precisionOf(counts), recall: recallOf(counts), f1: f1Of(counts), support };
}

/** The mean F1 of all classes that were an answer. */
export function meanF1(report: Readonly<Record<string, ClassReport>>): number {
	const some = Object.values(report).filter(({ support }) => support > 0);
	return some.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(some.length, 1);
}

/** A table of counts. */
export const square = (size: number): number[][] => Array.from({ length: size }, () => new Array<number>(size).fill(0));
