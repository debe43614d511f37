// Chains that can be evaluated: each document that goes in comes out, in its place.
import { chainParts, isLearner } from '../../stream/index.js';
import { isOwnMaker } from '../../stream/own.js';
import type { Pipeline } from './options.js';

/** Whether something can be evaluated. */
export const pipelineKind = {
	expected: 'something that learns, a stage, or a function that makes one of these',
	// Not one of textloom's own that makes a stage, which wants to be called: it would take the number of a fold for its options.
	fits: (value: unknown) => (typeof value === 'function' && !isOwnMaker(value)) || isPipeline(value),
	next: 'Pass chain(words(), …).',
};

/** Whether something is a stage or learns one. */
export function isPipeline(value: unknown): value is Pipeline {
	const { spec, apply } = Object(value) as { spec?: { stage?: unknown }; apply?: unknown };
	return typeof spec?.stage === 'string' && (typeof value === 'function' ? typeof apply === 'function' : isLearner(value as Pipeline));
}

/** The parts of what a function made, which has to be a pipeline. */
export function partsOf(who: string, made: unknown): readonly Pipeline[] {
	if (isPipeline(made)) return chainParts(made);
	throw new TypeError(
		`${who}: expected a function that makes a chain, a learner or a stage, got ${typeof made}. Return chain(words(), …).`,
	);
}

/** Throws a TypeError for verbs that leave documents out or change their order. */
export function expectHandingOn(who: string, parts: readonly Pipeline[]): void {
	const verb = parts.find((part) => !isLearner(part) && part.sequential);
	if (!verb) return;
	throw new TypeError(
		`${who}: expected stages that hand on each document in its place, got ${verb.spec.stage}. Do that before: pipe(docs, ${verb.spec.stage}(…)).`,
	);
}
