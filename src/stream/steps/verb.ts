// What all verbs share: steps that choose, order or look at documents without changing them, as stages that can be chained.
import { chunkwise, collect, type Documents, documents, type Source } from '../documents.js';
import type { Fields, With } from '../fields.js';
import type { Spec } from '../spec.js';
import type { AnyStage } from '../stage.js';

/** A verb over documents of type `D`. */
export interface Verb<D, E extends D = D>
	extends Fields<D extends object ? D : object, D extends E ? object : E extends object ? E : object> {
	(docs: Source<D>): Documents<E>;
	readonly apply: <F extends D>(docs: readonly F[], first?: number) => With<F, object>[];
	readonly applyAsync: <F extends D>(docs: readonly F[], first?: number) => Promise<With<F, object>[]>;
	readonly spec: Spec;
	readonly asynchronous?: true;
	readonly sequential?: true;
}

/** A verb over documents of any kind. */
export interface AnyVerb extends Fields<object, object> {
	<D>(docs: Source<D>): Documents<D>;
	readonly apply: <D>(docs: readonly D[], first?: number) => D[];
	readonly applyAsync: <D>(docs: readonly D[], first?: number) => Promise<D[]>;
	readonly spec: Spec;
	readonly asynchronous?: true;
	readonly sequential?: true;
}

/** What a verb does. */
interface Work<D> {
	readonly step: (docs: Source<D>) => Documents<D>;
	/** The same on an array, as on a stream of its own. */
	readonly apply: (docs: readonly D[], first: number) => D[] | Promise<D[]>;
	readonly asynchronous?: boolean;
	readonly sequential?: boolean;
}

/** A verb of its spec and its work. */
export function verbOf<V extends AnyStage | AnyVerb>(
	spec: Spec,
	{ step, apply, asynchronous = false, sequential = false }: Work<object>,
): V {
	const once = (docs: readonly object[], first = 0) => {
		if (!asynchronous) return apply(docs, first);
		throw new TypeError(
			`${spec.stage}: expected to be waited for, got apply. Use applyAsync, or send documents through it: pipe(docs, …).`,
		);
	};
	const parts = { apply: once, applyAsync: async (docs: readonly object[], first = 0) => apply(docs, first), spec };
	// A function of its own: its properties would be those of every verb that shares it.
	const own = (docs: Source<object>) => step(docs);
	return Object.assign(own, parts, asynchronous && { asynchronous }, sequential && { sequential }) as unknown as V;
}

/** A verb that hands on what `work` makes of a chunk, the first of which is number `first` of the stream; a new pass gets a new `work`, so that it may count. */
export function verb<V extends AnyStage | AnyVerb>(
	spec: Spec,
	start: () => (chunk: readonly object[], first: number) => object[],
	how: { sequential?: boolean } = {},
): V {
	const step = (source: Source<object>) => chunkwise(documents(source, spec.stage), start);
	return verbOf<V>(spec, { step, apply: (docs, first) => start()(docs, first), ...how });
}

/** A verb over a whole stream that gives its documents in another order, or none before it has seen them all. */
export function streamVerb<V extends AnyStage | AnyVerb>(spec: Spec, step: (docs: Documents<object>) => Documents<object>): V {
	const through = (source: Source<object>) => step(documents(source, spec.stage));
	return verbOf<V>(spec, { step: through, apply: (docs) => collect(through(docs)), asynchronous: true, sequential: true });
}
