// Composition: `pipe` sends documents through steps.
import { argumentOf, is } from '../base/index.js';
import { chainParts } from './chain.js';
import type { Placed } from './chained.js';
import { type Documents, documents, documentsFrom, isOneShot, type Source } from './documents.js';
import { isLearner } from './learner.js';
import { expectOrder } from './order.js';
import type { AnyStage, Step } from './stage.js';

/**
 * Sends documents through steps, left to right: stages, verbs, async generator functions. Nothing is read before the result is iterated.
 * A step whose needs the documents do not meet at its place does not compile. For more than twelve, `chain` some.
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
export function pipe<A, B, C, D, E, F, G, H>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
	s6: Step<F, G>,
	s7: Step<G, H>,
): Documents<H>;
export function pipe<A, B, C, D, E, F, G, H, I>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
	s6: Step<F, G>,
	s7: Step<G, H>,
	s8: Step<H, I>,
): Documents<I>;
export function pipe<A, B, C, D, E, F, G, H, I, J>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
	s6: Step<F, G>,
	s7: Step<G, H>,
	s8: Step<H, I>,
	s9: Step<I, J>,
): Documents<J>;
export function pipe<A, B, C, D, E, F, G, H, I, J, K>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
	s6: Step<F, G>,
	s7: Step<G, H>,
	s8: Step<H, I>,
	s9: Step<I, J>,
	s10: Step<J, K>,
): Documents<K>;
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
	s6: Step<F, G>,
	s7: Step<G, H>,
	s8: Step<H, I>,
	s9: Step<I, J>,
	s10: Step<J, K>,
	s11: Step<K, L>,
): Documents<L>;
export function pipe<A, B, C, D, E, F, G, H, I, J, K, L, M>(
	source: Source<A>,
	s1: Step<A, B>,
	s2: Step<B, C>,
	s3: Step<C, D>,
	s4: Step<D, E>,
	s5: Step<E, F>,
	s6: Step<F, G>,
	s7: Step<G, H>,
	s8: Step<H, I>,
	s9: Step<I, J>,
	s10: Step<J, K>,
	s11: Step<K, L>,
	s12: Step<L, M>,
): Documents<M>;
// None of these fits: the last says why, at the step that is out of place.
export function pipe<A, const S extends readonly unknown[]>(source: Source<A>, ...steps: Placed<A, S>): never;
export function pipe(source: Source<unknown>, ...steps: readonly unknown[]): Documents<unknown> {
	const start = documents(source, 'pipe');
	expectOrder(
		'pipe',
		steps.filter((step) => typeof step === 'function').flatMap((step) => chainParts(step as unknown as AnyStage)),
	);
	return (steps as readonly Step<unknown, unknown>[]).reduce<Documents<unknown>>((docs, step, i) => {
		if (isLearner(step as never)) {
			const { stage } = (step as unknown as { spec: { stage: string } }).spec;
			throw new TypeError(
				`pipe: expected a fitted stage as step ${i + 1}, got ${stage}, which has not seen documents. Call \`await ${stage}(…).fit(docs)\` first.`,
			);
		}
		argumentOf('pipe', `step ${i + 1}`, step, { ...is.function, next: 'Pass stages, and steps such as filter((doc) => …).' });
		const next = argumentOf('pipe', `what step ${i + 1} gives`, step(docs), is.source);
		// What gives a generator or a stream, as a plain async generator function does, is a step, too: it is called anew for each pass.
		if (!isOneShot(next)) return documents(next);
		let first: AsyncIterable<unknown> | undefined = next;
		return documentsFrom(async function* () {
			const pass = first ?? step(docs);
			first = undefined;
			for await (const doc of pass) yield [doc];
		}, docs.replayable);
	}, start);
}
