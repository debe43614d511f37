// The small verbs: they choose, pass or look at documents without changing them.
import { argumentOf, is } from '../../base/index.js';
import { chunkwise, type Documents, documents, documentsFrom, type Source } from '../documents.js';
import { each, eachAsync } from '../located.js';
import { ownStage } from '../own-stage.js';
import type { Spec } from '../spec.js';
import { type Description, described } from '../stage.js';
import { type AnyVerb, type Verb, verb, verbOf } from './verb.js';

/** The documents of a chunk for which `keep` is true. */
export function chosen<D>(who: string, chunk: readonly D[], first: number, keep: (doc: D, number: number) => boolean): D[] {
	const kept: D[] = [];
	each(who, chunk, first, (doc, number) => {
		if (keep(doc, number)) kept.push(doc);
	});
	return kept;
}

/**
 * Keeps the documents for which `keep` is true. `index` counts what comes in, from 0. In a chain, say which documents it takes; to be saved,
 * it needs a name.
 *
 * @example
 * pipe(lines('reviews.txt'), filter((doc) => doc.text !== ''));
 * chain(clean(), filter(({ text }: { text: string }) => text !== '', { stage: 'not-empty' }), words());
 */
export function filter<D, E extends D>(keep: (doc: D, index: number) => doc is E, description?: Description): Verb<D, E>;
export function filter<D>(keep: (doc: D, index: number) => boolean, description?: Description): Verb<D>;
export function filter(keep: (doc: object, index: number) => boolean, description: Description = {}): Verb<object> {
	argumentOf('filter', 'keep', keep, { ...is.function, next: 'Write filter((doc) => …).' });
	const { spec } = described('filter', {}, description);
	return verb(spec, () => (chunk, first) => chosen(spec.stage, chunk, first, keep));
}

/** A number, or options that have it, as in a saved pipeline; there no number is no limit. */
type Counting = number | { readonly count?: number };

function countOf(who: string, given: Counting): number {
	const count = typeof given === 'object' && given !== null ? (given.count ?? Number.POSITIVE_INFINITY) : given;
	return argumentOf(who, 'count', count, is.limit(0));
}

const counting = (stage: string, count: number): Spec => ({ stage, options: Number.isFinite(count) ? { count } : {} });

/** Hands on the first `count` documents, and closes the source then. */
export const take = ownStage((given: Counting): AnyVerb => {
	const count = countOf('take', given);
	const step = <D>(source: Source<D>): Documents<D> => {
		const docs = documents(source, 'take');
		return documentsFrom(async function* () {
			let left = count;
			if (left === 0) return;
			for await (const chunk of docs.chunks()) {
				yield chunk.length > left ? chunk.slice(0, left) : chunk;
				left -= chunk.length;
				if (left <= 0) return;
			}
		}, docs.replayable);
	};
	return verbOf(counting('take', count), { step, apply: (docs) => docs.slice(0, count), sequential: true });
});

/** Leaves out the first `count` documents. */
export const skip = ownStage((given: Counting): AnyVerb => {
	const count = countOf('skip', given);
	const start = () => {
		let left = count;
		return (chunk: readonly object[]) => {
			const rest = chunk.slice(left);
			left = Math.max(0, left - chunk.length);
			return rest;
		};
	};
	return verb(counting('skip', count), start, { sequential: true });
});

/** Hands documents on unchanged after `look` has seen them, one at a time; a promise is waited for. */
export function tap<D>(look: (doc: D) => unknown): Verb<D> {
	argumentOf('tap', 'look', look, is.function);
	const spec = { stage: 'tap', options: {} };
	const seen = async (docs: readonly object[], first: number) => {
		await eachAsync('tap', docs as readonly D[], first, look);
		return [...docs];
	};
	const step = (source: Source<object>) => chunkwise(documents(source, 'tap'), () => seen);
	return verbOf(spec, { step, apply: seen, asynchronous: true });
}

/** A step that gathers documents into arrays of `size`; the last may be shorter. For padded batches of ids see `batches`. */
export function batch(size: number): <D>(docs: Source<D>) => Documents<D[]> {
	argumentOf('batch', 'size', size, is.limit(1));
	return <D>(source: Source<D>) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let held: D[] = [];
			for await (const chunk of docs.chunks()) {
				const full: D[][] = [];
				for (const doc of chunk) {
					if (held.push(doc) < size) continue;
					full.push(held);
					held = [];
				}
				if (full.length > 0) yield full;
			}
			if (held.length > 0) yield [held];
		}, docs.replayable);
	};
}
