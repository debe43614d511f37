// Settings: data, so that each result names its own. All combinations of a grid.
import { argumentOf, is, type Json, type Kind } from '../../base/index.js';

/** Values by the names of settings, such as `{ 'vocabulary.minCount': 2 }`. */
export type Settings = Readonly<Record<string, Json>>;

/** The values that are tried, by the names of settings. */
export type Grid = Readonly<Record<string, readonly Json[]>>;

/** The settings of a grid: one value of each. */
export type SettingsOf<G extends Grid> = { readonly [Name in keyof G]: G[Name][number] };

const gridKind: Kind = {
	expected: 'an object with an array of values for each setting',
	fits: (value) =>
		is.object.fits(value) &&
		Object.values(value as object).every((values) => Array.isArray(values) && values.length > 0) &&
		Object.keys(value as object).length > 0,
	next: "Write { 'vocabulary.minCount': [1, 2, 5] }.",
};

/**
 * All combinations of the values, in the order in which loops inside each other give them: the last setting changes fastest.
 *
 * @example
 * combinations({ a: [1, 2], b: ['x', 'y'] }); // [{ a: 1, b: 'x' }, { a: 1, b: 'y' }, { a: 2, b: 'x' }, { a: 2, b: 'y' }]
 */
export function combinations<const G extends Grid>(grid: G, who = 'combinations'): SettingsOf<G>[] {
	argumentOf(who, 'grid', grid, gridKind);
	const rows = Object.entries(grid).reduce<[string, Json][][]>(
		(some, [name, values]) => some.flatMap((row) => values.map((value): [string, Json][] => [...row, [name, value]])),
		[[]],
	);
	return rows.map((row) => Object.fromEntries(row) as SettingsOf<G>);
}
