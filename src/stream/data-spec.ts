// Sources and sinks written down: where their options are data they have a spec, and where not it is known why.
import type { Json } from '../base/index.js';

/** A source written down. */
export interface SourceSpec {
	/** The format that it reads. */
	readonly source: string;
	readonly paths: readonly string[];
	/** All that says what is read, defaults written out. */
	readonly options: Readonly<Record<string, Json>>;
}

/** A sink written down. */
export interface SinkSpec {
	/** The format that it writes. */
	readonly sink: string;
	/** The path, or `-`. */
	readonly target: string;
	/** All that says what is written, defaults written out. */
	readonly options: Readonly<Record<string, Json>>;
}

const reasons = new WeakMap<object, string>();

/** The same unit with its spec; `undefined` options are left out. Where one is a function, or `why` is given, there is no spec, and why is kept. */
export function withSpec<U extends object, S extends { readonly options: object }>(
	unit: U,
	spec: S,
	why?: string,
): U & { readonly spec?: S } {
	const given = Object.entries(spec.options).filter(([, value]) => value !== undefined);
	const [name] = given.find(([, value]) => typeof value === 'function') ?? [];
	const reason = why ?? (name !== undefined ? `one whose ${name} is a function, which JSON cannot hold` : undefined);
	if (reason === undefined) return Object.assign(unit, { spec: { ...spec, options: Object.fromEntries(given) } });
	reasons.set(unit, reason);
	return unit;
}

/** Why a unit has no spec, for `got …`; `unknown` where it was not made here. */
export function specless(unit: object, unknown: string): string {
	return reasons.get(unit) ?? unknown;
}
