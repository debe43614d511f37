// The order of stages, as far as their types do not tell it.
import { isOwn, type Spec } from './spec.js';

/** What a stage says of fields that it cuts or rewrites. */
interface Ordered {
	readonly spec?: Spec;
	readonly cuts?: string;
	readonly rewrites?: string;
}

/**
 * Throws a TypeError for a stage that rewrites a field which one before it has cut: what it was cut into would stay as it was. A step of the
 * user's own may have written the field anew.
 */
export function expectOrder(who: string, steps: readonly unknown[]): void {
	let before: { readonly field: string; readonly stage: string } | undefined;
	for (const step of steps as readonly Ordered[]) {
		const { cuts, rewrites, spec } = step;
		const stage = spec?.stage ?? '';
		if (before && rewrites === before.field) {
			throw new TypeError(
				`${who}: expected ${stage} before ${before.stage}, got it behind: ${before.stage} has cut the ${before.field} before ${stage} changes it. Put ${stage}() first.`,
			);
		}
		if (cuts !== undefined) before = { field: cuts, stage };
		else if (spec && !isOwn(spec)) before = undefined;
	}
}

/** What several stages together cut and rewrite, for one that stands for them. */
export function orderOf(stages: readonly Ordered[]): { readonly cuts?: string; readonly rewrites?: string } {
	const [cutting, rewriting] = [stages.find(({ cuts }) => cuts), stages.find(({ rewrites }) => rewrites)];
	return { ...(cutting && { cuts: cutting.cuts! }), ...(rewriting && { rewrites: rewriting.rewrites! }) };
}
