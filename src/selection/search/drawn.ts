// Settings drawn at random from distributions that are data.
import { argumentOf, canonical, hashText, is, type Json, type Kind, optionsOf, randomDouble } from '../../base/index.js';
import type { Settings } from './settings.js';

/** What a setting is drawn from; ends of ranges are among its values, but for the upper one of `uniform` and `logUniform`. */
export type Distribution =
	/** A number. */
	| { readonly uniform: readonly [from: number, to: number] }
	/** A number above 0 whose logarithm is uniform. */
	| { readonly logUniform: readonly [from: number, to: number] }
	/** A whole number. */
	| { readonly whole: readonly [from: number, to: number] }
	/** One of these. */
	| { readonly choice: readonly Json[] };

/** Distributions by the names of settings. */
export type Distributions = Readonly<Record<string, Distribution>>;

/** A distribution: its value at a random number in [0, 1), and how many it has. */
interface Drawing {
	readonly fits: (range: readonly unknown[]) => boolean;
	readonly at: (random: number, range: readonly Json[]) => Json;
	readonly values: (range: readonly Json[]) => number;
}

const isRange = (range: readonly unknown[], fits: (value: unknown) => boolean) =>
	range.length === 2 && range.every(fits) && (range[0] as number) <= (range[1] as number);
const between = (random: number, from: number, to: number) => from + random * (to - from);

/** So many draws one after the other that were known: there are hardly more. */
const mostInVain = 100_000;

const drawings: Readonly<Record<string, Drawing>> = {
	uniform: {
		fits: (range) => isRange(range, Number.isFinite),
		at: (random, [from, to]) => between(random, from as number, to as number),
		values: ([from, to]) => (from === to ? 1 : Number.POSITIVE_INFINITY),
	},
	logUniform: {
		fits: (range) => isRange(range, is.positive.fits),
		// Rounding may lead out of the range.
		at: (random, [from, to]) =>
			Math.min(Math.max(Math.exp(between(random, Math.log(from as number), Math.log(to as number))), from as number), to as number),
		values: ([from, to]) => (from === to ? 1 : Number.POSITIVE_INFINITY),
	},
	whole: {
		fits: (range) => isRange(range, Number.isSafeInteger),
		at: (random, [from, to]) => (from as number) + Math.floor(random * ((to as number) - (from as number) + 1)),
		values: ([from, to]) => (to as number) - (from as number) + 1,
	},
	choice: {
		fits: (values) => values.length > 0,
		at: (random, values) => values[Math.floor(random * values.length)]!,
		values: (values) => new Set(values.map((value) => canonical(value, 'randomSearch', 'a choice'))).size,
	},
};

const distributionsKind: Kind = {
	expected:
		'an object with a distribution for each setting: { uniform: [from, to] }, { logUniform: [from, to] }, { whole: [from, to] } or { choice: […] }',
	fits: (value) => is.object.fits(value) && Object.keys(value as object).length > 0 && Object.values(value as object).every(isDistribution),
	next: "Write { 'vocabulary.minCount': { whole: [1, 10] } }.",
};

function isDistribution(value: unknown): boolean {
	const [entry, ...others] = Object.entries(Object(value) as object);
	return (
		entry !== undefined &&
		others.length === 0 &&
		Object.hasOwn(drawings, entry[0]) &&
		Array.isArray(entry[1]) &&
		drawings[entry[0]]!.fits(entry[1])
	);
}

/**
 * Settings drawn at random (Bergstra and Bengio 2012), no two of them equal. What a setting is drawn as follows from the seed and its own name: the
 * draws of one stay when another is added.
 *
 * @throws {RangeError} where there are fewer combinations than `count`.
 *
 * @example
 * drawn({ 'vocabulary.minCount': { whole: [1, 10] }, 'svm.c': { logUniform: [0.01, 100] } }, { count: 20, seed: 1 });
 */
export function drawn(distributions: Distributions, options: { count: number; seed?: number }, who = 'drawn'): Settings[] {
	argumentOf(who, 'distributions', distributions, distributionsKind);
	const { count, seed = 0 } = optionsOf(who, options ?? {}, { count: is.needed(is.whole(1)), seed: is.whole() });
	const rows = Object.entries(distributions).map(([name, distribution]) => {
		const [kind, range] = Object.entries(distribution)[0] as [string, readonly Json[]];
		const { at, values } = drawings[kind]!;
		return { name, draw: (random: number) => at(random, range), values: values(range) };
	});
	const possible = rows.reduce((product, { values }) => product * values, 1);
	if (possible < count) {
		throw new RangeError(
			`${who}: expected a count up to ${possible}, the combinations that there are, got ${count}. Lower it, or try them all with gridSearch.`,
		);
	}
	const found = new Map<string, Settings>();
	for (let draw = 0, last = 0; found.size < count; draw++) {
		if (draw - last > mostInVain) {
			throw new RangeError(
				`${who}: expected a count up to ${found.size}, the settings that were found, got ${count}. Lower it, or widen the ranges.`,
			);
		}
		const settings = Object.fromEntries(rows.map((row) => [row.name, row.draw(randomDouble(seed, hashText(row.name), draw))]));
		const key = canonical(settings, who, 'settings');
		if (found.has(key)) continue;
		found.set(key, settings);
		last = draw;
	}
	return [...found.values()];
}
