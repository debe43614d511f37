// Class labels: the names of the classes, learned from documents, then a stage from label to target.
import { byCodePoint, is, type Json, optionsOf } from '../base/index.js';
import { type LearnerOf, learner, map, ownLearner, type Stage, type State } from '../stream/index.js';

/** Which classes there are. */
export interface LabelsOptions {
	/** The classes in the order of their targets. Default: those of the documents, sorted by code point. */
	order?: readonly string[];
}

/** Fitted labels: a stage that adds `target`, the index of the document's class. */
export interface Labels extends Stage<{ label: string }, { target: number }> {
	/** The classes in the order of their targets. */
	readonly names: readonly string[];
	/** Classes. */
	readonly size: number;
	/** The index of a label. Throws a RangeError for a label that was not in the training documents. */
	indexOf(label: string): number;
	/** The label of an index. Throws a RangeError for an index outside 0 to size − 1. */
	nameOf(index: number): string;
}

/**
 * Learns the classes from `label`. Documents of fewer than two classes are a RangeError: there is nothing to tell apart.
 *
 * @example
 * const classes = await labels().fit(docs);
 * classes.nameOf(0); // 'Business'
 */
export const labels = ownLearner((given: LabelsOptions = {}): LearnerOf<{ label: string }, Labels> => {
	const { order } = optionsOf('labels', given, { order: is.texts });
	if (order !== undefined) checkNames(order, 'order', 'Pass each class once, or leave order out.');
	const options = order === undefined ? {} : { order: [...order] };

	return learner(
		{
			start: () => ({ seen: new Set<string>(), count: 0 }),
			add(part, docs: readonly { label: string }[]) {
				part.count += docs.length;
				for (const { label } of docs) part.seen.add(label);
			},
			merge(part, other) {
				part.count += other.count;
				for (const label of other.seen) part.seen.add(label);
			},
			finish({ seen, count }) {
				if (seen.size < 2) {
					const got = count === 0 ? 'no documents' : `${count} of the class '${[...seen][0]}' only`;
					throw new RangeError(
						`labels: expected documents of at least two classes to fit on, got ${got}. Check the source and its label column.`,
					);
				}
				const classes = fitted(order ?? [...seen].sort(byCodePoint), options);
				for (const label of seen) classes.indexOf(label);
				return classes;
			},
		},
		{ stage: 'labels', options, needs: { label: 'text' } },
	);
}, reviveLabels);

/** The classes for a message: a few by name, the rest by number. */
function list(names: readonly string[]): string {
	return names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

function fitted(names: readonly string[], options: Json): Labels {
	const indices = new Map(names.map((name, index) => [name, index]));
	const indexOf = (label: string) => {
		const index = indices.get(label);
		if (index !== undefined) return index;
		throw new RangeError(
			`labels: expected one of ${list(names)}, got ${typeof label === 'string' ? `'${label}'` : JSON.stringify(label)}. Fit on documents that have it, or take it out.`,
		);
	};
	const nameOf = (index: number) => {
		const name = names[index];
		if (name !== undefined) return name;
		throw new RangeError(`labels: expected an index from 0 to ${names.length - 1}, got ${index}. Is it an index of other labels?`);
	};
	const step = map((doc: { label: string }) => ({ target: indexOf(doc.label) }), {
		...{ stage: 'labels', options, state: { names } },
		needs: { label: 'text' },
	});
	return Object.assign(step, { names, size: names.length, indexOf, nameOf });
}

function checkNames(names: unknown, what: string, next: string): asserts names is string[] {
	const valid = Array.isArray(names) && names.length >= 2 && names.every((name) => typeof name === 'string');
	if (valid && new Set(names).size === names.length) return;
	const got = JSON.stringify(names)?.slice(0, 80);
	throw new TypeError(`labels: expected ${what} to hold at least two strings that differ, got ${got}. ${next}`);
}

/** The fitted labels that a spec describes. Throws a TypeError where the state is not one that `fit` wrote. */
export function reviveLabels(options: Json, state: State): Labels {
	const { spec } = labels(options as LabelsOptions);
	const names: unknown = (state as { names?: unknown } | null | undefined)?.names;
	checkNames(names, 'state.names', 'Save the pipeline again.');
	return fitted(names, spec.options);
}
