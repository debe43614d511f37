// Rows divided at random into parts of given sizes, with or without the shares of classes.
import { permutation } from '../../base/index.js';
import { shownLabel } from './label.js';
import { apportioned, dealt } from './shares.js';
import type { Strata } from './strata.js';

/** The stream of random numbers that divides rows, that of `splitSamples`. */
const dividing = 1;

/** How rows are divided. */
export interface Division {
	readonly seed: number;
	readonly strata?: Strata | undefined;
}

/** The rows 0 … count − 1 in parts of these sizes, which sum to `count`; each part ascending. */
export function divided(who: string, count: number, sizes: readonly number[], { seed, strata }: Division): Uint32Array[] {
	const order = permutation(count, seed, dividing);
	if (!strata) return dealt(order, sizes);
	expectRoom(who, strata, sizes);
	// What a part gets of each class is its share of what those before it left.
	const left = strata.counts.slice();
	const quotas = sizes.map((size) => {
		const quota = apportioned(left, size);
		for (let code = 0; code < left.length; code++) left[code]! -= quota[code]!;
		return quota;
	});
	const parts = sizes.map((size) => new Uint32Array(size));
	const filled = sizes.map(() => 0);
	const current = new Uint32Array(strata.counts.length);
	for (const row of order) {
		const code = strata.codes[row]!;
		while (quotas[current[code]!]![code] === 0) current[code]!++;
		const part = current[code]!;
		quotas[part]![code]!--;
		parts[part]![filled[part]!++] = row;
	}
	return parts.map((rows) => rows.sort());
}

function expectRoom(who: string, { counts, names }: Strata, sizes: readonly number[]): void {
	const wanted = sizes.filter((size) => size > 0);
	const rare = counts.findIndex((count) => count < wanted.length);
	if (rare >= 0) {
		throw new RangeError(
			`${who}: expected at least ${wanted.length} documents of each class, one for each part, got ${counts[rare]} of ${shownLabel(names[rare]!)}. Leave the class out, or do not stratify.`,
		);
	}
	const small = wanted.find((size) => size < counts.length);
	if (small !== undefined) {
		throw new RangeError(
			`${who}: expected parts of at least ${counts.length} documents, one of each class, got a part of ${small}. Make it larger, or do not stratify.`,
		);
	}
}
