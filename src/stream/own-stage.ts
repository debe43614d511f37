// Stages of textloom's own: what an index exports of them is the registry, by their names there.
import type { AnyLearner } from './learner.js';
import { type Own, own, ownOf } from './own.js';
import { markOwn, type Spec, type State } from './spec.js';
import type { AnyStage } from './stage.js';

/** Makes a stage, or what learns one, from its options and what it learned. */
export type Revive = (options: never, state: State | undefined) => AnyStage | AnyLearner;

/** A function that makes stages of textloom's own. */
export type OwnStage = Own<'stage', Revive>;

/**
 * Marks a function as one that makes stages of textloom's own. It is known by the name under which its index exports it, and its stages have
 * that name in their specs. `revived` makes a stage of options and state, where the options alone do not.
 *
 * @example
 * export const upper = ownStage((): Stage<{ text: string }, { text: string }> => map(({ text }) => ({ text: text.toUpperCase() }), { stage: 'upper' }));
 */
export function ownStage<F extends (...args: never[]) => { readonly spec: Spec }>(make: F, revived?: Revive): F & OwnStage {
	const marked = (...args: never[]) => markOwn(make(...args));
	const again: Revive = revived ?? ((options) => make(options) as AnyStage | AnyLearner);
	return own(marked as unknown as F, 'stage', (options: never, state: State | undefined) => markOwn(again(options, state)));
}

/** The same for a function that makes learners; `fitted` makes a stage of options and of what was learned. */
export function ownLearner<F extends (...args: never[]) => AnyLearner>(
	make: F,
	fitted: (options: never, state: State) => AnyStage,
): F & OwnStage {
	return ownStage(make, (options, state) => (state === undefined ? make(options) : fitted(options, state)));
}

/** The stages of textloom's own among the exports of an index, by name. */
export function ownStagesOf(exported: Readonly<Record<string, unknown>>): Readonly<Record<string, Revive>> {
	return ownOf('stage', exported);
}
