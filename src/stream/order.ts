// The order of stages, as far as their types do not tell it.

/** What a stage says of fields that it cuts or rewrites. */
interface Ordered {
	readonly spec?: { readonly stage: string };
	readonly cuts?: string;
	readonly rewrites?: string;
}

/** Throws a TypeError for a stage that rewrites a field which one before it has cut: what it was cut into would stay as it was. */
export function expectOrder(who: string, steps: readonly unknown[]): void {
	for (const [place, step] of steps.entries()) {
		const { rewrites, spec } = step as Ordered;
		const before = rewrites && (steps.slice(0, place) as Ordered[]).find(({ cuts }) => cuts === rewrites);
		if (!before) continue;
		const [late, early] = [spec?.stage, before.spec?.stage];
		throw new TypeError(
			`${who}: expected ${late} before ${early}, got it behind: ${early} has cut the ${rewrites} before ${late} changes it. Put ${late}() first.`,
		);
	}
}
