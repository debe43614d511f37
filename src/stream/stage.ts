// A stage: a function over documents with a description, so that it can be composed, saved beside a model and revived.
import { argumentOf, is, type Json, optionsOf } from '../base/index.js';
import { chunkwise, type Documents, documents, type Source } from './documents.js';
import type { Fields, With } from './fields.js';
import { each, together } from './located.js';
import { checkOf, type FieldNeeds } from './needs.js';
import type { Spec, State } from './spec.js';

/** A step from documents to documents: what `pipe` composes. Every stage is one; so is any async generator function. */
export type Step<A, B> = (docs: Documents<A>) => AsyncIterable<B>;

/**
 * Reads documents that have at least the fields `Needs` and returns copies with the fields `Adds`.
 * A field that a document already has gets the type that the stage gives it; no other is lost.
 */
export interface Stage<Needs extends object, Adds extends object> extends Fields<Needs, Adds> {
	<D extends Needs>(docs: Source<D>): Documents<With<D, Adds>>;
	/**
	 * The same work on an array, at once. Where the array is a part of a stream, `first` is the number of its first document there, from 0,
	 * for errors. Throws a TypeError where the work is asynchronous.
	 */
	readonly apply: <D extends Needs>(docs: readonly D[], first?: number) => With<D, Adds>[];
	/** The same work on an array, for every stage. */
	readonly applyAsync: <D extends Needs>(docs: readonly D[], first?: number) => Promise<With<D, Adds>[]>;
	readonly spec: Spec;
	/** Set where it cuts a field into parts, such as a text into tokens: the field's name. */
	readonly cuts?: string;
	/** Set where tokens lie side by side: the stage with `Pieces` in their place. A thread that only hands them on makes no texts of them. */
	readonly inPieces?: () => AnyStage;
	/** Set where it changes a field that others cut: it has to come before them. */
	readonly rewrites?: string;
	/** Set where the work is asynchronous by nature, so that `apply` throws. */
	readonly asynchronous?: true;
	/** Set where what becomes of a document depends on those before it: the whole stream must go through one such stage, in order. */
	readonly sequential?: true;
	/** Set where the stage does something else in training than in prediction: the stage as it is in an epoch of training. */
	readonly training?: (epoch: number) => AnyStage;
}

/** A stage of any fields. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where fields are erased; `never` would refuse every stage.
export type AnyStage = Stage<any, any>;

/** What is said of a stage of your own. */
export interface Description<Needs extends object = object> {
	/** The name by which a saved pipeline or a thread finds it again. Default: the name of the function. */
	readonly stage?: string;
	/** What it was made with, as plain JSON, if it is to be made again from that. Default none. */
	readonly options?: Json;
	/** What it learned. */
	readonly state?: State;
	/** The fields that it takes, with their kinds: a document without is an error before the function sees it. */
	readonly needs?: FieldNeeds<Needs>;
}

/** The spec of a description, and a look at a document. */
export interface Described {
	readonly spec: Spec;
	readonly check: (doc: unknown) => void;
}

const descriptionKinds = {
	stage: is.name,
	options: { expected: 'plain JSON', fits: () => true },
	state: { expected: 'plain JSON and arrays of numbers', fits: () => true },
	needs: is.object,
};

/** The function that a stage is made of, and what is said of it, checked. */
export function described<Needs extends object>(
	who: string,
	given: { readonly name?: string } | object,
	description: Description<Needs>,
): Described {
	const { stage, options = {}, state, needs } = optionsOf<Description<Needs>>(who, description, descriptionKinds);
	const name = stage ?? ((given as { name?: string }).name || who);
	return { spec: { stage: name, options, ...(state !== undefined && { state }) }, check: checkOf(name, needs) };
}

/** Makes a stage from work on documents of which the first is number `first` of the stream. The work itself says where it failed. */
export function numberedStage<Needs extends object, Adds extends object>(
	spec: Spec,
	work: (docs: readonly Needs[], first: number) => (Needs & Adds)[],
): Stage<Needs, Adds> {
	const step = (source: Source<Needs>) => chunkwise(documents(source), () => work);
	const apply = (docs: readonly Needs[], first = 0) => work(docs, first);
	const applyAsync = async (docs: readonly Needs[], first?: number) => apply(docs, first);
	// `work` copies every field, so what it returns for documents of a richer type D is With<D, Adds>.
	return Object.assign(step, { apply, applyAsync, spec }) as unknown as Stage<Needs, Adds>;
}

/**
 * Makes a stage from a function over an array of documents, which may drop documents or add some. An error says at which document:
 * `file:line` where the document has these fields, else its number; to find it, `apply` is called again with one document at a time.
 *
 * @example
 * const long = stage((docs: readonly { text: string }[]) => docs.filter(({ text }) => text.length > 100));
 */
export function stage<Needs extends object, Adds extends object = object>(
	apply: (docs: readonly Needs[]) => (Needs & Adds)[],
	description: Description<Needs> = {},
): Stage<Needs, Adds> {
	argumentOf('stage', 'apply', apply, synchronous('asyncStage'));
	const { spec, check } = described('stage', apply, description);
	return numberedStage(spec, (docs, first) => {
		each(spec.stage, docs, first, check);
		return together(spec.stage, docs, first, (some) => apply(some));
	});
}

/**
 * Makes a stage from a pure function that computes the fields to add (or replace) from one document. Errors as in `stage`.
 *
 * @example
 * pipe(docs, map(({ text }: { text: string }) => ({ length: text.length })));
 * map(({ text }: { text: string }) => ({ length: text.length }), { stage: 'length', needs: { text: 'text' } });
 */
export function map<Needs extends object, Adds extends object & { readonly then?: never }>(
	add: (doc: Needs) => Adds,
	description: Description<Needs> = {},
): Stage<Needs, Adds> {
	argumentOf('map', 'the function', add, synchronous('asyncMap'));
	const { spec, check } = described('map', add, description);
	return numberedStage(spec, (docs, first) => {
		const done: (Needs & Adds)[] = [];
		each(spec.stage, docs, first, (doc) => {
			check(doc);
			const added: unknown = add(doc);
			if (added instanceof Promise) throw promised(added);
			done.push({ ...doc, ...(added as Adds) });
		});
		return done;
	});
}

/** The error of a function that should have been given to `asyncMap`. What becomes of its promise is nobody's. */
function promised(added: Promise<unknown>): TypeError {
	added.catch(() => {});
	return new TypeError('map: expected the fields to add, got a promise. Use asyncMap.');
}

const AsyncFunction = (async () => {}).constructor;

/** A function that is not async, which can be told before it is called. */
const synchronous = (other: string) => ({
	expected: 'a function that is not async',
	fits: (value: unknown) => typeof value === 'function' && !(value instanceof AsyncFunction),
	next: `Use ${other} for an async one.`,
});

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
