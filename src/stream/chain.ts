// Several stages as one, and several that learn as one learner.
import { argumentOf, is, type Kind, optionsOf } from '../base/index.js';
import { createCache } from './cache.js';
import type { ChainLearnOptions } from './chain-learner.js';
import type { Chained, InOrder } from './chained.js';
import { type Documents, documents, type Source } from './documents.js';
import { type AnyLearner, isLearner } from './learner.js';
import { expectOrder } from './order.js';
import { isOwnMaker } from './own.js';
import { type Spec, specParts } from './spec.js';
import type { AnyStage } from './stage.js';

/** What a chain is made of. */
export type Part = AnyStage | AnyLearner;

const partKind: Kind = {
	expected: 'a stage, or something that learns one',
	fits: (value) =>
		is.stage.fits(value) || (typeof (value as AnyLearner | null)?.fit === 'function' && is.spec.fits((value as AnyLearner).spec)),
	next: 'Make it with map() or stage().',
};

/**
 * Makes one stage of several, which verbs such as `filter` are, too. Where some of them learn it is a learner: `fit` fits them, each on what
 * comes before it, and gives the stage. A part that needs a field which only a later one adds does not compile.
 *
 * @example
 * const stages = await chain(clean(), words(), vocabulary({ minCount: 2 })).fit(docs);
 */
export function chain<const S extends readonly Part[]>(...parts: InOrder<S>): Chained<S> {
	for (const [i, part] of parts.entries()) {
		if (isOwnMaker(part))
			throw new TypeError(`chain: expected a stage as part ${i + 1}, got the function that makes one. Call it, such as clean().`);
		argumentOf('chain', `part ${i + 1}`, part, partKind);
	}
	const flat = (parts as readonly Part[]).flatMap(chainParts);
	expectOrder('chain', flat);
	const spec = { stage: 'chain', options: {}, parts: flat.flatMap((part) => specParts(part.spec)) };
	return (flat.some(isLearner) ? learningChain(flat, spec) : chainOf(flat as readonly AnyStage[], spec)) as unknown as Chained<S>;
}

function chainOf(parts: readonly AnyStage[], spec: Spec): AnyStage {
	const through = (source: Source<object>) => parts.reduce<Documents<object>>((docs, part) => part(docs), documents(source, 'chain'));
	const apply = (docs: readonly object[], first?: number) => parts.reduce((done, part) => part.apply(done, first), docs);
	const applyAsync = async (docs: readonly object[], first?: number) => {
		let done = docs;
		for (const part of parts) done = part.asynchronous ? await part.applyAsync(done, first) : part.apply(done, first);
		return done;
	};
	return Object.assign(
		through,
		{ apply, applyAsync, spec, parts },
		parts.some((part) => part.asynchronous) && { asynchronous: true },
		parts.some((part) => part.sequential) && { sequential: true },
		// Only where a part has something to change, so that a chain without is left as it is.
		parts.some((part) => part.training) && {
			training: (epoch: number) => chain(...parts.map((part) => part.training?.(epoch) ?? part)),
		},
	) as unknown as AnyStage;
}

function learningChain(parts: readonly Part[], spec: Spec): AnyLearner {
	const last = parts.findLastIndex(isLearner);
	const fit = async (source: Source<object>, options: ChainLearnOptions = {}) => {
		const { cache: given, ...learning } = optionsOf('chain', options, { onProgress: is.function, signal: is.signal, cache: is.object });
		const cache = given ?? createCache();
		const fitted: AnyStage[] = [];
		let docs: Source<object> = argumentOf('chain', 'source', source, is.source);
		let waiting: AnyStage[] = [];
		try {
			for (const [place, part] of parts.entries()) {
				if (!isLearner(part)) waiting.push(part);
				else {
					const before = waiting;
					// What more than one learner sees is made once.
					docs =
						place < last ? cache.through(docs, before) : before.reduce<Documents<object>>((some, stage) => stage(some), documents(docs));
					waiting = [await part.fit(docs, learning)];
				}
				fitted.push(...(isLearner(part) ? waiting : [part]));
			}
		} finally {
			if (!given) await cache.close();
		}
		return chainOf(fitted, { ...spec, parts: fitted.flatMap((part) => specParts(part.spec)) });
	};
	return { spec, fit, parts } as unknown as AnyLearner;
}

/** The parts of a chain in order; what is no chain is its only part. */
export function chainParts<P extends Part>(whole: P): readonly P[] {
	return 'parts' in whole ? (whole.parts as readonly P[]) : [whole];
}
