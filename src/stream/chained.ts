// The types of several stages in a row: what they need and add together, and what is wrong with their order.
import type { ChainLearner } from './chain-learner.js';
import type { AddsOf, Fields, FitNeedsOf, NeedsOf, With } from './fields.js';
import type { Stage } from './stage.js';

/** The fields of `Needs` that `Given` does not have, or has with another type. */
type Lacking<Needs, Given> = {
	[K in keyof Needs]-?: string extends keyof Given ? K : K extends keyof Given ? (Given[K] extends Needs[K] ? never : K) : K;
}[keyof Needs] &
	string;

/** The stages that give the fields of textloom's own stages, for messages. */
interface Givers {
	tokens: 'words()';
	sentences: 'sentences()';
	ids: 'a fitted vocabulary()';
	target: 'fitted labels()';
	weights: 'a fitted tfidf()';
}

type Advice<K extends string, Given> = string extends keyof Given
	? `the documents may have any fields: say that they have "${K}", as in csv<{ ${K}: string }>(path)`
	: K extends keyof Given
		? `the field "${K}" has another type before this stage`
		: K extends keyof Givers
			? `the field "${K}" is missing before this stage: put ${Givers[K]} before it`
			: `the field "${K}" is missing before this stage: put a stage that adds it before it`;

/** The steps of a pipe, with what is wrong in the place of the first that is out of place. */
export type Placed<D, S extends readonly unknown[]> = S extends readonly [infer First, ...infer Rest]
	? First extends { fit: unknown }
		? readonly ['this learns from documents first: pass what its fit gives', ...Rest]
		: First extends Fields<never, object>
			? [Lacking<NeedsOf<First>, D>] extends [never]
				? readonly [First, ...Placed<With<D, AddsOf<First>>, Rest>]
				: readonly [Advice<Lacking<NeedsOf<First>, D>, D>, ...Rest]
			: readonly [First, ...Rest]
	: S;

type FitNeeds<S> = S extends { fit: unknown } ? FitNeedsOf<S> : object;

/** What several stages make together: what an earlier one adds, a later one need not find in the document. It learns where one of them does. */
export type Chained<
	S extends readonly unknown[],
	Fit extends object = object,
	Needs extends object = object,
	Adds extends object = object,
	Learns = false,
> = S extends readonly [infer First, ...infer Rest]
	? Chained<
			Rest,
			Fit & Omit<NeedsOf<First> & FitNeeds<First>, keyof Adds>,
			Needs & Omit<NeedsOf<First>, keyof Adds>,
			With<Adds, AddsOf<First>>,
			First extends { fit: unknown } ? true : Learns
		>
	: Learns extends true
		? ChainLearner<Fit, Needs, Adds>
		: Stage<Needs, Adds>;

/** The fields that some of these stages give to documents that do not have them. */
type Given<S extends readonly unknown[]> = S extends readonly [infer First, ...infer Rest]
	? Exclude<keyof AddsOf<First>, keyof NeedsOf<First>> | Given<Rest>
	: never;

/** The parts of a chain, with what is wrong in the place of the first that needs what only a later one gives, or an earlier one gave with another type. */
export type InOrder<S extends readonly unknown[]> = {
	[I in keyof S]: I extends keyof Ordered<S> ? (Ordered<S>[I] extends string ? Ordered<S>[I] : S[I]) : never;
};

type Ordered<S extends readonly unknown[], Adds extends object = object> = S extends readonly [infer First, ...infer Rest]
	? [Early<First, Rest, Adds>] extends [never]
		? readonly [First, ...Ordered<Rest, With<Adds, AddsOf<First>>>]
		: readonly [Advice<Early<First, Rest, Adds>, Adds>, ...Rest]
	: S;

type Early<First, Rest extends readonly unknown[], Adds> = {
	[K in keyof NeedsOf<First>]: K extends keyof Adds ? (Adds[K] extends NeedsOf<First>[K] ? never : K) : K extends Given<Rest> ? K : never;
}[keyof NeedsOf<First>] &
	string;
