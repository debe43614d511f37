// The fields of documents as types: what a stage adds to them, and what is wrong with an order of stages.

declare const fields: unique symbol;

/** What carries the fields that a stage needs and adds, for inference. Never set. */
export interface Fields<Needs extends object, Adds extends object> {
	readonly [fields]?: { needs: (doc: Needs) => void; adds: Adds };
}

declare const learning: unique symbol;

/** What carries the fields that learning needs. Never set. */
export interface LearningFields<FitNeeds extends object> {
	readonly [learning]?: { needs: (doc: FitNeeds) => void };
}

/** The fields that a stage adds, or that what is learned adds; none where it never returns. */
export type AddsOf<S> = S extends { readonly [fields]?: { adds: infer Adds extends object } }
	? [Adds] extends [never]
		? object
		: Adds
	: never;

/** The fields that a stage needs, or that what is learned needs. */
export type NeedsOf<S> = S extends { readonly [fields]?: { needs: (doc: infer Needs extends object) => void } } ? Needs : never;

/** The fields that learning needs. */
export type FitNeedsOf<S> = S extends { readonly [learning]?: { needs: (doc: infer Needs extends object) => void } } ? Needs : never;

/** A document with fields added; those that it has already get the type that they are given. */
// biome-ignore lint/suspicious/noExplicitAny: fields that are erased stay erased.
export type With<D, Adds> = 0 extends 1 & (D | Adds) ? any : keyof D & keyof Adds extends never ? D & Adds : Omit<D, keyof Adds> & Adds;
