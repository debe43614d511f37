// Composition: `pipe` sends documents through steps, `chain` makes one stage of several.
import { type Documents, documents, documentsFrom, type Source } from './documents.js';
import { type AddsOf, type AnyStage, isLearner, type Learner, type NeedsOf, type Spec, type Step } from './stage.js';

/**
 * Sends documents through steps, left to right. Nothing is read before the result is iterated.
 * A step whose needs the documents do not meet at its place does not compile. For more than six, `chain` some.
 *
 * @example
 * const docs = pipe(lines('news.txt'), clean(), words());
 */
export function pipe<A>(source: Source<A>): Documents<A>;
export function pipe<A, B>(source: Source<A>, s1: Step<A, B>): Documents<B>;
export function pipe<A, B, C>(source: Source<A>, s1: Step<A, B>, s2: Step<B, C>): Documents<C>;
export function pipe<A, B, C, D>(source: Source<A>, s1: Step<A, B>, s2: Step<B, C>, s3: Step<C, D>): Documents<D>;
export function pipe<A, B, C, D, E>(source: Source<A>, s1: Step<A, B>, s2: Step<B, C>, s3: Step<C, D>, s4: Step<D, E>): Documents<E>;
export function pipe<A, B, C, D, E, F>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
): Documents<F>;
export function pipe<A, B, C, D, E, F, G>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
	s6: Step<F, G>,
): Documents<G>;
export function pipe(source: Source<unknown>, ...steps: Step<unknown, unknown>[]): Documents<unknown> {
	const start = documents(source);
	return steps.reduce<Documents<unknown>>((docs, step) => {
		const next = step(docs);
		// A plain async generator function is a step, too: it is called anew for each pass.
		const generator = Object.is(next[Symbol.asyncIterator]?.(), next);
		if (!generator) return documents(next);
		let first: AsyncIterable<unknown> | undefined = next;
		return documentsFrom(async function* () {
			const pass = first ?? step(docs);
			first = undefined;
			for await (const doc of pass) yield [doc];
		}, docs.replayable);
	}, start);
}

/** The stage that `S` in order make: what an earlier one adds, a later one need not find in the document. */
export type Chained<S extends readonly unknown[], Needs extends object = object, Adds extends object = object> = S extends readonly [
	infer First,
	...infer Rest,
]
	? Chained<Rest, Needs & Omit<NeedsOf<First>, keyof Adds>, Adds & AddsOf<First>>
	: Learner<Needs, Adds>;

/**
 * Makes one stage of several. `fit` fits those that learn, each on what the stages before it put out.
 *
 * @example
 * const stages = await chain(clean(), words(), vocabulary({ minCount: 2 })).fit(docs);
 */
export function chain<const S extends readonly AnyStage[]>(...parts: S): Chained<S> {
	const flat: AnyStage[] = parts.flatMap((part) => chainParts(part));
	const step = (source: Source<object>) => flat.reduce<Documents<object>>((docs, part) => part(docs as never), documents(source));
	const chained = Object.assign(step, {
		apply: (docs: readonly object[], first?: number) => flat.reduce((done, part) => part.apply(done as never, first) as object[], docs),
		spec: { stage: 'chain', options: {}, parts: flat.flatMap((part) => specParts(part.spec)) },
	});
	const fit = async (source: Source<object>) => {
		const fitted: AnyStage[] = [];
		for (const part of flat) {
			const before = fitted.reduce<Documents<object>>((docs, done) => done(docs as never), documents(source));
			fitted.push(isLearner(part) ? await part.fit(before as never) : part);
		}
		return chain(...fitted);
	};
	// Only where a part has something to change, so that a chain without is left as it is.
	const training = flat.some((part) => part.training) && {
		training: (epoch: number) => chain(...flat.map((part) => part.training?.(epoch) ?? part)) as AnyStage,
	};
	return Object.assign(chained, { fit, parts: flat }, training) as unknown as Chained<S>;
}

/** The descriptions of a chain's stages in order; a stage that is no chain is its only part. */
export function specParts(spec: Spec): readonly Spec[] {
	return spec.parts?.flatMap(specParts) ?? [spec];
}

/** The stages of a chain in order; a stage that is no chain is its only part. */
export function chainParts(whole: AnyStage): readonly AnyStage[] {
	return 'parts' in whole ? (whole.parts as readonly AnyStage[]) : [whole];
}
