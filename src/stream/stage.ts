// A stage: a function over documents with a description, so that it can be composed, saved beside a model and revived.
import { type Documents, documents, documentsFrom, type Source } from './documents.js';
import { is } from './kinds.js';
import { each, together } from './located.js';
import { checkOf, type FieldNeeds } from './needs.js';
import { argumentOf, optionsOf } from './options.js';

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A stage written down: its name, its options, and what it learned. Plain JSON. */
export interface Spec {
	readonly stage: string;
	readonly options: Json;
	/** What the stage learned from data (a vocabulary, document counts). */
	readonly state?: Json;
	/** The stages of a chain, in order. */
	readonly parts?: readonly Spec[];
}

/** A step from documents to documents: what `pipe` composes. Every stage is one; so is any async generator function. */
export type Step<A, B> = (docs: Documents<A>) => AsyncIterable<B>;

/**
 * Reads documents that have at least the fields `Needs` and returns copies with the fields `Adds`.
 * No field that a document already has is lost from its type.
 */
export interface Stage<Needs extends object, Adds extends object> {
	<D extends Needs>(docs: Source<D>): Documents<D & Adds>;
	/** The same work on an array, at once. Where the array is a part of a stream, `first` is the number of its first document there, from 0, for errors. */
	readonly apply: <D extends Needs>(docs: readonly D[], first?: number) => (D & Adds)[];
	/** Set where the work is asynchronous by nature; `apply` then makes the thread wait for it. */
	readonly applyAsync?: <D extends Needs>(docs: readonly D[], first?: number) => Promise<(D & Adds)[]>;
	readonly spec: Spec;
	/** Set where the stage does something else in training than in prediction: the stage as it is in an epoch of training. */
	readonly training?: (epoch: number) => AnyStage;
	/** Never set: it carries the two types, for inference. */
	readonly [fields]?: { needs: (doc: Needs) => void; adds: Adds };
}

declare const fields: unique symbol;

/**
 * How a stage learns from documents in parts, so that threads can share the work: each fills a part of its own, the parts are merged.
 * A part travels between threads, so it is plain data: arrays, Maps, Sets, numbers.
 */
export interface Tally<Needs extends object, Part, Fitted> {
	/** A part that has seen nothing. */
	start(): Part;
	/** `first` is the number of the first of the documents in their stream, from 0, for errors. */
	add(part: Part, docs: readonly Needs[], first?: number): void;
	/** Adds to `part` what `other` has seen. */
	merge(part: Part, other: Part): void;
	finish(part: Part): Fitted;
}

/** A stage that learns from documents first: `fit` returns the fitted stage and leaves this one as it was. */
export interface Learner<Needs extends object, Adds extends object, Fitted extends Stage<Needs, Adds> = Stage<Needs, Adds>>
	extends Stage<Needs, Adds> {
	fit(docs: Source<Needs>): Promise<Fitted>;
	/** Set where the learning can be shared among threads. */
	readonly tally?: Tally<Needs, unknown, Fitted>;
}

/** Makes a stage from work on documents of which the first is number `first` of the stream. The work itself says where it failed. */
export function numberedStage<Needs extends object, Adds extends object>(
	spec: Spec,
	work: (docs: readonly Needs[], first: number) => (Needs & Adds)[],
): Stage<Needs, Adds> {
	const step = (source: Source<Needs>) => {
		const docs = documents(source);
		return documentsFrom(async function* () {
			let first = 0;
			for await (const chunk of docs.chunks()) {
				const done = work(chunk, first);
				first += chunk.length;
				if (done.length > 0) yield done;
			}
		}, docs.replayable);
	};
	const apply = (docs: readonly Needs[], first = 0) => work(docs, first);
	// `work` copies every field, so what it returns for documents of a richer type D is D & Adds.
	return Object.assign(step, { apply, spec }) as unknown as Stage<Needs, Adds>;
}

/**
 * Makes a stage from a function over an array of documents, which may drop documents or add some. `needs` names the fields that it takes,
 * with their kinds: a document without is an error before `apply` sees it. An error says at which document: `file:line` where the document
 * has these fields, else its number; to find it, `apply` is called again with one document at a time.
 */
export function stage<Needs extends object, Adds extends object>(
	spec: Spec,
	apply: (docs: readonly Needs[]) => (Needs & Adds)[],
	needs?: FieldNeeds<Needs>,
): Stage<Needs, Adds> {
	const check = checkOf(spec.stage, needs);
	return numberedStage(spec, (docs, first) => {
		each(spec.stage, docs, first, check);
		return together(spec.stage, docs, first, apply);
	});
}

/**
 * Makes a stage from a pure function that computes the fields to add (or replace) from one document. `needs` and errors as in `stage`.
 *
 * @example
 * map({ stage: 'length', options: {} }, ({ text }: { text: string }) => ({ length: text.length }), { text: 'text' });
 */
export function map<Needs extends object, Adds extends object>(
	spec: Spec,
	add: (doc: Needs) => Adds,
	needs?: FieldNeeds<Needs>,
): Stage<Needs, Adds> {
	return numberedMap(spec, (doc) => add(doc), needs);
}

/** `map` with a function that is told the number of the document in its stream, from 0. */
export function numberedMap<Needs extends object, Adds extends object>(
	spec: Spec,
	add: (doc: Needs, number: number) => Adds,
	needs: FieldNeeds<Needs> | undefined,
): Stage<Needs, Adds> {
	const check = checkOf(spec.stage, needs);
	return numberedStage(spec, (docs, first) => {
		const done: (Needs & Adds)[] = [];
		each(spec.stage, docs, first, (doc, number) => {
			check(doc);
			done.push({ ...doc, ...add(doc, number) });
		});
		return done;
	});
}

/** A stage of any fields. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where fields are erased; `never` would refuse every stage.
export type AnyStage = Stage<any, any>;

/** The fields that a stage adds. */
export type AddsOf<S> = S extends { readonly [fields]?: { adds: infer Adds extends object } } ? Adds : never;

/** The fields that a stage needs. */
export type NeedsOf<S> = S extends { readonly [fields]?: { needs: (doc: infer Needs extends object) => void } } ? Needs : never;

/** Makes a learner of a function from documents to the fitted stage, or of a tally; `needs` as in `stage`. Used before `fit` it fails and says so. */
export function learner<Needs extends object, Fitted extends AnyStage, Part = never>(
	spec: Spec,
	how: ((docs: Source<Needs>) => Promise<Fitted>) | Tally<Needs, Part, Fitted>,
	needs?: FieldNeeds<Needs>,
): Stage<Needs, AddsOf<Fitted>> & { fit(docs: Source<Needs>): Promise<Fitted>; readonly tally?: Tally<Needs, unknown, Fitted> } {
	const unfitted = numberedStage<Needs, AddsOf<Fitted>>(spec, () => {
		throw new TypeError(
			`${spec.stage}: expected a fitted stage, got one that has not seen documents. Call \`await stage.fit(docs)\` first.`,
		);
	});
	const check = checkOf(spec.stage, needs);
	if (typeof how === 'function') {
		const checked = numberedStage<Needs, object>(spec, (docs, first) => {
			each(spec.stage, docs, first, check);
			return docs as Needs[];
		});
		return Object.assign(unfitted, { fit: (docs: Source<Needs>) => how(checked(docs)) });
	}
	const add = (part: Part, docs: readonly Needs[], first = 0) => {
		each(spec.stage, docs, first, check);
		together(spec.stage, docs, first, (some) => how.add(part, some));
	};
	const fit = async (source: Source<Needs>) => {
		const docs = documents(source);
		// Documents that come out of threads are counted there.
		const parts = (await docs.tally?.(whole)) as Part[] | undefined;
		const sum = how.start();
		let first = 0;
		if (parts) for (const part of parts) how.merge(sum, part);
		else {
			for await (const chunk of docs.chunks()) {
				add(sum, chunk, first);
				first += chunk.length;
			}
		}
		return how.finish(sum);
	};
	const whole = Object.assign(unfitted, { fit, tally: { ...how, add } as Tally<Needs, unknown, Fitted> });
	return whole;
}

/** Whether a stage has something to learn. */
export function isLearner<Needs extends object, Adds extends object>(candidate: Stage<Needs, Adds>): candidate is Learner<Needs, Adds> {
	return 'fit' in candidate;
}

/**
 * The stage, or chain, as it is in an epoch of training: `augment` changes documents then. A stage that does the same in training and in prediction stays as it is.
 *
 * @example
 * for await (const doc of pipe(docs, inTraining(stages, { epoch: 3 }))) …
 */
export function inTraining<S extends AnyStage>(stage: S, options: { epoch: number }): S {
	argumentOf('inTraining', 'stage', stage, is.stage);
	const { epoch } = optionsOf('inTraining', options ?? {}, { epoch: is.needed(is.whole(0)) });
	return (stage.training?.(epoch) ?? stage) as S;
}
